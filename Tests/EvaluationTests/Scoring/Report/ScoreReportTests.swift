import Foundation
import Testing

@testable import Evaluation

struct ScoreReportTests {
    private func report() throws -> ScoreReport {
        let street = Street()
        return try Scorer(network: street.network(), truth: street.truth())
            .score(predictions: street.predictions(shift: 20))
    }

    @Test func `the JSON names its figures in snake case and comes back the same`() throws {
        let report = try report()
        let json = try report.json()
        #expect(json.contains("\"sample_class\" : \"mid_trip\""))
        #expect(json.contains("\"mean_absolute_error\""))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        #expect(try decoder.decode(ScoreReport.self, from: Data(json.utf8)) == report)
    }

    @Test func `the same files give the same report, intervals and all`() throws {
        let first = try report()
        #expect(try first == report())
        #expect(try first.figures(.midTrip).meanAbsoluteError.low == 20)
    }
}
