import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// `transpadang serve` in a process of its own.
final class RunningService: Sendable {
    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct NotReady: Error {
        var output: String
    }

    let scratch: Scratch
    let url: String
    private let process: Process

    var control: String { "unix:" + scratch.path("data/control.sock") }

    /// Starts the service on a free port and waits for its one line.
    init(in scratch: Scratch, _ arguments: String...) async throws {
        self.scratch = scratch
        process = Process()
        process.executableURL = Executable.url
        process.currentDirectoryURL = Executable.repository
        process.arguments =
            ["serve", "--data", scratch.path("data"), "--listen", "127.0.0.1:0"] + arguments
        let log = scratch.url.appendingPathComponent("out-\(UUID().uuidString)")
        FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
        url = try await Self.address(in: log, of: process)
    }

    private static func address(in log: URL, of process: Process) async throws -> String {
        // Long, for on a busy machine a test may not get its turn for a minute.
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline, process.isRunning {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ready: ") }) {
                return String(line.split(separator: " ")[1])
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        process.terminate()
        throw NotReady(output: try String(contentsOf: log, encoding: .utf8))
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var pid: Int32 { process.processIdentifier }

    var isRunning: Bool { process.isRunning }

    /// Asks the service to end and returns its exit status.
    func terminate() -> Int32 {
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        return process.terminationStatus
    }

    func get(_ path: String) async throws -> Answer {
        try await send(HTTPClientRequest(url: url + path))
    }

    func post(_ path: String, token: String?, _ body: String) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        request.body = .bytes(ByteBuffer(string: body))
        return try await send(request)
    }

    private func send(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 64 << 20)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: Data(buffer: body))
    }

    /// Lets a tracker in and returns its token.
    func addDevice(_ id: String, vehicle: String) throws -> String {
        let added = try Executable.run(
            "device", "add", id, "--vehicle", vehicle, "--control", control)
        return added.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Asks again until it holds or five minutes are over.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(200))
    }
    return false
}
