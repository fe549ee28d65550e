import Foundation

/// The form of queries and of `application/x-www-form-urlencoded`.
enum FormFields {
    /// Reads `name=value&…`; of a name that comes twice the first value counts, and what is wrongly
    /// escaped stays as it is.
    static func decode(_ text: String) -> [String: JSONValue] {
        let pairs = text.trimmed.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (plain(parts[0]), JSONValue.text(parts.count == 2 ? plain(parts[1]) : ""))
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func plain(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
