import ETAEngine
import Geometry
import TransitModel

/// The last place of a bus on its run.
struct RunFix {
    var run: ScheduledRun
    /// Metres along the run's line.
    var distance: Double
    /// Unix seconds at which the fix was taken.
    var moment: Double

    /// What lies ahead of the bus.
    var place: RunPlace { run.place(at: distance) }
}

/// Follows buses along the runs that their pings name.
struct TripFollower {
    /// One bus.
    struct Vehicle {
        let id: String
        /// Unix seconds of its newest fix.
        fileprivate(set) var lastFix: Double
        /// Where it is; nil when its pings name no run, or it was not found on the run's line.
        fileprivate(set) var fix: RunFix?
    }

    private struct Assignment: Hashable {
        var vehicle: Int
        var run: TripInstance
    }

    /// In order of appearance.
    private(set) var vehicles: [Vehicle] = []
    /// Runs that some bus has shown itself on.
    private(set) var known: Set<TripInstance> = []
    private let roster: RunRoster
    private let network: Network
    private var numbers: [String: Int] = [:]
    private var progress: [Assignment: RunProgress] = [:]

    init(roster: RunRoster, network: Network) {
        self.roster = roster
        self.network = network
    }

    /// Takes a ping.
    ///
    /// - Returns: the links gone through since the vehicle's ping before; nil when the ping could
    ///   not be placed on a run.
    /// - Throws: when the vehicle's newest fix is as new.
    mutating func receive(_ ping: Ping) throws(PingRejection) -> [LinkTraversal]? {
        let vehicle = try number(of: ping)
        guard let run = roster.run(of: ping) else {
            vehicles[vehicle].fix = nil
            return nil
        }
        known.insert(run.instance)
        let key = Assignment(vehicle: vehicle, run: run.instance)
        let moment = ping.timestamp.seconds
        let point = network.plane.point(ping.coordinate)
        let traversals = progress[key, default: RunProgress(run)].advance(to: point, at: moment)
        if traversals != nil, let distance = progress[key]?.distance {
            vehicles[vehicle].fix = RunFix(run: run, distance: distance, moment: moment)
        } else if vehicles[vehicle].fix?.run !== run {
            vehicles[vehicle].fix = nil
        }
        return traversals
    }

    private mutating func number(of ping: Ping) throws(PingRejection) -> Int {
        let moment = ping.timestamp.seconds
        guard let number = numbers[ping.vehicleID] else {
            numbers[ping.vehicleID] = vehicles.count
            vehicles.append(Vehicle(id: ping.vehicleID, lastFix: moment))
            return vehicles.count - 1
        }
        let last = vehicles[number].lastFix
        guard moment > last else { throw moment == last ? .duplicate : .late }
        vehicles[number].lastFix = moment
        return number
    }
}
