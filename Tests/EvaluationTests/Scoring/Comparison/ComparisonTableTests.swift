import Testing

@testable import Evaluation

struct ComparisonTableTests {
    private func blocks(_ names: (String, String)? = nil) throws -> [[Substring]] {
        let street = Street()
        let scorer = try Scorer(network: street.network(), truth: street.truth())
        let report = scorer.compare(
            try scorer.answers(of: street.predictions(shift: 20)),
            with: try scorer.answers(of: street.predictions(shift: 50)))
        let table = names.map { ComparisonTable(report, names: $0) } ?? ComparisonTable(report)
        return table.description.split(separator: "\n\n").map { $0.split(separator: "\n") }
    }

    @Test func `a block a class, a line a figure, both and their difference`() throws {
        let blocks = try blocks()
        #expect(blocks.count == 5)
        #expect(blocks[0][0].hasPrefix("mid_trip, by trip: 3 runs, 1599 samples, 1599 foretold"))
        #expect(blocks[0][1].split(separator: " ") == ["this", "other", "difference"])
        let error = try #require(blocks[0].first { $0.hasPrefix("MAE of both, s") })
        #expect(error.hasSuffix(" 20.0   50.0  -30.0 (-30.0..-30.0)"))
    }

    @Test func `every line of a block is as wide as the others`() throws {
        for block in try blocks() { #expect(Set(block.dropFirst().map(\.count)).count == 1) }
    }

    @Test func `the two can be given names`() throws {
        let line = try blocks(("engine", "kalman"))[0][1]
        #expect(line.split(separator: " ") == ["engine", "kalman", "difference"])
    }
}
