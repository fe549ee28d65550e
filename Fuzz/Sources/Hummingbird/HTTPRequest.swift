/// Stands for the web framework, of which the reading of heads uses the names of methods alone.
public enum HTTPRequest {
    /// A method by its name.
    public struct Method: Hashable, Sendable {
        /// The name.
        public let rawValue: String

        /// Asks for something.
        public static let get = Method(rawValue: "GET")
        /// Brings something.
        public static let post = Method(rawValue: "POST")
    }
}
