import Geometry
import TransitModel

/// One way of driving a route: patterns that share a line are told apart by their stops only.
struct Line: Sendable {
    let route: RouteIndex
    let direction: Int?
    let polyline: Polyline
    let patterns: [PatternIndex]
    /// Metres along the line of the last stop that any pattern serves.
    let end: Double
    /// What buses on the line show, folded for comparison.
    let headsigns: Set<String>
}

/// The distinct lines of a network and the grid that finds them.
struct LineSet: Sendable {
    let lines: [Line]
    let grid: EdgeGrid
    /// Line of each pattern.
    private let lineOfPattern: [Int]

    private struct Key: Hashable {
        let route: RouteIndex
        let direction: Int?
        let shape: ShapeIndex?
        let pattern: PatternIndex?
    }

    init(network: Network, reach: Double) {
        var order: [Key] = []
        var members: [Key: [PatternIndex]] = [:]
        for index in network.patterns.indices {
            let pattern = network.patterns[index]
            let key = Key(
                route: pattern.route, direction: pattern.direction, shape: pattern.shape,
                pattern: pattern.shape == nil ? index : nil)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(index)
        }
        lines = order.map { Self.line($0, members[$0] ?? [], network) }
        var lineOfPattern = [Int](repeating: 0, count: network.patterns.count)
        for (line, key) in order.enumerated() {
            for pattern in members[key] ?? [] { lineOfPattern[pattern.position] = line }
        }
        self.lineOfPattern = lineOfPattern
        grid = EdgeGrid(EdgeSet(lines.map(\.polyline)), reach: reach)
    }

    subscript(line: Int) -> Line { lines[line] }

    func line(of pattern: PatternIndex) -> Int { lineOfPattern[pattern.position] }

    private static func line(_ key: Key, _ patterns: [PatternIndex], _ network: Network) -> Line {
        let headsigns = patterns.flatMap { network.trips(of: $0) }
            .map { DirectionText.folded(network.trips[$0].headsign) }
        return Line(
            route: key.route, direction: key.direction,
            polyline: network.patterns[patterns[0]].line, patterns: patterns,
            end: patterns.compactMap { network.patterns[$0].distances.last }.max() ?? 0,
            headsigns: Set(headsigns.filter { !$0.isEmpty }))
    }
}

/// Destination texts of sources and headsigns, made comparable.
enum DirectionText {
    /// Lower case letters and digits only.
    static func folded(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
