import Geometry
import TransitModel

/// One way of driving a route: patterns that share a line are told apart by their stops only.
struct Line: Sendable {
    let route: RouteIndex
    let direction: Int?
    let polyline: Polyline
    let patterns: [PatternIndex]
    /// The earliest trip of the first pattern.
    let firstTrip: TripIndex?
    /// Metres along the line of the last stop that any pattern serves.
    let end: Double
    /// Numbers of what buses on the line show, as ``LineSet/headsign(_:)`` gives them.
    let headsigns: [Int32]
}

/// The distinct lines of a network and the grid that finds them.
///
/// A class, so that sharing it costs a reference.
final class LineSet: Sendable {
    let lines: [Line]
    let grid: EdgeGrid
    /// What is asked of lines at every fix: to take a whole line out counts its parts.
    private let summaries: [Summary]
    /// Line of each pattern.
    private let lineOfPattern: [Int]
    /// Numbers of headsigns by what ``DirectionText`` makes of them, and as they are written.
    private let headsignNumbers: [String: Int32]
    private let writtenHeadsigns: [String: Int32]

    /// Plain memory of a line.
    private struct Summary {
        let route: RouteIndex
        let direction: Int?
        let end: Double
        let firstPattern: PatternIndex
        let firstTrip: TripIndex?

        init(_ line: Line) {
            route = line.route
            direction = line.direction
            end = line.end
            firstPattern = line.patterns[0]
            firstTrip = line.firstTrip
        }
    }

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
        var headsigns = HeadsignNumbers()
        lines = order.map { Self.line($0, members[$0] ?? [], network, &headsigns) }
        summaries = lines.map(Summary.init)
        headsignNumbers = headsigns.numbers
        writtenHeadsigns = headsigns.written
        var lineOfPattern = [Int](repeating: 0, count: network.patterns.count)
        for (line, key) in order.enumerated() {
            for pattern in members[key] ?? [] { lineOfPattern[pattern.position] = line }
        }
        self.lineOfPattern = lineOfPattern
        grid = EdgeGrid(EdgeSet(lines.map(\.polyline)), reach: reach)
    }

    subscript(line: Int) -> Line { lines[line] }

    func line(of pattern: PatternIndex) -> Int { lineOfPattern[pattern.position] }

    /// The roads that the lines run along.
    var edges: EdgeSet { grid.edges }

    @inline(__always)
    func route(ofLine line: Int) -> RouteIndex { summaries[line].route }

    @inline(__always)
    func direction(ofLine line: Int) -> Int? { summaries[line].direction }

    @inline(__always)
    func end(ofLine line: Int) -> Double { summaries[line].end }

    @inline(__always)
    func firstPattern(ofLine line: Int) -> PatternIndex { summaries[line].firstPattern }

    @inline(__always)
    func firstTrip(ofLine line: Int) -> TripIndex? { summaries[line].firstTrip }

    /// Whether buses on a line show a headsign, or none is known of them.
    @inline(__always)
    func shows(_ headsign: Int32, onLine line: Int) -> Bool {
        let shown = lines[line].headsigns
        return shown.isEmpty || shown.contains(headsign)
    }

    /// The number of what a bus shows, or of what a source says of its destination; nil for a text
    /// that no line has.
    func headsign(_ text: String) -> Int32? {
        if text.isEmpty { return nil }
        return writtenHeadsigns[text] ?? headsignNumbers[DirectionText.folded(text)]
    }

    private static func line(
        _ key: Key, _ patterns: [PatternIndex], _ network: Network,
        _ headsigns: inout HeadsignNumbers
    ) -> Line {
        var shown: Set<Int32> = []
        for trip in patterns.lazy.flatMap({ network.trips(of: $0) }) {
            if let number = headsigns.number(of: network.trips[trip].headsign) {
                shown.insert(number)
            }
        }
        return Line(
            route: key.route, direction: key.direction,
            polyline: network.patterns[patterns[0]].line, patterns: patterns,
            firstTrip: network.trips(of: patterns[0]).first,
            end: patterns.compactMap { network.patterns[$0].distances.last }.max() ?? 0,
            headsigns: shown.sorted())
    }
}

/// Gives each distinct headsign a number.
private struct HeadsignNumbers {
    private(set) var numbers: [String: Int32] = [:]
    /// Texts as written; most trips of a line show the same.
    private(set) var written: [String: Int32] = [:]

    /// The number of a headsign; nil for one without a letter or digit.
    mutating func number(of text: String) -> Int32? {
        if let number = written[text] { return number }
        let folded = DirectionText.folded(text)
        guard !folded.isEmpty else { return nil }
        let number = numbers[folded] ?? Int32(numbers.count)
        numbers[folded] = number
        written[text] = number
        return number
    }
}

/// Destination texts of sources and headsigns, made comparable.
enum DirectionText {
    /// Lower case letters and digits only.
    static func folded(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
