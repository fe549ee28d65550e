import TransitModel

extension TableReader {
    /// The current row of `stop_times.txt`; nil, with a notice, when it cannot be used.
    func stopTime(of trip: Int, stops: IDTable) -> StopTimeRow? {
        guard let stop = stop(stops), let sequence = sequence() else { return nil }
        let arrival = time(.arrivalTime, otherwise: "taken as not given")
        let departure = time(.departureTime, otherwise: "taken as not given")
        if arrival == nil || departure == nil { checkSides() }
        if let arrival, let departure, departure < arrival {
            report(
                .rangeOutOfOrder, in: .departureTime,
                "is before the arrival; the bus is taken to leave as it arrives")
        }
        return StopTimeRow(
            trip: trip, stop: stop, sequence: sequence, line: line, arrival: arrival,
            departure: departure)
    }

    private func stop(_ stops: IDTable) -> Int? {
        guard let cell = id(.stopID) else { return nil }
        if let stop = stops.index(of: cell, in: csv.window.bytes.span) { return stop }
        report(.foreignKeyViolation, in: .stopID, "is no stop of the feed; the row is dropped")
        return nil
    }

    private func sequence() -> Int? {
        guard let sequence = given(.stopSequence) else { return nil }
        if sequence >= 0, sequence <= Int(Int32.max) { return sequence }
        report(.numberOutOfRange, in: .stopSequence, "is no sequence; the row is dropped")
        return nil
    }

    private func checkSides() {
        let noArrival = cell(.arrivalTime).isEmpty
        guard noArrival != cell(.departureTime).isEmpty else { return }
        report(
            .stopTimeOneSided, in: noArrival ? .arrivalTime : .departureTime,
            "is blank beside a time; both are taken as that time")
    }
}
