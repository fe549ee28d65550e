/// What went wrong, in the words of RFC 9457 (`application/problem+json`).
public struct Problem: Error, Codable, Hashable, Sendable {
    /// The media type of such answers.
    public static let mediaType = "application/problem+json"

    /// Names the kind of problem; `about:blank` where the status says it all.
    public var type: String
    /// What went wrong, for people.
    public var title: String
    /// HTTP status code.
    public var status: Int
    /// What was wrong this time and what to do; may be left out.
    public var detail: String?
    /// The request that it concerns; may be left out.
    public var instance: String?

    /// Makes a problem.
    public init(
        status: Int, title: String, detail: String? = nil, type: String = "about:blank",
        instance: String? = nil
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
    }
}
