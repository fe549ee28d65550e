import ETAEngine
import Geometry
import Storage
import Testing
import TransitModel

@testable import Service

struct LatePingsTests {
    /// The bus of 8:00 all along the street, a fix every ten seconds.
    private func drive() -> [Ping] {
        (0..<40).map { step in
            let taken = Town.morning + Double(step) * 10
            return Ping(
                vehicleID: "TP-1", timestamp: taken, receivedAt: taken,
                coordinate: Coordinate(latitude: -0.95, longitude: 100.360 + Double(step) * 0.0005),
                routeID: "K1", tripID: "T0800")
        }
    }

    /// Has pings come in at the times of their receipt.
    private func send(_ pings: [Ping], to town: Town) async throws {
        for ping in pings.sorted(by: { $0.receivedAt < $1.receivedAt }) {
            town.time.advance(by: max(0, ping.receivedAt - town.time.now))
            try await town.live.intake.keep([ping])
            await town.live.takeIn()
        }
    }

    /// The town in which every ping came when it was taken, at a later moment.
    private func townInOrder(at moment: Timestamp) async throws -> Town {
        let town = try await Town.open()
        try await send(drive(), to: town)
        town.time.advance(by: moment - town.time.now)
        await town.live.tick()
        return town
    }

    /// The town in which the middle of the way was a dead zone whose fixes came 400 s later.
    private func townWithDeadZone() async throws -> Town {
        let town = try await Town.open()
        var pings = drive()
        for index in 8..<33 { pings[index].receivedAt = pings[index].receivedAt + 400 }
        try await send(pings, to: town)
        return town
    }

    @Test func `late pings do not move the bus, but in the end all is as if they had been in time`()
        async throws
    {
        let town = try await townWithDeadZone()
        let before = try #require(await town.live.engine)
        #expect(before.lastFixTime(of: "TP-1") == drive().last?.timestamp)
        #expect(before.counts.rejected == [.late: 25])
        #expect(await town.live.healing.latePings == 25)

        await town.live.tick()
        await town.live.cure?.value
        await town.live.tick()
        let healed = try #require(await town.live.engine)
        let inOrder = try #require(await townInOrder(at: town.time.now).live.engine)
        // What became of pings when they came, and what was learned then, stays.
        #expect(Set(healed.differences(from: inOrder)).isSubset(of: [.counts, .links]))
        #expect(healed.counts == before.counts)
        #expect(await town.live.healing.latePings == 0)
        #expect(await town.live.healing.count == 1)
    }

    @Test func `calls at stops in a dead zone become known, and none twice`() async throws {
        let town = try await townWithDeadZone()
        await town.live.tick()
        await town.live.cure?.value
        await town.live.tick()
        await town.live.background.drain()
        let inOrder = try await townInOrder(at: town.time.now)
        await inOrder.live.background.drain()
        let calls = try town.live.stores.stopEvents.events(since: Town.morning - 600)
        #expect(calls == (try inOrder.live.stores.stopEvents.events(since: Town.morning - 600)))
        #expect(!calls.isEmpty)
    }

    @Test func `what comes while the journal is lived through is not lost`() async throws {
        let town = try await townWithDeadZone()
        await town.live.tick()
        var next = try #require(drive().last)
        next.timestamp = town.time.now
        next.receivedAt = town.time.now
        try await town.live.intake.keep([next])
        await town.live.takeIn()
        await town.live.cure?.value
        #expect(await town.live.engine?.lastFixTime(of: "TP-1") == next.timestamp)
    }

    @Test func `the journal keeps the same pings in whatever order and however often they come`()
        async throws
    {
        let town = try await Town.open()
        var pings = drive() + drive()
        for index in pings.indices {
            pings[index].receivedAt = pings[index].receivedAt + Double(index * 7919 % 1200)
        }
        try await send(pings, to: town)
        let kept = try town.live.stores.journal.pings(takenSince: Town.morning)
        #expect(kept.inOrderOfFixes().map(\.timestamp) == drive().map(\.timestamp))
    }

    @Test func `without late pings nothing is lived through again`() async throws {
        let town = try await townInOrder(at: Town.morning + 500)
        await town.live.cure?.value
        #expect(await town.live.healing.count == 0)
    }
}
