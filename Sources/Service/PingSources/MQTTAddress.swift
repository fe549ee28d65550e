import Foundation

/// Where an MQTT broker is and what to ask it for: `mqtt://HOST/TOPIC` or `mqtts://…`.
///
/// A topic's `#` and `+` are written `%23` and `%2B`, or as they are. Its description leaves out
/// user and password.
struct MQTTAddress: Hashable, Sendable, CustomStringConvertible {
    let host: String
    let port: Int
    let isSecure: Bool
    let user: String?
    let password: String?
    /// The path with its first `/`, wildcards as MQTT has them.
    let path: String

    init(_ text: String) throws(ServiceFault) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["mqtt", "mqtts"].contains(scheme),
            parts.fragment == nil, parts.query == nil
        else { throw Self.notAnAddress }
        isSecure = scheme == "mqtts"
        self.host = host.trimmingCharacters(in: ["[", "]"])
        port = parts.port ?? (isSecure ? 8883 : 1883)
        (user, password, path) = (parts.user, parts.password, parts.path)
        guard path.count > 1, 1...65_535 ~= port, MQTTTopic.isFilter(path) else {
            throw Self.notAnAddress
        }
    }

    private static let notAnAddress = ServiceFault(
        "a source over MQTT needs a broker and a topic: "
            + "write mqtt://HOST/TOPIC or mqtts://USER:PASSWORD@HOST/TOPIC, with %23 for #")

    var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "mqtts" : "mqtt")://\(name):\(port)\(path)"
    }
}

/// What MQTT 3.1.1 says of topics.
enum MQTTTopic {
    /// Whether a text may be subscribed to: `+` fills a level, `#` the last one (4.7.1).
    static func isFilter(_ text: String) -> Bool {
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        let plain = levels.last == "#" ? levels.dropLast() : levels[...]
        return text.utf8.count <= 65_535 && !text.utf8.contains(0)
            && plain.allSatisfy { $0 == "+" || !$0.contains { "+#".contains($0) } }
    }

    /// The last level of a topic; nil when it is empty.
    static func lastLevel(_ topic: String) -> String? {
        topic.split(separator: "/", omittingEmptySubsequences: false).last
            .flatMap { $0.isEmpty ? nil : String($0) }
    }
}
