import ArgumentParser
import Testing

@testable import transpadang

@Suite struct `The replay command` {
    private let files = ["--gtfs", "feed", "--pings", "pings.csv"]

    @Test(arguments: [
        ["--predictions", "out.csv"], ["--disorder", "3"], ["--tracking"],
        ["--predictions", "out.csv", "--method", "kalman", "--every", "30"],
        ["--predictions", "out.csv", "--method", "engine", "--ignore-trip-ids"],
        ["--tracking", "--labels", "labels.csv", "--details", "rows.csv", "--ignore-trip-ids"],
    ])
    func `one thing to do is enough`(arguments: [String]) throws {
        _ = try ReplayCommand.parse(files + arguments)
    }

    @Test(arguments: [
        [], ["--tracking", "--predictions", "out.csv"], ["--tracking", "--disorder", "3"],
        ["--predictions", "out.csv", "--labels", "labels.csv"],
        ["--predictions", "out.csv", "--details", "rows.csv"],
        ["--tracking", "--resamples", "-1"], ["--tracking", "--method", "deviation"],
        ["--predictions", "out.csv", "--method", "oracle"],
        ["--predictions", "out.csv", "--method", "kalman", "--ignore-trip-ids"],
        ["--predictions", "out.csv", "--method", "kalman", "--feeds", "feeds"],
    ])
    func `none, two, and options without theirs are refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try ReplayCommand.parse(files + arguments) }
    }
}
