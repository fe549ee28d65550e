import TransitModel

extension Engine {
    /// Enters what a vehicle's move along the line of its run tells of the road.
    ///
    /// Vehicles of all lines that share a road enter it in the same cells.
    mutating func noteRoad(_ vehicle: Int, onLine line: Int, from start: LineMoment) {
        let end = whereabouts(of: vehicle)
        roads.insert(
            &vehicles[vehicle].walk, along: line, from: start, to: end,
            vehicle: UInt16(truncatingIfNeeded: vehicle))
    }

    /// The vehicles that passed a place of a line before another, the last first, and when each
    /// left the cell of road around it.
    func busesAhead(
        of vehicle: Int, onLine line: Int, at distance: Double
    ) -> [(vehicle: Int, moment: Timestamp)] {
        let edges = lines.edges
        guard let pass = edges.pass(at: distance, along: line) else { return [] }
        let along = distance - edges.passes[pass].start
        let cell = roads.cells.cell(at: along, on: Int(edges.passes[pass].edge))
        var ahead: [(vehicle: Int, moment: Timestamp)] = []
        for traversal in roads.latest(CellTable.depth, in: cell) {
            let other = Int(traversal.vehicle)
            guard other != vehicle, other < vehicles.count,
                !ahead.contains(where: { $0.vehicle == other })
            else { continue }
            ahead.append((other, traversal.exit))
        }
        return ahead
    }
}
