/// The inflated bytes of a CSV file and the name by which errors speak of it.
public struct CSVSource: Sendable {
    /// Name for people.
    public var file: String
    /// UTF-8 text: a header line, then one row a line.
    public var bytes: [UInt8]

    /// Makes a source from inflated bytes.
    public init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }
}
