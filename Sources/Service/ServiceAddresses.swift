import TransitModel

/// Where a service that is ready can be reached.
public struct ServiceAddresses: Hashable, Sendable, CustomStringConvertible {
    /// The public listener, with the port that the system chose.
    public var listen: ListenAddress
    /// The control socket.
    public var controlSocketPath: String
    /// `feed_version` of the timetable in force.
    public var networkVersion: String

    /// `http://HOST:PORT`, without a slash at the end.
    public var url: String { "http://\(listen)" }

    /// One line.
    public var description: String {
        "ready: \(url) · control unix:\(controlSocketPath) · GTFS \(networkVersion)"
    }
}

/// Waits until both listeners are open and the timetable is in force, then tells once.
actor Opening {
    enum Part {
        case publicListener, controlListener, timetable
    }

    private var addresses: ServiceAddresses
    private var missing: Set<Part> = [.publicListener, .controlListener, .timetable]
    private let onReady: @Sendable (ServiceAddresses) async -> Void

    init(
        _ configuration: ServiceConfiguration,
        onReady: @escaping @Sendable (ServiceAddresses) async -> Void
    ) {
        addresses = ServiceAddresses(
            listen: configuration.listen, controlSocketPath: configuration.controlSocketPath,
            networkVersion: "")
        self.onReady = onReady
    }

    /// Notes that the public listener is open, at the port that the system chose.
    func listens(at port: Int?) async {
        if let port { addresses.listen.port = port }
        await opened(.publicListener)
    }

    /// Notes that a timetable is in force.
    func serves(_ timetable: ServedTimetable) async {
        addresses.networkVersion = timetable.network.version
        await opened(.timetable)
    }

    /// Notes that a part is there.
    func opened(_ part: Part) async {
        guard missing.remove(part) != nil, missing.isEmpty else { return }
        await onReady(addresses)
    }
}
