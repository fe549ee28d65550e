import TransitModel

extension TableReader {
    /// The current row of `stop_times.txt`; nil, with a notice, when it cannot be used.
    func stopTime(of trip: Int, stops: IDTable, isIncomplete: Bool) -> StopTimeRow? {
        guard let stop = stop(stops, isIncomplete), let sequence = sequence() else { return nil }
        let arrival = time(.arrivalTime, otherwise: "taken as not given")
        let departure = time(.departureTime, otherwise: "taken as not given")
        if arrival == nil || departure == nil { checkBlanks() }
        if let arrival, let departure, departure < arrival {
            report(
                .rangeOutOfOrder, in: .departureTime,
                "is before the arrival; the bus is taken to leave as it arrives")
        }
        return StopTimeRow(
            trip: trip, stop: stop, sequence: sequence, line: line,
            arrival: StopTimeRow.Given(arrival, isBlank: cell(.arrivalTime).isEmpty),
            departure: StopTimeRow.Given(departure, isBlank: cell(.departureTime).isEmpty))
    }

    private func stop(_ stops: IDTable, _ isIncomplete: Bool) -> Int? {
        guard let cell = id(.stopID) else { return nil }
        if let stop = stops.index(of: cell, in: csv.window.bytes.span) { return stop }
        report(
            .foreignKeyViolation, in: .stopID, severity: isIncomplete ? .warning : nil,
            "is no stop of the feed; the row is dropped"
                + (isIncomplete ? FeedFile.stops.mayHoldIt : ""))
        return nil
    }

    private func sequence() -> Int? {
        guard let sequence = given(.stopSequence) else { return nil }
        if sequence >= 0 { return sequence }
        report(.numberOutOfRange, in: .stopSequence, "is no sequence; the row is dropped")
        return nil
    }

    private func checkBlanks() {
        let noArrival = cell(.arrivalTime).isEmpty
        let noDeparture = cell(.departureTime).isEmpty
        let isTimepoint =
            !cell(.timepoint).isEmpty
            && choice(.timepoint, of: 0...1, otherwise: "taken as not given") == 1
        if isTimepoint, noArrival { reportTimepoint(.arrivalTime) }
        if isTimepoint, noDeparture { reportTimepoint(.departureTime) }
        guard noArrival != noDeparture else { return }
        report(
            .stopTimeOneSided, in: noArrival ? .arrivalTime : .departureTime,
            "is blank beside a time; both are taken as that time")
    }
    private func reportTimepoint(_ column: Column) {
        report(
            .timepointWithoutTime, in: column,
            "is blank at a stop that timepoint calls exactly timed; read from its neighbours")
    }
}
