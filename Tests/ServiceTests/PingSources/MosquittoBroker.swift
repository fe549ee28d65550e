import Foundation
import Testing

/// A real mosquitto on 127.0.0.1, with a user `bus` whose password is `hush`.
final class MosquittoBroker {
    private static let path = "/usr/sbin/mosquitto"
    private static let commands = [path, "/usr/bin/mosquitto_passwd", "/usr/bin/mosquitto_pub"]

    /// Whether mosquitto and its tools are there.
    static let isInstalled = commands.allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let port: Int
    /// The broker's own certificate; nil without encryption.
    private(set) var certificate: String?
    private let folder: URL
    private var child: Child?

    /// Starts one on a port that is free.
    init(isSecure: Bool = false) async throws {
        port = try Self.freePort()
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mosquitto-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var lines = [
            // As root it would drop its rights, and with them its password file.
            "user root", "listener \(port) 127.0.0.1", "allow_anonymous false",
            "password_file \(file("passwords"))",
        ]
        if isSecure {
            let made = try Certificate.make(in: folder)
            certificate = made.certificate
            lines += ["certfile \(made.certificate)", "keyfile \(made.key)"]
        }
        try write(lines, to: "configuration")
        try Self.run("mosquitto_passwd", ["-b", "-c", file("passwords"), "bus", "hush"])
        try await start()
    }

    /// Starts it again after ``stop()``, with nothing remembered.
    func start() async throws {
        child = try Child(Self.path, ["-c", file("configuration")])
        try await eventually("the broker listens") { Self.isListening(at: port) }
    }

    func stop() { child = nil }

    deinit {
        child = nil
        try? FileManager.default.removeItem(at: folder)
    }

    /// Where to subscribe.
    func url(_ topic: String, user: String = "bus:hush@") -> String {
        certificate == nil
            ? "mqtt://\(user)127.0.0.1:\(port)/\(topic)"
            : "mqtts://\(user)localhost:\(port)/\(topic)"
    }

    /// Publishes with QoS 1 and waits until the broker has it.
    func publish(_ text: String, to topic: String) throws {
        try Self.run("mosquitto_pub", arguments(topic) + ["-m", text])
    }

    /// Publishes one message after the other over one connection.
    func publish(lines: [String], to topic: String) throws {
        try write(lines, to: "messages")
        try Self.run("mosquitto_pub", arguments(topic) + ["-l"], input: file("messages"))
    }

    private func arguments(_ topic: String) -> [String] {
        let login = ["-p", "\(port)", "-u", "bus", "-P", "hush", "-q", "1", "-t", topic]
        guard let certificate else { return ["-h", "127.0.0.1"] + login }
        return ["-h", "localhost", "--cafile", certificate] + login
    }

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func write(_ lines: [String], to name: String) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8)
            .write(to: folder.appendingPathComponent(name))
    }

    private static func run(
        _ command: String, _ arguments: [String], input: String = "/dev/null"
    ) throws {
        guard try Child("/usr/bin/" + command, arguments, input: input).wait() == 0 else {
            throw CocoaError(.executableRuntimeMismatch, userInfo: ["command": command])
        }
    }
}

extension MosquittoBroker {
    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func withSocket<Result>(
        at port: Int, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Result
    ) rethrows -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(descriptor, $0, size)
            }
        }
    }

    private static func freePort() throws -> Int {
        try withSocket(at: 0) { descriptor, address, size in
            var bound = sockaddr_in()
            var length = size
            let status = withUnsafeMutablePointer(to: &bound) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, address, size) == 0 ? getsockname(descriptor, $0, &length) : -1
                }
            }
            guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
            return Int(in_port_t(bigEndian: bound.sin_port))
        }
    }

    private static func isListening(at port: Int) -> Bool {
        withSocket(at: port) { connect($0, $1, $2) == 0 }
    }
}
