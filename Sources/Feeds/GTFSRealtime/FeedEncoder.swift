public import ETAEngine
public import TransitModel

/// Snapshots and alerts to GTFS-Realtime 2.0 bytes, packed by protobuf-c.
///
/// What the specification and its validators ask for holds by construction: stable entity ids,
/// full trip descriptors, calls sorted by `stop_sequence` with times that strictly rise, no moment
/// of measurement after the header's, positions and updates that agree (see ``FeedSelection``).
/// The same snapshot and header always give the same bytes.
public struct FeedEncoder: Sendable {
    /// Makes an encoder.
    public init() {}

    /// The trip updates of a snapshot.
    public func tripUpdates(_ snapshot: Snapshot, header: FeedHeader) -> [UInt8] {
        var message = MessageWriter(header)
        add(tripUpdates: FeedSelection(snapshot), of: snapshot, to: &message)
        return message.pack()
    }

    /// The vehicle positions of a snapshot.
    public func vehiclePositions(_ snapshot: Snapshot, header: FeedHeader) -> [UInt8] {
        var message = MessageWriter(header)
        add(vehicles: FeedSelection(snapshot), of: snapshot, to: &message)
        return message.pack()
    }

    /// The alerts that are not over yet and touch something of the snapshot's timetable.
    public func serviceAlerts(
        _ alerts: [Alert], snapshot: Snapshot, header: FeedHeader
    ) -> [UInt8] {
        var message = MessageWriter(header)
        add(alerts: alerts, snapshot.network, to: &message)
        return message.pack()
    }

    /// Trip updates, vehicle positions and alerts in one message.
    public func combined(_ snapshot: Snapshot, alerts: [Alert], header: FeedHeader) -> [UInt8] {
        let selection = FeedSelection(snapshot)
        var message = MessageWriter(header)
        add(tripUpdates: selection, of: snapshot, to: &message)
        add(vehicles: selection, of: snapshot, to: &message)
        add(alerts: alerts, snapshot.network, to: &message)
        return message.pack()
    }

    private func add(
        tripUpdates selection: FeedSelection, of snapshot: Snapshot, to message: inout MessageWriter
    ) {
        for index in selection.trips {
            message.add(tripUpdate: snapshot.trips[index], in: snapshot.network)
        }
    }

    private func add(
        vehicles selection: FeedSelection, of snapshot: Snapshot, to message: inout MessageWriter
    ) {
        for entry in selection.vehicles {
            message.add(vehicle: entry.status, namingRun: entry.namesRun, in: snapshot.network)
        }
    }

    private func add(alerts: [Alert], _ network: Network, to message: inout MessageWriter) {
        for alert in alerts {
            message.add(alert: PublishedAlert(alert, network, at: message.header.timestamp))
        }
    }
}
