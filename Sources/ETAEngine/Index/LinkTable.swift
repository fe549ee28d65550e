import TransitModel

/// The links of a network: each pair of stops that some pattern serves one after the other, shared
/// by all patterns that do, so that every bus on a shared road teaches all others.
struct LinkTable: Sendable {
    struct Link: Hashable, Sendable {
        let from: StopIndex
        let to: StopIndex
    }

    let links: [Link]
    /// The links of all patterns, one pattern after the other.
    private let linksOfPatterns: [Int32]
    /// Where each pattern's links start in `linksOfPatterns`.
    private let starts: [Int32]
    private let positions: [Link: Int]

    init(network: Network) {
        var links: [Link] = []
        var positions: [Link: Int] = [:]
        var linksOfPatterns: [Int32] = []
        var starts: [Int32] = []
        for pattern in network.patterns.elements {
            starts.append(Int32(linksOfPatterns.count))
            for (from, to) in zip(pattern.stops, pattern.stops.dropFirst()) {
                let link = Link(from: from, to: to)
                let position = positions[link] ?? links.count
                if position == links.count {
                    positions[link] = position
                    links.append(link)
                }
                linksOfPatterns.append(Int32(position))
            }
        }
        self.links = links
        self.linksOfPatterns = linksOfPatterns
        self.starts = starts
        self.positions = positions
    }

    /// The link from a position of a pattern to the next one.
    @inline(__always)
    func link(of pattern: PatternIndex, after position: Int) -> Int {
        Int(linksOfPatterns[Int(starts[pattern.position]) + position])
    }

    /// The link between two stops, if some pattern has it.
    func link(from: StopIndex, to: StopIndex) -> Int? { positions[Link(from: from, to: to)] }
}
