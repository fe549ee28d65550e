import Testing

@testable import Evaluation

struct ScoringErrorTests {
    @Test func `an error says what is wrong where and what to do`() {
        let error = ScoringError.notANumber(
            file: "out.csv",
            line: 12,
            column: "arrival",
            value: "soon"
        )
        #expect(
            error.description
                == "out.csv:12 arrival \"soon\" is not a number: write it in plain digits"
        )
    }

    @Test(
        arguments: [
            ScoringError.empty(file: "f"), .missingColumn(file: "f", column: "c", found: []),
            .blank(file: "f", line: 2, column: "c"), .nothingToScore(file: "f"),
        ]
    )
    func `every error is one line`(error: ScoringError) {
        #expect(!error.description.contains("\n"))
        #expect(error.description.hasPrefix("f"))
    }
}
