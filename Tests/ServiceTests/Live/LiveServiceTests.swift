import ETAEngine
import Feeds
import Foundation
import Hummingbird
import NIOCore
import Storage
import Testing
import TransitModel

@testable import Service

struct LiveServiceTests {
    @Test func `a ping that is acknowledged is in the journal and in the next feed`() async throws {
        let town = try await Town.open()
        try await town.drive()
        let journaled = try town.live.stores.journal.pings(takenSince: Town.morning)
        #expect(journaled.count == 7)
        let published = try #require(town.live.showcase.published)
        #expect(published.snapshot.vehicle(id: "TP-1") != nil)
        let feed = try FeedDecoder().decode(
            Array(published.feed(.vehiclePositions).plain.readableBytesView))
        #expect(feed.vehicles.map(\.vehicle?.id) == ["TP-1"])
    }

    @Test func `a restart finds the buses where they were`() async throws {
        let town = try await Town.open()
        try await town.drive()
        let before = try #require(town.live.showcase.published?.snapshot.vehicle(id: "TP-1"))
        let again = try await town.reopened()
        let after = try #require(again.live.showcase.published?.snapshot.vehicle(id: "TP-1"))
        #expect(after.coordinate == before.coordinate)
        #expect(after.fixTime == before.fixTime)
        #expect(after.instance == before.instance)
        #expect(after.state == before.state)
    }

    @Test func `pings of more than three hours ago are not lived through again`() async throws {
        let town = try await Town.open()
        try await town.drive()
        town.time.advance(by: 3 * 3600 + 60)
        let again = try await town.reopened()
        #expect(again.live.showcase.published?.snapshot.vehicles.isEmpty == true)
    }

    @Test func `timestamps of feeds rise with every publication`() async throws {
        let town = try await Town.open()
        var last = try #require(town.live.showcase.published?.timestamp)
        for seconds in [0.1, 0.1, 2, -30, 2] {
            town.time.advance(by: seconds)
            await town.live.publish()
            let next = try #require(town.live.showcase.published?.timestamp)
            #expect(next > last)
            last = next
        }
    }

    @Test func `a clock set back takes the engine along but not the feeds`() async throws {
        let town = try await Town.open()
        try await town.drive()
        let before = try #require(town.live.showcase.published)
        town.time.advance(by: -3600)
        await town.live.tick()
        let after = try #require(town.live.showcase.published)
        #expect(after.timestamp == before.timestamp + 2)
        #expect(after.snapshot.madeAt == town.time.now)
        #expect(after.snapshot.vehicles.isEmpty)
    }

    @Test func `nothing is known before the first ping and long after the last`() async throws {
        let town = try await Town.open()
        #expect(town.live.showcase.published?.isInformed == false)
        try await town.drive()
        #expect(town.live.showcase.published?.isInformed == true)
        town.time.advance(by: 301)
        await town.live.publish()
        #expect(town.live.showcase.published?.isInformed == false)
    }

    @Test func `calls at stops are written down`() async throws {
        let town = try await Town.open()
        try await town.drive(pings: 30)
        await town.live.background.drain()
        let calls = try town.live.stores.stopEvents.events(since: Town.morning - 600)
        #expect(!calls.isEmpty)
        #expect(calls.allSatisfy { $0.vehicleID == "TP-1" && $0.route.id == "K1" })
    }

    @Test func `a GTFS that cannot be used leaves the old one in force`() async throws {
        let town = try await Town.open()
        try await town.drive()
        await #expect(throws: (any Error).self) {
            try await town.live.reload(path: town.folder + "/none")
        }
        try "".write(toFile: town.folder + "/gtfs/stops.txt", atomically: true, encoding: .utf8)
        await #expect(throws: (any Error).self) { try await town.live.reload() }
        await town.live.publish()
        #expect(town.live.showcase.published?.snapshot.vehicle(id: "TP-1") != nil)
        #expect(town.live.showcase.published?.snapshot.network.version == "town-1")
    }

    @Test func `a new GTFS takes over with the buses where they were`() async throws {
        let town = try await Town.open()
        try await town.drive()
        let path = town.folder + "/gtfs/feed_info.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacingOccurrences(of: "town-1", with: "town-2")
            .write(toFile: path, atomically: true, encoding: .utf8)
        try await town.live.reload()
        let published = try #require(town.live.showcase.published)
        #expect(published.snapshot.network.version == "town-2")
        #expect(published.snapshot.vehicle(id: "TP-1") != nil)
    }

    @Test func `what was learned is there again after a restart`() async throws {
        let town = try await Town.open()
        try await town.drive()
        await town.live.keepExperience()
        await town.live.background.drain()
        let learned = try town.live.stores.experience.load()
        #expect(await town.live.experience()?.links.count == learned.links.count)
    }

    @Test func `pings are refused while the service starts`() async throws {
        let town = try Town()
        let token = try town.token(for: "TP-1")
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        let answer = await town.post(ping, token: token)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "1")
    }

    @Test func `a timetable that is missing stops the start with one line`() async throws {
        let town = try Town()
        try FileManager.default.removeItem(atPath: town.folder + "/gtfs/stop_times.txt")
        let error = await #expect(throws: (any Error).self) { try await town.live.start() }
        #expect("\(try #require(error))".contains("stop_times.txt"))
        #expect("\(try #require(error))".split(separator: "\n").count == 1)
    }
}
