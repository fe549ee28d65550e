import Testing
import TransitModel

@testable import Evaluation

@Suite struct `A tracking sample` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    @Test(arguments: [
        ("up1", Verdict.right, Verdict.right, Verdict.right),
        ("up2", .right, .right, .wrong),
        ("express", .right, .wrong, .wrong),
        ("down1", .wrong, .wrong, .wrong),
        ("other", .wrong, .wrong, .wrong),
    ])
    func `what is shown is judged by line, pattern and trip`(
        shown: String, line: Verdict, pattern: Verdict, trip: Verdict
    ) throws {
        let sample = try street.sample(0, street.truth("up1"), shown: shown)
        #expect(sample.line == line && sample.pattern == pattern && sample.trip == trip)
        #expect(sample.isOnTrueRoute == (shown != "other"))
    }

    @Test func `what is not shown is missing, not wrong`() throws {
        let sample = try street.sample(0, street.truth("up1"), shown: nil)
        #expect(sample.line == .missing && sample.pattern == .missing && sample.trip == .missing)
    }

    @Test func `a label with route and direction alone judges neither pattern nor trip`() throws {
        var truth = TrueMovement(phase: .inProgress)
        truth.route = RouteIndex(0)
        truth.direction = 1
        let sample = try street.sample(0, truth, shown: "down1")
        #expect(sample.line == .right && sample.pattern == nil && sample.trip == nil)
        #expect(try street.sample(0, truth, shown: "up1").line == .wrong)
    }

    @Test(arguments: [("up2", Verdict.right), ("express", .right), ("down1", .wrong)])
    func `without directions in the feed, the order of common stops tells them`(
        shown: String, line: Verdict
    ) throws {
        let street = try TwoWayStreet(hasDirections: false)
        #expect(try street.sample(0, street.truth("up1"), shown: shown).line == line)
    }

    @Test func `the place counts only on the right pattern`() throws {
        let truth = try street.truth("up1", along: 1500)
        #expect(try street.sample(0, truth, shown: "up2", along: 1530).distanceError == 30)
        #expect(try street.sample(0, truth, shown: "express", along: 1530).distanceError == nil)
        #expect(try street.sample(0, truth, shown: nil).distanceError == nil)
        let untold = try street.truth("up1")
        #expect(try street.sample(0, untold, shown: "up1", along: 1530).distanceError == nil)
    }
}
