import Geometry
import TransitModel

/// Typed values of the current row. A blank cell is nil in silence; a cell that is no such value is
/// nil with a notice that ends in what becomes of it.
extension TableReader {
    /// The text of a cell, empty for a blank one.
    func text(_ column: Column) -> String {
        let cell = cell(column)
        return cell.isEmpty ? "" : CellValues.text(bytes, cell)
    }

    func optionalText(_ column: Column) -> String? {
        let cell = cell(column)
        return cell.isEmpty ? nil : CellValues.text(bytes, cell)
    }

    /// An id that the row must have; nil with a notice for a blank cell.
    func id(_ column: Column, otherwise effect: String = "the row is dropped") -> Cell? {
        let cell = cell(column)
        if cell.isEmpty { report(.missingRequiredField, in: column, "is blank; \(effect)") }
        return cell.isEmpty ? nil : cell
    }

    /// Whether a cell that the row must have is there; a blank one is reported.
    func isGiven(_ column: Column, otherwise effect: String = "the row is dropped") -> Bool {
        id(column, otherwise: effect) != nil
    }

    /// Reports a cell that the row should have, where its column is there at all.
    func expect(_ column: Column, otherwise effect: String) {
        if has(column) { _ = id(column, otherwise: effect) }
    }

    /// A whole number that the row must have; a blank one is reported.
    func given(_ column: Column, otherwise effect: String = "the row is dropped") -> Int? {
        isGiven(column, otherwise: effect) ? integer(column, otherwise: effect) : nil
    }

    func integer(_ column: Column, otherwise effect: String = "the row is dropped") -> Int? {
        let cell = cell(column)
        guard !cell.isEmpty else { return nil }
        let value = CellValues.signedInteger(csv.window.bytes.span, cell)
        if value == nil {
            report(.invalidInteger, in: column, "\(whyNoInteger(text(column))); \(effect)")
        }
        return value
    }

    /// What is wrong with a number that is not whole or not small enough.
    private func whyNoInteger(_ text: String) -> String {
        let digits = text.first.map { "+-".contains($0) } == true ? text.dropFirst() : text[...]
        if !digits.isEmpty, digits.allSatisfy({ "0"..."9" ~= $0 }) {
            return text.hasPrefix("-")
                ? "is too small; whole numbers begin at -2147483648"
                : "is too large; whole numbers end at 2147483647"
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let isWhole = parts.count == 2 && parts.joined().allSatisfy { "0"..."9" ~= $0 }
        guard isWhole, 1...10 ~= parts[0].count, parts[1].allSatisfy({ $0 == "0" }) else {
            return "is not a whole number"
        }
        let sign = text.hasPrefix("-") ? "-" : ""
        return "is not written as a whole number; write \(sign)\(parts[0])"
    }

    func decimal(_ column: Column, otherwise effect: String = "the row is dropped") -> Double? {
        let cell = cell(column)
        guard !cell.isEmpty else { return nil }
        let value = CellValues.decimal(csv.window.bytes.span, cell)
        if value == nil { report(.invalidFloat, in: column, "is not a number; \(effect)") }
        return value
    }

    func time(_ column: Column, otherwise effect: String = "the row is dropped") -> ServiceTime? {
        let cell = cell(column)
        guard !cell.isEmpty else { return nil }
        let value = CellValues.time(csv.window.bytes.span, cell)
        if value == nil { report(.invalidTime, in: column, "is not a time HH:MM:SS; \(effect)") }
        return value
    }

    func date(_ column: Column, otherwise effect: String = "the row is dropped") -> ServiceDate? {
        let cell = cell(column)
        guard !cell.isEmpty else { return nil }
        let value = CellValues.date(csv.window.bytes.span, cell)
        if value == nil { report(.invalidDate, in: column, "is not a date YYYYMMDD; \(effect)") }
        return value
    }

    /// A value of a short list of numbers; nil with a notice for any other.
    func choice(_ column: Column, of values: ClosedRange<Int>, otherwise effect: String) -> Int? {
        guard let value = integer(column, otherwise: effect) else { return nil }
        if values.contains(value) { return value }
        report(
            .unexpectedEnumValue,
            in: column,
            "is not one of \(values.lowerBound) to \(values.upperBound); \(effect)"
        )
        return nil
    }

    /// A place on the earth; nil with a notice when it is missing or cannot be.
    func coordinate(
        _ latitude: Column,
        _ longitude: Column,
        missing: NoticeCode,
        otherwise effect: String
    ) -> Coordinate? {
        guard let north = decimal(latitude, otherwise: effect),
            let east = decimal(longitude, otherwise: effect)
        else {
            if cell(latitude).isEmpty || cell(longitude).isEmpty {
                report(missing, in: latitude, "has no position; \(effect)")
            }
            return nil
        }
        let coordinate = Coordinate(latitude: north, longitude: east)
        if coordinate.isInhabited { return coordinate }
        if abs(north) > 90 || abs(east) > 180 {
            let column = abs(north) > 90 ? latitude : longitude
            report(.numberOutOfRange, in: column, "is not on the earth; \(effect)")
        } else if abs(north) >= Coordinate.poles {
            report(.pointNearPole, in: latitude, "lies at a pole; \(effect)")
        } else {
            report(.pointNearOrigin, in: latitude, "lies near 0/0; \(effect)")
        }
        return nil
    }
}

extension Coordinate {
    /// Degrees from the equator at which no bus runs.
    fileprivate static let poles = 89.0

    /// Whether a bus can stop there: on the earth, but for the poles and the sea around 0/0, where
    /// places end up that were never set.
    @inline(__always)
    var isInhabited: Bool {
        abs(latitude) < Self.poles && abs(longitude) <= 180
            && !(abs(latitude) <= 1 && abs(longitude) <= 1)
    }
}
