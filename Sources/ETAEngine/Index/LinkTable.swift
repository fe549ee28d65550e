import TransitModel

/// The links of a network: each pair of stops that some pattern serves one after the other, shared
/// by all patterns that do, so that every bus on a shared road teaches all others.
struct LinkTable: Sendable {
    struct Link: Hashable, Sendable {
        let from: StopIndex
        let to: StopIndex
    }

    let links: [Link]
    /// For each pattern, the link after each position but the last.
    private let linksOfPattern: [[Int32]]
    private let positions: [Link: Int]

    init(network: Network) {
        var links: [Link] = []
        var positions: [Link: Int] = [:]
        var linksOfPattern: [[Int32]] = []
        for pattern in network.patterns.elements {
            linksOfPattern.append(
                zip(pattern.stops, pattern.stops.dropFirst()).map { pair in
                    let link = Link(from: pair.0, to: pair.1)
                    if let known = positions[link] { return Int32(known) }
                    positions[link] = links.count
                    links.append(link)
                    return Int32(links.count - 1)
                })
        }
        self.links = links
        self.linksOfPattern = linksOfPattern
        self.positions = positions
    }

    /// The link from a position of a pattern to the next one.
    func link(of pattern: PatternIndex, after position: Int) -> Int {
        Int(linksOfPattern[pattern.position][position])
    }

    /// The link between two stops, if some pattern has it.
    func link(from: StopIndex, to: StopIndex) -> Int? { positions[Link(from: from, to: to)] }
}
