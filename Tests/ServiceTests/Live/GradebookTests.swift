import ETAEngine
import Storage
import Testing
import TransitModel

@testable import Service

struct GradebookTests {
    /// The bus of 8:00 passes the second stop, published every two seconds on its way.
    private func townWithGrades() async throws -> Town {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        for step in 0..<34 {
            town.time.advance(by: 10)
            let body = Town.ping(at: town.time.now, longitude: 100.360 + Double(step) * 0.0005)
            _ = await town.post(body, token: token)
            await town.live.publish()
        }
        await town.live.background.drain()
        return town
    }

    private func asked(in town: Town) async throws -> Int {
        let date = ServiceDate(text: "20261101") ?? ServiceDate(dayNumber: 0)
        return try await town.live.gradebook.figures(since: date, at: town.time.now).byDate.total
            .asked
    }

    @Test func `a call that was foretold is graded, before and after it is on the disk`()
        async throws
    {
        let town = try await townWithGrades()
        let before = try await asked(in: town)
        #expect(before > 0)
        await town.live.keepGrades()
        await town.live.background.drain()
        town.time.advance(by: 60)
        #expect(try await asked(in: town) == before)
        let counts = town.live.gradebook.counts.tallies.values.map(\.asked).reduce(0, +)
        #expect(counts == before)
    }

    @Test func `grades outlast a restart and a new timetable`() async throws {
        let town = try await townWithGrades()
        let before = try await asked(in: town)
        await town.live.keepGrades()
        await town.live.background.drain()
        let again = try await town.reopened()
        try again.write(Town.renumbered)
        try await again.live.reload()
        await again.live.background.drain()
        #expect(try await asked(in: again) == before)
    }

    @Test func `grades that the disk refuses wait for the next time`() async throws {
        let town = try await townWithGrades()
        let before = try await asked(in: town)
        try town.live.stores.database.close()
        await town.live.keepGrades()
        await town.live.background.drain()
        #expect(town.log.lines.contains { $0.contains("grades cannot be kept yet") })
        #expect(town.live.gradebook.counts.tallies.isEmpty)
        let store = AccuracyStore(try Database(directory: town.folder + "/data"))
        #expect(try store.sums(since: ServiceDate(dayNumber: 0), by: .date).isEmpty)
        let page = town.live.gradebook.unwritten
        #expect(page.sums.summed { $0.hour == nil ? nil : $0 }.total.asked == before)
    }

    @Test func `figures are held for some seconds`() async throws {
        let town = try await townWithGrades()
        let date = ServiceDate(text: "20261101") ?? ServiceDate(dayNumber: 0)
        let now = town.time.now
        let first = try await town.live.gradebook.figures(since: date, at: now)
        let network = try #require(town.live.showcase.published?.snapshot.network)
        let trip = try #require(network.trip(id: "T0830"))
        let call = GradedCall(
            vehicleID: "TP-2",
            instance: TripInstance(trip: trip, serviceDate: network.serviceDay.date(at: now)),
            pattern: network.trips[trip].pattern, position: 1, arrival: now, minutesAsked: 3,
            answers: [])
        town.live.gradebook.enter([call], on: network)
        let soon = try await town.live.gradebook.figures(since: date, at: now + 5)
        let later = try await town.live.gradebook.figures(since: date, at: now + 20)
        #expect(soon.byDate == first.byDate)
        #expect(later.byDate.total.asked == first.byDate.total.asked + 3)
    }
}
