import Foundation
import Testing

@testable import Evaluation

struct ComparisonReportTests {
    @Test func `the JSON names its figures in snake case and comes back the same`() throws {
        let street = Street()
        let scorer = try Scorer(network: street.network(), truth: street.truth())
        let report = scorer.compare(
            try scorer.answers(of: street.predictions(shift: 20)),
            with: try scorer.answers(of: street.predictions(shift: 30)))
        let json = try report.json()
        #expect(json.contains("\"foretold_by_both\""))
        #expect(json.contains("\"mean_absolute_error\""))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        #expect(try decoder.decode(ComparisonReport.self, from: Data(json.utf8)) == report)
    }
}
