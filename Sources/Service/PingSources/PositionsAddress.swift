import Foundation

/// Where a feed of vehicle positions is: an `http://` or `https://` URL.
///
/// Its description leaves out the query and any password, because keys stand there.
struct PositionsAddress: Hashable, Sendable, CustomStringConvertible {
    /// The URL to ask, without a user.
    let url: String
    /// What stands in the `Authorization` header for the URL's user and password; nil without.
    let authorization: String?
    let description: String

    init(_ text: String) throws(ServiceFault) {
        guard var parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme)
        else {
            throw ServiceFault(
                "a source of positions needs the URL of a GTFS-Realtime feed: "
                    + "write positions=https://HOST/PATH")
        }
        authorization = parts.user.map { user in
            let pair = Data("\(user):\(parts.password ?? "")".utf8)
            return "Basic \(pair.base64EncodedString())"
        }
        (parts.user, parts.password, parts.fragment) = (nil, nil, nil)
        url = parts.string ?? ""
        (parts.query, parts.fragment) = (nil, nil)
        description = parts.string ?? host
    }
}
