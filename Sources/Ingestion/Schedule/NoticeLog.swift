/// Gathers the notices of one load, in order, without letting a broken feed fill the memory.
///
/// A class because readers and compilers of one load share it; it never leaves that load.
final class NoticeLog {
    /// Notices kept of one code in one file; the rest are counted.
    static let limit = 1000

    private struct Kind: Hashable {
        let code: NoticeCode
        let file: String
    }

    private var kept: [Notice] = []
    private var counts: [Kind: Int] = [:]

    /// Adds a finding, or counts it when there are too many alike.
    func report(
        _ code: NoticeCode,
        file: String,
        line: Int? = nil,
        column: Column? = nil,
        value: String? = nil,
        severity: Notice.Severity? = nil,
        _ message: String
    ) {
        let count = counts[Kind(code: code, file: file), default: 0] + 1
        counts[Kind(code: code, file: file)] = count
        guard count <= Self.limit else { return }
        kept.append(
            Notice(
                severity: severity ?? code.severity,
                code: code.rawValue,
                file: file,
                line: line,
                column: column?.name,
                value: value.map { String($0.prefix(80)) },
                message: message
            )
        )
    }

    /// Everything found, with a last notice for each kind that was cut short.
    var notices: [Notice] {
        kept
            + overflow.map { kind, count in
                Notice(
                    severity: kind.code.severity,
                    code: kind.code.rawValue,
                    file: kind.file,
                    message: "\(count - Self.limit) more of these are not listed"
                )
            }
    }

    private var overflow: [(Kind, Int)] {
        counts.filter { $0.value > Self.limit }.map { ($0.key, $0.value) }
            .sorted { ($0.0.file, $0.0.code.rawValue) < ($1.0.file, $1.0.code.rawValue) }
    }
}
