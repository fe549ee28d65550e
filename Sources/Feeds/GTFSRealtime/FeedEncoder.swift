public import ETAEngine
public import TransitModel

/// Snapshots and alerts to GTFS-Realtime 2.0 bytes, packed by protobuf-c.
///
/// What the specification and its validators ask for holds by construction: stable entity ids,
/// full trip descriptors, calls sorted by `stop_sequence` with times that strictly rise, no moment
/// of measurement after the header's, positions and updates that agree (see ``FeedSelection``).
/// The same snapshot and header always give the same bytes. An entity is packed when it changes:
/// between messages the encoder keeps them, up to twice as many as there are.
public struct FeedEncoder: Sendable {
    private var updates = KeptEntities<TripInstance, TripPrediction>()
    private var positions = KeptEntities<String, PublishedPosition>()
    /// The timetable whose trips the entities are of.
    private var network: Network?

    /// Makes an encoder that keeps nothing yet.
    public init() {}

    /// A vehicle with whether its position names its run.
    private struct PublishedPosition: Hashable {
        var status: VehicleStatus
        var namesRun: Bool
    }

    /// Encodes what a snapshot holds, and the alerts that are not over yet and touch something of its
    /// timetable.
    public mutating func encode(
        _ snapshot: Snapshot, alerts: [Alert] = [], header: FeedHeader
    ) -> EncodedFeeds {
        follow(snapshot.network)
        let selection = FeedSelection(snapshot)
        var writer = EntityWriter(at: header.timestamp)
        let feeds = EncodedFeeds(
            header: writer.pack(header),
            updates: updates(selection, of: snapshot, &writer),
            positions: positions(selection, of: snapshot, &writer),
            alerts: alerts.compactMap { alert in
                PublishedAlert(alert, snapshot.network, at: writer.now).map { writer.alert($0) }
            })
        updates.endMessage()
        positions.endMessage()
        return feeds
    }

    private mutating func follow(_ network: Network) {
        guard self.network !== network else { return }
        self.network = network
        updates.removeAll()
        positions.removeAll()
    }

    private mutating func updates(
        _ selection: FeedSelection, of snapshot: Snapshot, _ writer: inout EntityWriter
    ) -> [[UInt8]] {
        selection.trips.map { index in
            let trip = snapshot.trips[index]
            return updates.bytes(
                of: trip, key: trip.instance, at: writer.now, lasting: trip.moments
            ) {
                writer.update(trip, in: snapshot.network)
            }
        }
    }

    private mutating func positions(
        _ selection: FeedSelection, of snapshot: Snapshot, _ writer: inout EntityWriter
    ) -> [[UInt8]] {
        selection.vehicles.map { entry in
            let status = snapshot.vehicles[entry.index]
            return positions.bytes(
                of: PublishedPosition(status: status, namesRun: entry.namesRun),
                key: status.vehicleID, at: writer.now, lasting: status.fixTime.unix...Int64.max
            ) {
                writer.position(of: status, namingRun: entry.namesRun, in: snapshot.network)
            }
        }
    }
}

extension TripPrediction {
    /// Timestamps of headers under which its update says the same: not before the fix, and no stop
    /// ahead left.
    fileprivate var moments: ClosedRange<Int64> {
        let first = fixTime?.unix ?? 0
        let left = stops.first.map { max($0.arrival.unix, $0.departure.unix) } ?? Int64.max
        return first...max(first, left - 1)
    }
}
