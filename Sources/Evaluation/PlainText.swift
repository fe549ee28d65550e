/// Figures and tables as plain text.
enum PlainText {
    /// So many decimals; a dash for what could not be measured.
    static func number(_ value: Double?, decimals: Int = 1) -> String {
        guard let value else { return "-" }
        let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
        let scaled = Int((value.magnitude * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
    }

    /// A figure, and behind it the ends of its interval where it has one.
    static func estimate(_ estimate: ClassReport.Estimate) -> String {
        guard let low = estimate.low, let high = estimate.high else {
            return number(estimate.value)
        }
        return "\(number(estimate.value)) (\(number(low))..\(number(high)))"
    }

    /// Labels to the left, cells to the right.
    static func aligned(_ lines: [[String]]) -> [String] {
        let columns = lines.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return column == 0 ? cells[column] + space : space + cells[column]
            }.joined(separator: "  ")
        }
    }
}
