import TransitModel

/// Patterns that have come up, before their stops are placed on a line.
///
/// Trips that call at the same stops share one list of them, whatever their shapes and directions.
struct PatternDrafts: Sendable {
    /// Stops and their sequences, strictly rising.
    struct StopList: Sendable {
        let stops: [StopIndex]
        let sequences: [Int32]
    }

    /// What trips of one pattern have in common.
    struct Draft: Hashable, Sendable {
        let list: Int32
        let route: RouteIndex
        let direction: Int8
        /// Number among the shapes that trips name; -1 for none.
        let shape: Int32
    }

    /// Drawn per process, so that no feed can be made to collide.
    private static let seed = UInt64.random(in: .min ... .max)

    private(set) var lists: [StopList] = []
    /// Stops of all lists.
    private(set) var stopCount = 0
    private(set) var drafts: [Draft] = []
    /// For each draft the first trip that had it.
    private(set) var firstTrips: [Int32] = []
    private var listNumbers: [UInt64: Int32] = [:]
    private var draftNumbers: [Draft: Int32] = [:]
    /// Number of the last trip's pattern, which mostly is the next one's too.
    private var last = 0

    /// The number of the pattern of a trip with these rows in order.
    mutating func number(of rows: [StopTimeRow], _ trip: TripRow) -> Int32 {
        let draft = Draft(
            list: list(of: rows), route: trip.route, direction: trip.direction, shape: trip.shape)
        if last < drafts.count, drafts[last] == draft { return Int32(last) }
        if let number = draftNumbers[draft] {
            last = Int(number)
            return number
        }
        let number = Int32(drafts.count)
        last = drafts.count
        draftNumbers[draft] = number
        drafts.append(draft)
        firstTrips.append(rows[0].trip)
        return number
    }

    private mutating func list(of rows: [StopTimeRow]) -> Int32 {
        if last < drafts.count, isSame(lists[Int(drafts[last].list)], rows) {
            return drafts[last].list
        }
        var hash = Self.hash(rows)
        while let number = listNumbers[hash] {
            if isSame(lists[Int(number)], rows) { return number }
            hash &+= 1
        }
        let number = Int32(lists.count)
        listNumbers[hash] = number
        stopCount += rows.count
        lists.append(StopList(stops: rows.map(\.stop), sequences: rows.map(\.sequence)))
        return number
    }

    private func isSame(_ list: StopList, _ rows: [StopTimeRow]) -> Bool {
        guard list.stops.count == rows.count else { return false }
        for (position, row) in rows.enumerated()
        where list.stops[position] != row.stop || list.sequences[position] != row.sequence {
            return false
        }
        return true
    }

    private static func hash(_ rows: [StopTimeRow]) -> UInt64 {
        var hash = seed ^ UInt64(rows.count)
        for row in rows {
            let word =
                UInt64(UInt32(bitPattern: row.sequence)) << 32
                | UInt64(UInt32(bitPattern: row.stop.rawValue))
            let product = (hash ^ word).multipliedFullWidth(by: seed ^ 0x9e37_79b9_7f4a_7c15)
            hash = product.high ^ product.low
        }
        return hash
    }
}
