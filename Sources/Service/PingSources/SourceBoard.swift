import Logging
import Synchronization
import TransitModel

/// The outside sources of a running service, to be asked for their figures.
final class SourceBoard: Sendable {
    private let sources = Mutex<[any PingSource]>([])

    /// Takes note of the sources that are to run.
    func show(_ sources: [any PingSource]) { self.sources.withLock { $0 = sources } }

    /// Names and figures, in the order of the sources.
    var figures: [(name: String, figures: SourceFigures)] {
        sources.withLock { $0 }.map { ($0.name, $0.figures) }
    }

    /// Makes the sources at some addresses.
    ///
    /// - Throws: When an address cannot be used, or two have the same name.
    static func sources(
        at addresses: [SourceAddress], now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws -> [any PingSource] {
        var names: Set<String> = []
        return try addresses.map { address in
            guard names.insert(address.name).inserted else {
                throw ServiceFault(
                    "there are two sources \(address.name): call one \(address.name)-2")
            }
            return try address.source(now: now, logger: logger)
        }
    }
}
