import ETAEngine
import Feeds
import Foundation
import NIOCore
import Storage
import Testing
import TransitModel

@testable import Service

struct TimetablesTests {
    // MARK: - Swaps

    @Test func `a bus stays on its run though all ids have changed`() async throws {
        let town = try await Town.open()
        try await town.drive(pings: 30)
        let before = try #require(town.live.showcase.published).snapshot
        let old = try #require(before.vehicle(id: "TP-1"))
        try await town.live.reload(path: town.writeRenumbered())
        let after = try #require(town.live.showcase.published).snapshot
        let new = try #require(after.vehicle(id: "TP-1"))
        #expect(after.network.version == "town-2")
        #expect((old.state, new.state) == (.inService, .inService))
        let trip = try #require(new.instance)
        #expect(after.network.trips[trip.trip].id == "X0800")
        #expect(trip.serviceDate == old.instance?.serviceDate)
        #expect(new.nextStop == old.nextStop)
        #expect(new.distanceAlong == old.distanceAlong)
    }

    @Test func `every publication is of one version, also in the midst of swaps`() async throws {
        let town = try await Town.open()
        try await town.drive(pings: 30)
        let paths = [try town.writeRenumbered(), town.folder + "/gtfs"]
        let (versions, seen) = AsyncStream.makeStream(of: String.self)
        try await alongside({
            defer { seen.finish() }
            while !Task.isCancelled {
                await town.live.publish()
                seen.yield(try check(#require(town.live.showcase.published)))
            }
        }) {
            for path in [paths[0], paths[1], paths[0]] {
                let timetable = try await town.live.reload(path: path)
                let version = try check(#require(town.live.showcase.published))
                #expect(version == timetable.network.version)
                // Until it has been seen from the other side as well.
                #expect(await versions.contains(version))
            }
        }
    }

    /// Whether a publication is of one version throughout; which one.
    private func check(_ published: Published) throws -> String {
        let network = published.snapshot.network
        #expect(published.timetable.network === network)
        let feed = try FeedDecoder().decode(
            Array(published.feed(.combined).plain.readableBytesView))
        #expect(feed.feedVersion == network.version)
        let trips = feed.tripUpdates.compactMap(\.trip.tripID)
        #expect(!trips.isEmpty && trips.allSatisfy { network.trip(id: $0) != nil })
        return network.version
    }

    @Test func `what was learned, calls and alerts outlive all ids`() async throws {
        let town = try await Town.open()
        try await town.drive(pings: 30)
        let alert = Alert(
            id: "a", informed: [.init(routeID: "K1"), .init(stopID: "b")],
            header: [.init(language: "id", text: "x")], description: [])
        let network = try #require(await town.live.timetable).network
        try town.live.stores.alerts.add(alert, on: network)
        let learned = try #require(await town.live.experience()).links
        #expect(!learned.isEmpty)
        await town.live.background.drain()
        let calls = try town.live.stores.stopEvents.events(since: Town.morning)

        try await town.live.reload(path: town.writeRenumbered())
        await town.live.background.drain()
        let heir = try #require(await town.live.experience()).links
        #expect(heir.map(\.mean) == learned.map(\.mean))
        #expect(heir.map(\.count) == learned.map(\.count))
        #expect(heir.map(\.from.id) != learned.map(\.from.id))
        let after = try town.live.stores.stopEvents.events(since: Town.morning)
        #expect(after.map(\.stop.name) == calls.map(\.stop.name))
        #expect(after.map(\.arrival) == calls.map(\.arrival))
        let told = try #require(town.live.showcase.published).alerts
        #expect(told.map(\.informed) == [[.init(routeID: "R9"), .init(stopID: "a")]])
        let again = try await town.reopened()
        #expect(again.live.showcase.published?.alerts == told)
    }

    @Test func `a display that was set up under older ids goes on`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.live.reload(path: town.writeRenumbered())
        let again = try await town.reopened()
        for town in [town, again] {
            let published = try #require(town.live.showcase.published)
            let stop = try published.requiredStop("c")
            #expect(published.snapshot.network.stops[stop].id == "z")
            let reused = try published.requiredStop("a")
            #expect(published.snapshot.network.stops[reused].name == "Simpang Haru")
            #expect(throws: Refusal.self) { try published.requiredStop("none") }
        }
    }

    @Test func `an alert that touches nothing any more is kept but not told`() async throws {
        let town = try await Town.open()
        let alert = Alert(
            id: "a", informed: [.init(stopID: "c")], header: [.init(language: "id", text: "x")],
            description: [])
        try town.live.stores.alerts.add(
            alert, on: try #require(await town.live.timetable).network)
        var moved = Town.renumbered
        moved["stops.txt"] = moved["stops.txt"]?.replacingOccurrences(of: "100.38", with: "100.39")
        try Town.writeTimetable(to: town.folder + "/moved", moved)
        try await town.live.reload(path: town.folder + "/moved")
        #expect(town.live.showcase.published?.alerts == [])
        #expect(try await town.live.alertsKept().map(\.informed) == [[]])
        #expect(town.log.lines.count { $0.contains("alert a") && $0.contains("Pantai") } == 1)
        try await town.live.reload(path: town.folder + "/gtfs")
        #expect(town.live.showcase.published?.alerts == [alert])
    }

    // MARK: - Refusals

    @Test(arguments: ["truncated", "empty", "page", "no stop times"])
    func `a feed that cannot be used is refused with one line`(mutant: String) async throws {
        let town = try await Town.open()
        let path = town.folder + "/bad.zip"
        let archive = Array(
            try #require(town.live.showcase.published).timetable.archive.plain.readableBytesView)
        switch mutant {
        case "truncated":
            try Data(archive.prefix(archive.count / 2)).write(to: URL(filePath: path))
        case "empty": try Data().write(to: URL(filePath: path))
        case "page": try Data("<html>404</html>".utf8).write(to: URL(filePath: path))
        default:
            var timetable = Town.timetable
            timetable["stop_times.txt"] = nil
            try Town.writeTimetable(to: path, timetable)
        }
        let error = await #expect(throws: (any Error).self) {
            try await town.live.reload(path: path)
        }
        let refusal = Refusal(operating: try #require(error))
        #expect(refusal.problem.status == 422)
        #expect(refusal.problem.title.split(separator: "\n").count == 1)
        #expect(refusal.problem.title.contains("bad.zip"))
        #expect(town.version == "town-1")
        #expect(try town.live.stores.timetables.list().isEmpty)
    }

    // MARK: - The watched file

    @Test func `a feed that changes on the disk takes over`() async throws {
        let town = try await Town.open()
        await town.look()
        try town.write(Town.renumbered)
        await town.live.followFiles()
        town.time.advance(by: 29)
        await town.live.followFiles()
        #expect(town.version == "town-1", "it might still be copied")
        town.time.advance(by: 1)
        await town.live.followFiles()
        #expect(town.version == "town-2")
        #expect(town.log.lines.count { $0.contains("2 trips, 6 stop times, service on 28") } == 1)
    }

    @Test func `a touched feed changes nothing, nor does one that is deleted`() async throws {
        let town = try await Town.open()
        let before = try #require(await town.live.timetable)
        try town.write(Town.timetable)
        await town.look()
        try FileManager.default.removeItem(atPath: town.folder + "/gtfs")
        await town.look()
        #expect(await town.live.timetable === before)
        #expect(town.log.lines.isEmpty)
    }

    @Test func `a bad feed on the disk is refused once, and a good one follows`() async throws {
        let town = try await Town.open()
        var bad = Town.renumbered
        bad["stop_times.txt"] = "nonsense"
        for _ in 0..<3 {
            try town.write(bad)
            await town.look()
        }
        #expect(town.version == "town-1")
        #expect(town.log.lines.count { $0.contains("refused") } == 1)
        try town.write(Town.renumbered)
        await town.look()
        #expect(town.version == "town-2")
    }

    @Test func `the file that was ordered is watched as well`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await town.live.reload(path: path)
        let third = Town.version("town-3", of: Town.renumbered)
        try Town.writeTimetable(to: path, third)
        await town.look()
        #expect(town.version == "town-3")
        #expect(try town.live.stores.timetables.inForce()?.version == "town-3")
    }

    // MARK: - Restarts

    @Test func `what was ordered comes back, though its file is gone`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await town.live.reload(path: path)
        try FileManager.default.removeItem(atPath: path)
        let again = try await town.reopened()
        #expect(again.version == "town-2")
        try FileManager.default.removeItem(atPath: town.folder + "/gtfs")
        await again.look()
        #expect(again.version == "town-2")
        #expect(try await again.reopened().version == "town-2")
    }

    @Test func `newer content of the argument wins over an older order`() async throws {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        let third = Town.version("town-3", of: Town.timetable)
        try town.write(third)
        let again = try await town.reopened()
        #expect(again.version == "town-3")
        #expect(try again.live.stores.timetables.list().isEmpty)
        await town.look()
        #expect(town.version == "town-3", "and at once while the service runs")
    }

    @Test func `an order whose copy is damaged gives way to the argument`() async throws {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        let store = town.live.stores.timetables
        let kept = try #require(try store.inForce())
        try Data("x".utf8).write(to: URL(filePath: store.copy(of: kept)))
        let again = try await town.reopened()
        #expect(again.version == "town-1")
        #expect(again.log.lines.contains { $0.contains("cannot be put in force") })
    }
}
