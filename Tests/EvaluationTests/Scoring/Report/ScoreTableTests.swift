import Testing

@testable import Evaluation

struct ScoreTableTests {
    private func lines(resamples: Int) throws -> [Substring] {
        let street = Street()
        var options = Scorer.Options()
        options.resamples = resamples
        let report = try Scorer(
            network: street.network(),
            truth: street.truth(),
            options: options
        ).score(predictions: street.predictions(shift: 20))
        return ScoreTable(report).description.split(separator: "\n")
    }

    @Test func `one column a class, one line a figure`() throws {
        let lines = try lines(resamples: 0)
        #expect(lines[0] == "by trip: 75 truth events (0 in 0 runs excluded), 3000 prediction rows")
        let heading = lines[2].split(separator: " ")
        #expect(
            heading == ["mid_trip", "pre_trip", "pre_trip_seen", "terminal_departure", "all"]
        )
        let bias = try #require(lines.first { $0.hasPrefix("bias") })
        #expect(bias.split(separator: " ") == ["bias,", "s"] + Array(repeating: "-20.0", count: 5))
    }

    @Test func `bias and intervals are shown by how far ahead was foretold`() throws {
        let lines = try lines(resamples: 0)
        func cells(_ name: String) throws -> [Substring] {
            let line = try #require(lines.first { $0.hasPrefix(name) })
            return line.dropFirst(name.count).split(separator: " ")
        }
        #expect(try cells("bias 3-6 ahead, s") == Array(repeating: "-20.0", count: 5))
        #expect(try cells("80 % holds 12-30 ahead, %") == Array(repeating: "100.0", count: 5))
    }

    @Test func `every line of the table is as wide as the others`() throws {
        let widths = Set(try lines(resamples: 20).dropFirst(2).map(\.count))
        #expect(widths.count == 1)
    }

    @Test func `intervals stand behind their figure`() throws {
        let lines = try lines(resamples: 20)
        #expect(lines.contains { $0.contains("20.0 (20.0..20.0)") })
    }
}
