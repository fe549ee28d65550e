public import Ingestion
public import TransitModel

/// Where pings come from other than trackers that post them: a live stream, a recording, a fleet.
///
/// ``run(into:)`` works until its task is cancelled, and then returns or throws soon; that is how
/// the service stops it. It mends what it can by itself: a lost connection is opened again with
/// growing pauses and is no reason to end. Returning means that the source has no more to give and
/// is fine with that; throwing means that it can never work as it was set up, which the service
/// logs in one line and then goes on without it. Neither is started again.
///
/// The sink returns once the pings are durable and known to the engine, so a source that awaits it
/// never runs ahead of the disk. It throws when they could not be kept: the source may hand over
/// the same pings again, since they are known by vehicle and time, or let them go.
public protocol PingSource: Sendable {
    /// What the source is called in logs and figures, such as `dishub`.
    var name: String { get }

    /// What it has met since it started.
    var figures: SourceFigures { get }

    /// Tells where buses can be, before it runs; for those who must tell latitude from longitude.
    func prepare(for area: BoundingBox)

    /// Hands over pings as they come, oldest first, until cancelled or at the end.
    func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws
}

extension PingSource {
    /// Most do not mind.
    public func prepare(for area: BoundingBox) {}
}
