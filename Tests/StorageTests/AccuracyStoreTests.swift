import ETAEngine
import Testing
import TransitModel

@testable import Storage

@Suite struct `Accuracy store` {
    private let scratch: Scratch
    private let store: AccuracyStore
    private let today = ServiceDate(dayNumber: 20_780)
    private let now = Timestamp(1_795_399_200)

    init() throws {
        scratch = try Scratch()
        store = AccuracyStore(try scratch.database())
    }

    private func tally(_ asked: Int) -> AccuracyTally {
        var tally = AccuracyTally()
        tally.asked = asked
        tally.answered = asked - 1
        tally.accurate = asked - 2
        tally.withinInterval = 1
        tally.absoluteError = 12.5
        tally.error = -2.5
        tally.misses = [.silence: 1, .ranAhead: 1]
        return tally
    }

    private func key(
        _ date: ServiceDate, direction: Int? = 1, stop: String? = nil, hour: Int? = nil
    ) -> AccuracyKey {
        AccuracyKey(
            date: date, routeID: "K1", directionID: direction, stopID: stop, hour: hour,
            phase: .beforeDeparture, horizon: .upTo12)
    }

    private func page(_ keys: AccuracyKey..., asked: Int = 5) -> AccuracyAccount.Page {
        var page = AccuracyAccount.Page()
        for key in keys { page.sums.add(tally(asked), to: key) }
        return page
    }

    private func miss(error: Double, ago seconds: Double, answered: Bool = true) -> Miss {
        let arrival = now - seconds
        let answer = Miss.Answer(
            madeAt: arrival - 600, predicted: arrival - error, source: .terminal, fixAge: nil)
        return Miss(
            vehicleID: "46", tripID: "T", serviceDate: today, routeID: "K1", directionID: nil,
            stopID: "a", stopName: "Pasar Raya", arrival: arrival, phase: .underWay,
            cause: .congestion, answer: answered ? answer : nil, lastAnswer: answer)
    }

    @Test func `what is added twice is there twice`() throws {
        try store.add(page(key(today, hour: 7)), at: now)
        try store.add(page(key(today, hour: 7), asked: 7), at: now)
        let total = try store.sums(since: today, by: .date).total
        #expect(
            (total.asked, total.answered, total.accurate, total.withinInterval) == (12, 10, 8, 2))
        #expect((total.absoluteError, total.error) == (25, -5))
        #expect(total.misses == [.silence: 2, .ranAhead: 2])
    }

    @Test func `sums are told by date, by hour and by stop`() throws {
        try store.add(
            page(
                key(today, hour: 7), key(today - 1, hour: 7), key(today, direction: nil, hour: 8),
                key(today, stop: "a"), key(today, stop: "b")), at: now)
        let dates = try store.sums(since: today - 1, by: .date).tallies
        #expect(Set(dates.keys.map(\.date)) == [today, today - 1])
        let hours = try store.sums(since: today - 1, by: .hour).tallies
        #expect(Set(hours.map { [$0.key.hour, $0.value.asked] }) == [[7, 10], [8, 5]])
        let stops = try store.sums(since: today - 1, by: .stop).tallies
        #expect(Set(stops.keys) == Set(["a", "b"].map { undated(key(today, stop: $0)) }))
        #expect(try store.sums(since: today + 1, by: .date).isEmpty)
    }

    private func undated(_ key: AccuracyKey) -> AccuracyKey {
        var key = key
        key.date = nil
        return key
    }

    @Test func `it is all there after a restart`() throws {
        let file = scratch.file("other")
        let first = try Database(file: file)
        var page = page(key(today, stop: "a"))
        page.misses.add(miss(error: 500, ago: 60))
        try AccuracyStore(first).add(page, at: now)
        try first.close()
        let again = AccuracyStore(try Database(file: file))
        #expect(try again.sums(since: today, by: .stop).total.asked == 5)
        #expect(try again.misses(since: now - 3600) == [miss(error: 500, ago: 60)])
    }

    @Test func `a page that cannot be written leaves nothing behind`() throws {
        var page = page(key(today, hour: 7))
        page.sums.add(tally(3), to: key(today, hour: 8))
        var bad = tally(3)
        bad.error = .nan
        page.sums.add(bad, to: key(today, hour: 9))
        #expect(throws: StorageFault.self) { try store.add(page, at: now) }
        #expect(try store.sums(since: today, by: .date).isEmpty)
    }

    @Test func `days long ago lose stops and hours but not their sums, then go`() throws {
        for age in [0, 50, 500] {
            let day = today - age
            try store.add(
                page(key(day, hour: 7), key(day, hour: 8), key(day, stop: "a")), at: now)
        }
        try store.prune(detailBefore: today - 35, allBefore: today - 400)
        try store.prune(detailBefore: today - 35, allBefore: today - 400)
        let dates = try store.sums(since: today - 1000, by: .date).tallies
        #expect(
            Set(dates.map { [$0.key.date == today ? 0 : 50, $0.value.asked] }) == [
                [0, 10], [50, 10],
            ])
        #expect(try store.sums(since: today - 1000, by: .hour).total.asked == 10)
        #expect(try store.sums(since: today - 1000, by: .stop).total.asked == 5)
    }

    @Test func `misses of more than a day ago go, and so do the lightest of too many`() throws {
        var page = page(key(today, hour: 7))
        page.misses.add(miss(error: 5000, ago: 90_000))
        page.misses.add(miss(error: -900, ago: 10, answered: false))
        for number in 0..<400 { page.misses.add(miss(error: 400 + Double(number), ago: 50)) }
        try store.add(page, at: now)
        try store.add(page, at: now)
        let misses = try store.misses(since: now - 100_000)
        #expect(misses.count == WorstMisses.limit)
        #expect(misses.first?.error == 799)
        #expect(zip(misses, misses.dropFirst()).allSatisfy { $0.weight >= $1.weight })
    }
}
