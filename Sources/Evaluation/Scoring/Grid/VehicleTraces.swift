import Geometry
import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where one vehicle was, fix after fix.
struct VehicleTrace: Sendable {
    /// When each fix was taken, in unix seconds, rising.
    var times: [Double] = []
    var places: [Coordinate] = []
    /// The trip that each fix was labelled with, ``IDTable/blank`` for none.
    var trips: [Int32] = []
    /// When each fix became known, in unix seconds, rising.
    var heard: [Double] = []

    /// The fixes taken after `start` and up to `end`.
    func fixes(after start: Double, through end: Double) -> Range<Int> {
        let first = times.firstIndex(above: start)
        return first..<max(first, times.firstIndex(above: end))
    }

    /// Whether a fix became known in the `seconds` before a moment.
    func wasHeard(within seconds: Double, before moment: Double) -> Bool {
        let index = heard.firstIndex(above: moment) - 1
        return index >= 0 && moment - heard[index] <= seconds
    }
}

/// The traces of all vehicles of a day.
struct VehicleTraces: Sendable {
    private var traces: [Int32: VehicleTrace] = [:]
    /// Every trip that some fix was labelled with, and ``IDTable/blank`` if some were not labelled.
    private(set) var trips: Set<Int32> = []
    /// When anything was heard of any vehicle, in unix seconds, rising.
    private(set) var heard: [Double] = []

    init(_ pings: [Ping], ids: inout IDTable) {
        var vehicles = NormalisedIDs(.vehicle)
        var labels = NormalisedIDs(.plain)
        for ping in pings.sorted(by: { $0.timestamp < $1.timestamp }) {
            let trip = ping.tripID.map { labels.number(of: $0, in: &ids) } ?? IDTable.blank
            let known = max(ping.timestamp, ping.receivedAt).seconds
            trips.insert(trip)
            heard.append(known)
            traces[vehicles.number(of: ping.vehicleID, in: &ids), default: VehicleTrace()]
                .append(ping, trip: trip, known: known)
        }
        heard.sort()
        for vehicle in traces.keys { traces[vehicle]?.heard.sort() }
    }

    /// The trace of a vehicle; nil when it was never heard of.
    subscript(vehicle: Int32) -> VehicleTrace? { traces[vehicle] }
}

extension VehicleTrace {
    fileprivate mutating func append(_ ping: Ping, trip: Int32, known: Double) {
        times.append(ping.timestamp.seconds)
        places.append(ping.coordinate)
        trips.append(trip)
        heard.append(known)
    }
}

/// Numbers of ids that are text already; each distinct text is normalised once.
private struct NormalisedIDs {
    private let form: IDForm
    private var numbers: [String: Int32] = [:]

    init(_ form: IDForm) { self.form = form }

    mutating func number(of text: String, in ids: inout IDTable) -> Int32 {
        if let number = numbers[text] { return number }
        let number = ids.number(of: form.normalised(text))
        numbers[text] = number
        return number
    }
}

extension [Double] {
    /// The index of the first element greater than `value`, in an array that rises.
    func firstIndex(above value: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The index of the first element that is at least `value`, in an array that rises.
    func firstIndex(atLeast value: Double) -> Int { firstIndex(above: value.nextDown) }
}

extension Coordinate {
    /// Metres to a place near by, on a flat map that touches the earth there.
    func flatDistance(to other: Coordinate) -> Double {
        let metresPerDegreeNorth = 110_540.0
        let metresPerDegreeEast = 111_320.0 * cos(other.latitude * .pi / 180)
        let north = (latitude - other.latitude) * metresPerDegreeNorth
        let east = (longitude - other.longitude) * metresPerDegreeEast
        return (north * north + east * east).squareRoot()
    }
}
