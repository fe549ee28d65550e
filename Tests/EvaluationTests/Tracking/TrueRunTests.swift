import ETAEngine
import Testing

@testable import Evaluation

@Suite struct `A true run` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    /// A bus on `up1` that is shown, ping by ping 30 s apart, on what `shown` says.
    private func run(_ shown: [String?]) throws -> TrueRun {
        TrueRun(
            samples: try shown.enumerated().map {
                try street.sample(Double($0) * 30, street.truth("up1"), shown: $1)
            })
    }

    @Test func `a run ends with its trip or a gap of half an hour, not with a layover`() throws {
        let up = try street.truth("up1")
        let samples = [
            try street.sample(0, up, shown: nil),
            try street.sample(60, street.truth("up1", .layoverDuring), shown: nil),
            try street.sample(1800, up, shown: nil),
            try street.sample(3601, up, shown: nil),
            try street.sample(3660, street.truth("down1"), shown: nil),
        ]
        #expect(TrueRun.runs(of: samples).map(\.samples.count) == [2, 1, 1])
    }

    @Test func `time to lock runs from the first ping to the first that is right`() throws {
        let run = try run([nil, "down1", "up2", "up1"])
        #expect(run.lock { $0.line == .right } == 60)
        #expect(run.lock { $0.trip == .right } == 90)
        #expect(try self.run([nil, nil]).lock { $0.line == .right } == .infinity)
    }

    @Test func `silence between is no change of run`() throws {
        let changes = try run(["up2", nil, "up2", "up1", nil, "up1", "up2", "up1"]).changes
        #expect(changes.all == 3)
        #expect(changes.fromRight == 1)
    }

    @Test func `causes say in which part of the run what was shown`() throws {
        var counts: [String: Int] = [:]
        for run in [
            try run([nil, "down1", "up1", "other", "other", "up1", "down1"]), try run(["down1"]),
        ] {
            TrackingCause.ofLine(in: run) { counts[$0, default: 0] += 1 }
        }
        #expect(
            counts == [
                "first, unassigned": 1, "first, other direction": 1, "middle, other route": 2,
                "last, other direction": 1, "never, other direction": 1,
            ])
    }
}

@Suite struct `A true layover` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    private func layovers(
        _ phases: [TruePhase], shown: [String]
    ) throws -> [TrueLayover] {
        TrueLayover.layovers(
            of: try zip(phases, shown).enumerated().map {
                try street.sample(Double($0) * 30, street.truth("up1", $1.0), shown: $1.1)
            })
    }

    @Test func `a layover is a longest stretch of pings`() throws {
        let layovers = try layovers(
            [.layoverBefore, .layoverDuring, .inProgress, .layoverDuring, .inProgress],
            shown: ["up1", "up1", "up1", "up1", "up1"])
        #expect(layovers.map(\.samples.count) == [2, 1])
    }

    @Test func `the former run still shown is no departure, a new one in service is`() throws {
        let phases: [TruePhase] = [.inProgress, .layoverDuring, .layoverDuring, .inProgress]
        let late = try layovers(phases, shown: ["up1", "up1", "up1", "down1"])
        #expect(late.map { $0.falseDeparture == nil } == [true])
        let early = try layovers(phases, shown: ["up1", "up1", "down1", "down1"])
        #expect(early.map { $0.falseDeparture?.fixTime } == [early[0].samples[1].fixTime])
    }

    @Test func `waiting for the next run is no departure`() throws {
        let next = try street.sample(
            30, street.truth("down1", .layoverDuring), shown: "down1", state: .layover)
        let layovers = TrueLayover.layovers(of: [next])
        #expect(layovers.count == 1 && layovers[0].falseDeparture == nil)
        let left = try street.sample(60, street.truth("down1", .layoverDuring), shown: "down1")
        #expect(TrueLayover.layovers(of: [next, left])[0].falseDeparture != nil)
    }
}
