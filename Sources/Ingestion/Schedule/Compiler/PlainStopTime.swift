import TransitModel

/// Reads rows of `stop_times.txt` that have nothing odd about them, straight from their bytes.
///
/// Nearly all rows are such, and there are millions; any other row is left to ``TableReader``, which
/// knows what to say about it. Both read a row alike.
struct PlainStopTime {
    /// Where the columns stand.
    struct Places {
        let trip: Int
        let stop: Int
        let sequence: Int
        let arrival: Int
        let departure: Int

        init?(_ table: borrowing TableReader) {
            let columns: [Column] = [.tripID, .stopID, .stopSequence, .arrivalTime, .departureTime]
            guard let places = table.places(of: columns) else { return nil }
            trip = places[0]
            stop = places[1]
            sequence = places[2]
            arrival = places[3]
            departure = places[4]
        }
    }

    /// Number of the trip whose rows are wanted.
    let trip: Int
    let trips: IDTable
    let stops: IDTable
    let places: Places

    /// The row; nil when it is another trip's or must be looked at with more care.
    @inline(__always)
    func row(
        _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ line: Int, likely: StopIndex
    ) -> StopTimeRow? {
        guard trips.matches(trip, cells[places.trip], in: bytes),
            let stop = stop(cells[places.stop], bytes, likely),
            let sequence = CellValues.integer(bytes, cells[places.sequence]),
            let arrival = CellValues.time(bytes, cells[places.arrival]),
            let departure = CellValues.time(
                bytes, cells[places.departure], or: cells[places.arrival], arrival),
            arrival <= departure, 0...Int(Int32.max) ~= sequence
        else { return nil }
        return StopTimeRow(
            trip: trip, stop: stop, sequence: sequence, line: line,
            arrival: StopTimeRow.Given(arrival), departure: StopTimeRow.Given(departure))
    }

    @inline(__always)
    private func stop(_ cell: Cell, _ bytes: Span<UInt8>, _ likely: StopIndex) -> Int? {
        if stops.matches(likely.position, cell, in: bytes) { return likely.position }
        return cell.isEmpty ? nil : stops.index(of: cell, in: bytes)
    }
}
