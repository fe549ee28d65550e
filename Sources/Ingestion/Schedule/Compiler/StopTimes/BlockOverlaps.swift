import TransitModel

/// When the bus of a block is on one of its trips.
struct BlockRun {
    let trip: Int32
    let firstArrival: Int32
    let firstDeparture: Int32
    let lastArrival: Int32
    let lastDeparture: Int32

    /// Nil unless all four times are given.
    init?(_ trip: Int, from first: StopTimeRow, to last: StopTimeRow) {
        guard first.givenArrival.isTime, first.givenDeparture.isTime, last.givenArrival.isTime,
            last.givenDeparture.isTime, let firstArrival = first.arrival?.seconds,
            let firstDeparture = first.departure?.seconds, let lastArrival = last.arrival?.seconds,
            let lastDeparture = last.departure?.seconds
        else { return nil }
        self.trip = Int32(trip)
        self.firstArrival = firstArrival
        self.firstDeparture = firstDeparture
        self.lastArrival = lastArrival
        self.lastDeparture = lastDeparture
    }

    /// Whether one run only stands still where the other begins.
    fileprivate func touches(_ next: BlockRun) -> Bool {
        lastArrival == next.firstArrival && lastDeparture == next.firstDeparture
    }
}

/// Looks for trips that one bus cannot run both.
struct BlockOverlaps {
    /// Pairs of trips looked at, so that a feed with one block for all does not take for ever.
    static let pairLimit = 1_000_000
    /// Dates looked at for the services of such pairs.
    static let dateLimit = 5_000_000

    private struct ServicePair: Hashable {
        let one: ServiceIndex
        let other: ServiceIndex
    }

    private let trips: TripRows
    private let services: Table<Service>
    private let log: NoticeLog
    private var sharedDates: [ServicePair: ServiceDate?] = [:]
    private var pairCount = 0
    /// Dates looked at so far.
    private(set) var dateCount = 0

    init(_ trips: TripRows, _ services: Table<Service>, log: NoticeLog) {
        self.trips = trips
        self.services = services
        self.log = log
    }

    /// Reports each two runs of a block that overlap on a day.
    mutating func check(_ runs: [BlockRun]) {
        let sorted = runs.sorted {
            (block($0), $0.firstArrival, $0.lastDeparture, $0.trip)
                < (block($1), $1.firstArrival, $1.lastDeparture, $1.trip)
        }
        for (index, run) in sorted.enumerated() {
            for next in sorted[(index + 1)...] {
                guard block(next) == block(run), run.lastDeparture > next.firstArrival,
                    pairCount < Self.pairLimit, dateCount < Self.dateLimit
                else { break }
                pairCount += 1
                if !run.touches(next) { report(run, next) }
            }
        }
    }

    private func block(_ run: BlockRun) -> Int32 { trips.rows[Int(run.trip)].block }

    private mutating func report(_ run: BlockRun, _ next: BlockRun) {
        let row = trips.rows[Int(next.trip)]
        guard let date = sharedDate(trips.rows[Int(run.trip)].service, row.service) else { return }
        log.report(
            .blockOverlap, file: FeedFile.trips.rawValue, line: Int(row.line), column: .blockID,
            value: trips.blocks.texts[Int(row.block)],
            "trip \(trips.id(of: Int(next.trip))) starts before trip "
                + "\(trips.id(of: Int(run.trip))) of its block ends, on \(date.text) for one; no "
                + "bus can run both")
    }

    private mutating func sharedDate(_ one: ServiceIndex, _ other: ServiceIndex) -> ServiceDate? {
        let pair = ServicePair(one: one, other: other)
        if let known = sharedDates[pair] { return known }
        let date = services[one].firstDate(sharedWith: services[other], looked: &dateCount)
        sharedDates[pair] = .some(date)
        return date
    }
}
