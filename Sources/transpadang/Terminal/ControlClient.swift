import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Where the running service listens for dispatchers.
struct ControlOptions: ParsableArguments {
    @Option(help: "Control socket of the running service, as unix:PATH.")
    var control: String?

    /// Asks with a client for this socket and shuts it down afterwards.
    func ask<Answer>(_ body: (ControlClient) async throws -> Answer) async throws -> Answer {
        let socket =
            control ?? Environment["CONTROL"]
            ?? "unix:\(Environment["DATA"] ?? "data")/control.sock"
        let path = socket.hasPrefix("unix:") ? String(socket.dropFirst(5)) : socket
        let client = ControlClient(socketPath: path)
        do {
            let answer = try await body(client)
            try await client.close()
            return answer
        } catch {
            try? await client.close()
            throw error
        }
    }
}

/// Speaks HTTP with the service over its unix socket.
struct ControlClient {
    let socketPath: String
    private let http = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: atOnce)

    /// A socket at which nobody listens is not tried again.
    private static var atOnce: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    init(socketPath: String) { self.socketPath = socketPath }

    func close() async throws { try await http.shutdown() }

    /// The body of an answer, or a fault in the service's own words.
    func get(_ path: String) async throws -> Data { try await send(.GET, path) }

    /// Sends an order as JSON; the service may take some seconds to do it.
    func post(
        _ order: any Encodable, to path: String, within seconds: Int64 = 10
    ) async throws -> Data {
        try await send(.POST, path, order, within: seconds)
    }

    /// Orders that something ends; the service may have to finish something else first.
    func delete(_ path: String, within seconds: Int64 = 10) async throws -> Data {
        try await send(.DELETE, path, within: seconds)
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ order: (any Encodable)? = nil,
        within seconds: Int64 = 10
    ) async throws -> Data {
        guard let url = URL(httpURLWithSocketPath: socketPath, uri: "/control/" + path) else {
            throw CommandFault(.usage, "\(socketPath) is no path of a socket")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let order {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: try JSONEncoder().encode(order)))
        }
        let response = try await execute(request, within: seconds)
        let body = try await response.body.collect(upTo: 256 << 20)
        guard (200..<300).contains(response.status.code) else {
            throw Self.fault(response.status, Data(buffer: body))
        }
        return Data(buffer: body)
    }

    private func execute(
        _ request: HTTPClientRequest, within seconds: Int64
    ) async throws -> HTTPClientResponse {
        do {
            return try await http.execute(request, timeout: .seconds(seconds))
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw CommandFault(
                .unreachable, "the service has not answered in \(seconds) s: see its log")
        } catch {
            throw CommandFault(
                .unreachable,
                "no service answers at unix:\(socketPath): start it with `transpadang serve`, or "
                    + "name its socket with --control")
        }
    }

    private static func fault(_ status: HTTPResponseStatus, _ body: Data) -> CommandFault {
        struct Title: Decodable {
            var title: String?
            var detail: String?
        }
        let problem = try? JSONDecoder().decode(Title.self, from: body)
        let words = [problem?.title, problem?.detail].compactMap { $0 }.joined(separator: ": ")
        // 422 is a file that was named and cannot be used; the rest of 4xx is a wrong question.
        let kind: CommandFault.Kind =
            status.code >= 500 || status.code == 422 ? .unreachable : .usage
        return CommandFault(kind, words.isEmpty ? "the service answered \(status)" : words)
    }
}

extension String {
    /// The text as one part of a path.
    var pathPart: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? self
    }
}

extension Data {
    /// The bytes as text.
    var text: String { String(decoding: self, as: UTF8.self) }
}
