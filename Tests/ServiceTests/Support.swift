import Geometry
import Logging
import Synchronization
import Testing
import TransitModel

@testable import Service

/// Waits for something that another task brings about.
func eventually(
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < end {
        if await condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// Runs work beside a test's body and cancels it when the body is through.
func alongside<Result>(
    _ work: @escaping @Sendable () async throws -> Void,
    _ body: () async throws -> Result
) async throws -> Result {
    let task = Task { try await work() }
    do {
        let result = try await body()
        task.cancel()
        try await task.value
        return result
    } catch {
        task.cancel()
        throw error
    }
}

/// A sink that keeps what it is given, and fails as often as it is told to.
final class PingCollector: Sendable {
    struct Full: Error {}

    private let batches = Mutex<[[Ping]]>([])
    private let failures: Mutex<Int>

    init(failing times: Int = 0) { failures = Mutex(times) }

    var pings: [Ping] { batches.withLock { $0.flatMap(\.self) } }

    func take(_ pings: [Ping]) throws {
        try failures.withLock { left in
            guard left > 0 else { return }
            left -= 1
            throw Full()
        }
        batches.withLock { $0.append(pings) }
    }
}

/// A log that can be read.
final class LogBook: Sendable {
    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.notice

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.entries.withLock { $0.append("\(event.message)") }
        }
    }

    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }
}
