import CAllocations
import ETAEngine
import Foundation
import Geometry
import Measuring

/// Looks every ping up in a grid and in an R-tree, in turn, and prints the medians.
struct Measurement {
    private let network: MeasuredNetwork
    private let arguments: Arguments
    private let rounds: Int
    private let reach: Double

    init(_ network: MeasuredNetwork, _ arguments: Arguments) {
        self.network = network
        self.arguments = arguments
        rounds = arguments.number("rounds", 5)
        reach = Double(arguments.number("reach", 50))
    }

    func run() throws {
        let (edges, edgeSeconds) = timed { EdgeSet(network.lines) }
        let (grid, gridSeconds) = timed {
            EdgeGrid(edges, reach: reach, cellSize: Double(arguments.number("cell", 64)))
        }
        printFigure("lines", network.lines.count)
        printFigure("edges", edges.count)
        printFigure("segments", edges.segments.count)
        printFigure("edge_km", edges.lengths.reduce(0) { $0 + Double($1) } / 1000)
        printFigure("line_km", edges.lineLengths.reduce(0, +) / 1000)
        printFigure("edges_build_s", edgeSeconds)
        printFigure("grid_build_s", gridSeconds)
        printFigure("edges_bytes", edges.memory)
        printFigure("grid_bytes", grid.memory)
        printFigure("cells_bytes", CellTable(EdgeCells(edges)).memory)
        if let file = arguments.options["dump"] { try dump(edges, to: file) }
        measure(grid, edges)
    }

    private func measure(_ grid: EdgeGrid, _ edges: EdgeSet) {
        let (tree, treeSeconds) = timed { RTree(edges, reach: reach) }
        let isGridOnly = arguments.options["only"] == "grid"
        var gridPasses: [Pass] = []
        var linePasses: [Pass] = []
        var treePasses: [Pass] = []
        for _ in 0..<rounds {
            gridPasses.append(edgesPass(grid))
            if isGridOnly { continue }
            treePasses.append(treePass(tree))
            linePasses.append(linesPass(grid))
        }
        show("", gridPasses)
        guard !isGridOnly else { return }
        printFigure("rtree_bytes", tree.memory)
        printFigure("rtree_build_s", treeSeconds)
        show("rtree_", treePasses)
        show("lines_", linePasses)
        printFigure("agrees", gridPasses[0].checksum == treePasses[0].checksum ? 1 : 0)
    }

    /// One run over all pings.
    private struct Pass {
        var seconds = 0.0
        var found = 0
        var checksum = 0.0
        var allocated = 0
    }

    private func edgesPass(_ grid: EdgeGrid) -> Pass {
        var places = NearbyEdges()
        grid.find(network.pings[0], into: &places)
        return pass { point, pass in
            grid.find(point, into: &places)
            pass.found += places.count
            for place in places {
                pass.checksum += Double(place.distance) + Double(place.edge)
            }
        }
    }

    private func treePass(_ tree: RTree) -> Pass {
        pass { point, pass in
            let found = tree.find(point)
            pass.found += found.count
            for hit in found { pass.checksum += Double(hit.distance) + Double(hit.edge) }
        }
    }

    private func linesPass(_ grid: EdgeGrid) -> Pass {
        var lines = NearbyLines()
        for ping in network.pings { grid.find(ping, into: &lines) }
        return pass { point, pass in
            grid.find(point, into: &lines)
            pass.found += lines.count
            for place in lines { pass.checksum += place.location.distanceAlong }
        }
    }

    @inline(__always)
    private func pass(_ find: (PlanePoint, inout Pass) -> Void) -> Pass {
        var pass = Pass()
        let before = allocated_bytes()
        let (_, seconds) = timed {
            for ping in network.pings { find(ping, &pass) }
        }
        pass.seconds = seconds
        pass.allocated = Int(allocated_bytes()) - Int(before)
        return pass
    }

    private func show(_ name: String, _ passes: [Pass]) {
        let seconds = passes.map(\.seconds).median
        let pings = Double(network.pings.count)
        printFigure(name + "pings_per_s", (pings / seconds).rounded())
        printFigure(name + "ns", seconds / pings * 1e9)
        printFigure(name + "cand_per_ping", Double(passes[0].found) / pings)
        printFigure(name + "checksum", passes[0].checksum)
        printFigure(name + "allocated", passes.map(\.allocated).max() ?? 0)
    }

    /// Writes segments and pings for peers: Int64 counts of both, Float32 ends of each segment, and
    /// x and y of each ping.
    private func dump(_ edges: EdgeSet, to file: String) throws {
        var data = Data()
        for count in [edges.segments.count, network.pings.count] {
            withUnsafeBytes(of: Int64(count)) { data.append(contentsOf: $0) }
        }
        var numbers: [Float] = []
        for segment in edges.segments {
            numbers += [
                segment.x, segment.y, segment.x + segment.chord * segment.directionX,
                segment.y + segment.chord * segment.directionY,
            ]
        }
        for ping in network.pings {
            numbers += [Float(ping.x - edges.origin.x), Float(ping.y - edges.origin.y)]
        }
        numbers.withUnsafeBytes { data.append(contentsOf: $0) }
        try data.write(to: URL(fileURLWithPath: file))
    }
}
