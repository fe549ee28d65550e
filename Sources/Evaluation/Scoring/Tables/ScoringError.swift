/// Why a file could not be scored, with its address.
public enum ScoringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file holds no line at all.
    case empty(file: String)
    /// A column that scoring cannot do without is not in the header.
    case missingColumn(file: String, column: String, found: [String])
    /// A field that must hold a number does not.
    case notANumber(file: String, line: Int, column: String, value: String)
    /// A field that must be filled is blank.
    case blank(file: String, line: Int, column: String)
    /// The truth holds no stop event, or all of them are excluded.
    case nothingToScore(file: String)

    /// One line for people: what is wrong where, and what to do.
    public var description: String {
        switch self {
        case .empty(let file):
            "\(file) is empty: give a CSV file whose first line names its columns"
        case .missingColumn(let file, let column, let found):
            "\(file):1 has no column \(column) (found \(found.joined(separator: ", "))): "
                + "add it to the header"
        case .notANumber(let file, let line, let column, let value):
            "\(file):\(line) \(column) \"\(value)\" is not a number: write it in plain digits"
        case .blank(let file, let line, let column):
            "\(file):\(line) \(column) is blank: fill it in or remove the line"
        case .nothingToScore(let file):
            "\(file) holds no stop event that is not excluded: "
                + "give a truth file with at least one event"
        }
    }
}
