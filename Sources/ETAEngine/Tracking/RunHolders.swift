import TransitModel

/// Which vehicle works which run, and until when each vehicle's word holds.
struct RunHolders: Sendable {
    private var vehicles: [TripInstance: Int] = [:]
    /// For each vehicle, when it falls silent unless it is heard of again.
    private var heardUntil: [Timestamp] = []
    /// For each vehicle, how badly its run fits it, as ``TripFit/cost``; below 0 for what a source
    /// named.
    private var costs: [Double] = []
    /// How much better a run must fit another vehicle to be taken from the one that holds it.
    static let margin = 1.5

    /// The vehicle that works a run.
    subscript(instance: TripInstance) -> Int? {
        get { vehicles[instance] }
        set { vehicles[instance] = newValue }
    }

    /// Takes in that a vehicle is heard of until a moment at least.
    mutating func hear(_ vehicle: Int, until moment: Timestamp) {
        while heardUntil.count <= vehicle {
            heardUntil.append(Timestamp(-.infinity))
            costs.append(0)
        }
        heardUntil[vehicle] = moment
    }

    /// Takes in how badly a vehicle's run fits it.
    mutating func rate(_ vehicle: Int, cost: Double) { costs[vehicle] = cost }

    /// Whether a run that fits a vehicle so badly is to be had: nobody holds it, or one that it fits
    /// much worse.
    func isFree(
        _ instance: TripInstance, at moment: Timestamp, for own: Int?, cost: Double
    ) -> Bool {
        guard isHeld(instance, at: moment, except: own), let holder = vehicles[instance] else {
            return true
        }
        return cost + Self.margin < costs[holder]
    }

    /// Whether another vehicle that is still heard of works a run.
    func isHeld(_ instance: TripInstance, at moment: Timestamp, except own: Int?) -> Bool {
        guard let holder = vehicles[instance], holder != own else { return false }
        return heardUntil.indices.contains(holder) && heardUntil[holder] >= moment
    }
}

extension RunHolders: Equatable {
    /// When vehicles were heard of is theirs to compare.
    static func == (one: RunHolders, other: RunHolders) -> Bool { one.vehicles == other.vehicles }
}
