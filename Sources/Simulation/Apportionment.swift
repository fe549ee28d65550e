import TransitModel

/// How many buses each route gets.
enum Apportionment {
    /// Seconds of rest at each end that a schedule is reckoned with.
    static let usualLayover = 300.0

    /// Splits a whole number in proportion to weights, by the method of largest remainders.
    ///
    /// Of equal remainders the first wins. All zero when the weights are.
    static func split(_ count: Int, by weights: [Double]) -> [Int] {
        let total = weights.reduce(0, +)
        guard total > 0, count > 0 else { return weights.map { _ in 0 } }
        let quotas = weights.map { $0 / total * Double(count) }
        var shares = quotas.map { Int($0) }
        let ranked = quotas.indices.sorted {
            (quotas[$0] - Double(shares[$0]), $1) > (quotas[$1] - Double(shares[$1]), $0)
        }
        for index in ranked.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }

    /// The whole buses that a route's offers of a day bind at once, at their most.
    ///
    /// A headway binds cycle time over headway, a timetabled trip one bus until it has rested.
    static func need(of offers: [[Timetable.Offer]]) -> Double {
        var changes: [(time: Double, buses: Double)] = []
        for offer in offers.joined() {
            let hold = offer.duration + usualLayover
            let buses = offer.headway.map { hold / $0 } ?? 1
            changes.append((offer.start, buses))
            changes.append((offer.headway == nil ? offer.start + hold : offer.end, -buses))
        }
        var bound = 0.0
        var most = 0.0
        for change in changes.sorted(by: { ($0.time, $0.buses) < ($1.time, $1.buses) }) {
            bound += change.buses
            most = max(most, bound)
        }
        return (most - 1e-6).rounded(.up)
    }
}
