import ETAEngine
import Testing

@testable import Evaluation

@Suite struct `A tracking report` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    private func report(_ samples: [TrackingSample]) -> TrackingReport {
        var record = TrackingRecord()
        record.pings = samples.count + 5
        record.accepted = samples.count + 2
        record.unlabelled = 2
        record.samples = samples
        return TrackingReport(record, network: street.network, resamples: 0)
    }

    /// Ten pings of bus 1 on `up1`, 30 s apart: two missing, three down, one variant, one other
    /// trip, three right.
    private func ride() throws -> [TrackingSample] {
        let shown = [nil, nil, "down1", "down1", "down1", "express", "up2", "up1", "up1", "up1"]
        return try shown.enumerated().map { index, shown in
            try street.sample(
                Double(index) * 30, street.truth("up1", along: 1500), shown: shown,
                along: 1500 + Double(index), confidence: index < 5 ? 0.6 : 0.97)
        }
    }

    private func figures(
        _ selection: TrackingSelection, _ samples: [TrackingSample]
    ) throws -> TrackingFigures {
        try #require(report(samples).selections.first { $0.selection == selection })
    }

    @Test func `pings are counted`() throws {
        let report = report(try ride())
        #expect(report.pings == 15 && report.accepted == 12 && report.unlabelled == 2)
        #expect(report.located == 10 && report.unknownTrips == 0)
    }

    @Test func `shares are of all pings in service`() throws {
        let figures = try figures(.all, ride())
        #expect(figures.pings == 10 && figures.runs == 1)
        #expect(figures.line.right == Share(count: 5, of: 10, percent: 50))
        #expect(figures.line.wrong.count == 3 && figures.line.missing.count == 2)
        #expect(figures.pattern.right.count == 4 && figures.pattern.wrong.count == 4)
        #expect(figures.trip.right.count == 3 && figures.trip.wrong.count == 5)
    }

    @Test func `locks, changes and places are of whole runs`() throws {
        let figures = try figures(.all, ride())
        #expect(figures.lineLock.median == 150 && figures.lineLock.within90.count == 0)
        #expect(figures.tripLock.p90 == 210 && figures.tripLock.never == 0)
        #expect(figures.changesPer100Runs == 300 && figures.changesFromRightPer100Runs == 0)
        #expect(figures.distance?.pings == 4)
        #expect(figures.distance?.median == 7.5)
        #expect(figures.causes == ["first, unassigned": 2, "first, other direction": 3])
        #expect(figures.tripCauses == ["other variant": 1, "other trip": 1])
    }

    @Test func `a run that is never right has no time to lock`() throws {
        let lost = try street.sample(0, street.truth("up1"), shown: nil)
        let lock = try figures(.all, [lost]).lineLock
        #expect(lock.never == 1 && lock.median == nil && lock.p90 == nil)
    }

    @Test func `confidence is held against what was right`() throws {
        let bins = try figures(.all, ride()).calibration
        #expect(bins.map(\.from) == [0, 0.5, 0.7, 0.9, 0.95])
        #expect(bins.map(\.line.of) == [0, 3, 0, 0, 5])
        #expect(bins.map(\.line.count) == [0, 0, 0, 0, 5])
        #expect(bins[4].pattern.count == 4)
    }

    @Test func `full confidence belongs to the last bin`() throws {
        let sure = try street.sample(0, street.truth("up1"), shown: "up1", confidence: 1)
        #expect(try figures(.all, [sure]).calibration[4].line.of == 1)
    }

    @Test func `under way leaves out the ends of the trip`() throws {
        let truth = try street.truth("up1")
        let samples = try [0, 100, 200, 3900].enumerated().map {
            try street.sample(Double($0) * 30, truth, shown: "up1", y: $1)
        }
        #expect(try figures(.underWay, samples).pings == 1)
        #expect(try figures(.all, samples).pings == 4)
    }

    @Test func `plausible leaves out labels that cannot be right`() throws {
        let truth = try street.truth("up1")
        let samples = try [3000.0, 2500, 2000].enumerated().map {
            try street.sample(Double($0) * 60, truth, shown: "down1", y: $1)
        }
        #expect(try figures(.plausible, samples).pings == 0)
        #expect(try figures(.all, samples).line.wrong.count == 3)
    }

    @Test func `pings out of service are counted by phase and what was shown`() throws {
        let samples = [
            try street.sample(0, street.truth("up1", .layoverDuring), shown: "up1"),
            try street.sample(
                30, street.truth("up1", .layoverDuring), shown: "up1", state: .layover),
            try street.sample(60, street.truth(nil, .atBase), shown: nil, state: .offRoute),
        ]
        let report = report(samples)
        #expect(report.outOfService.map(\.phase) == ["LAYOVER_DURING", "AT_BASE"])
        #expect(report.outOfService[0].inService == Share(count: 1, of: 2, percent: 50))
        #expect(report.outOfService[1].shown == ["off_route": 1])
        #expect(report.falseDepartures == Share(count: 1, of: 1, percent: 100))
        #expect(report.selections[0].pings == 0)
    }

    @Test func `vehicles are kept apart though their pings mingle`() throws {
        let truth = try street.truth("up1")
        let shown = [("1", "up1"), ("2", "up2"), ("1", "up1"), ("2", "up2")]
        let samples = try shown.enumerated().map { index, shown in
            try street.sample(Double(index) * 30, truth, shown: shown.1, vehicle: shown.0)
        }
        let figures = try figures(.all, samples)
        #expect(figures.runs == 2 && figures.changesPer100Runs == 0)
    }

    @Test func `the table says what the JSON says`() throws {
        let report = report(try ride())
        let table = TrackingTable(report).description
        #expect(table.contains("15 pings, 12 accepted, 2 unlabelled, 10 located"))
        #expect(table.contains("5/10 50.0 %"))
        let cells = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(cells.contains(["first,", "other", "direction", "3", "3", "3"]))
        #expect(try report.json().contains(#""changes_per100_runs" : 300"#))
    }
}
