import ETAEngine
import Feeds
import Foundation
import Hummingbird
import HummingbirdTesting
import Ingestion
import Storage
import Testing
import TransitModel

@testable import Service

/// Feeds that cannot be used, disks that are full, and restarts after either.
struct TroubleTests {
    private func spoil(_ town: Town) throws {
        var bad = Town.timetable
        bad["stop_times.txt"] = "nonsense"
        try town.write(bad)
    }

    /// A timetable of so many trips, half an hour apart.
    private func timetable(of trips: Int, _ version: String) -> [String: String] {
        var timetable = Town.version(version, of: Town.timetable)
        let hours = 6..<6 + trips
        timetable["trips.txt"] =
            "route_id,service_id,trip_id\n"
            + hours.map { "K1,daily,T\($0)" }.joined(separator: "\n")
        timetable["stop_times.txt"] =
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
            + hours.flatMap {
                ["T\($0),\($0):00:00,\($0):00:00,a,1", "T\($0),\($0):05:00,\($0):05:00,b,2"]
            }.joined(separator: "\n")
        return timetable
    }

    // MARK: - Restarts

    @Test func `an order outlives a bad feed at the argument and a restart`() async throws {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        try spoil(town)
        let again = try await town.reopened()
        #expect(again.version == "town-2")
        #expect(again.log.lines.count { $0.contains("town-2, serves") } == 1)
        #expect(try again.live.stores.timetables.inForce()?.version == "town-2")
        try again.write(Town.version("town-3", of: Town.timetable))
        await again.look()
        #expect(again.version == "town-3", "a good one there takes its place")
    }

    @Test func `an order outlives one that the watch refused, without another try`() async throws {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        try spoil(town)
        await town.look()
        let again = try await town.reopened()
        #expect(again.version == "town-2")
        #expect(again.log.lines.isEmpty)
    }

    @Test func `a bad argument gives way to the last good one`() async throws {
        let town = try await Town.open()
        try spoil(town)
        let again = try await town.reopened()
        #expect(again.version == "town-1")
        let status = try #require(await again.live.timetables.trouble)
        #expect(status.contains("last good GTFS, version town-1, serves"))
        #expect(again.log.lines == [status])
        let answer = try await again.control.test(.router) { client in
            try await client.execute(uri: "/control/status", method: .get)
        }
        let shown = try WireJSON.decode(
            StatusResponse.self, from: Array(answer.body.readableBytesView))
        #expect(shown.timetableTrouble == status)
        try again.write(Town.renumbered)
        await again.look()
        #expect(again.version == "town-2")
        #expect(await again.live.timetables.trouble == nil)
    }

    @Test func `another argument ends an order, but not when it is bad`() async throws {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        let store = town.live.stores.timetables
        let other = { (path: String) in
            LiveService(
                gtfsPath: path, stores: town.live.stores, logger: town.log.logger,
                clock: { [time = town.time] in time.now })
        }
        await #expect(throws: ScheduleError.self) { try await other("/none.zip").start() }
        #expect(try store.inForce()?.version == "town-2")
        let next = other(try town.writeVersion("town-5"))
        try await next.start()
        #expect(next.showcase.published?.snapshot.network.version == "town-5")
        #expect(try store.list().isEmpty)
        #expect(town.log.lines.count { $0.contains("which was ordered before") } == 1)
    }

    @Test func `an argument that is gone gives way to the last good one, until it is back`()
        async throws
    {
        let town = try await Town.open()
        try FileManager.default.moveItem(
            atPath: town.folder + "/gtfs", toPath: town.folder + "/away")
        let again = try await town.reopened()
        #expect(again.version == "town-1")
        try again.write(Town.renumbered)
        await again.look()
        #expect(again.version == "town-2")
    }

    @Test func `a service that never had a good feed does not start`() async throws {
        let town = try Town()
        try spoil(town)
        await #expect(throws: ScheduleError.self) { try await town.live.start() }
    }

    // MARK: - Half a feed

    @Test func `half of a feed on the disk is refused, and taken when it is ordered`() async throws
    {
        let town = try Town()
        try town.write(timetable(of: 10, "town-1"))
        try await town.live.start()
        let path = town.folder + "/gtfs"
        try town.write(timetable(of: 4, "town-4"))
        await town.look()
        #expect(town.version == "town-1")
        let line = try #require(town.log.lines.first)
        #expect(line.contains("4 trips, not 10") && line.contains("`gtfs use \(path)`"))
        #expect(try await town.reopened().version == "town-1", "it was refused")
        try town.write(timetable(of: 10, "town-1"))
        #expect(await town.live.timetables.trouble == line)
        await town.look()
        #expect(await town.live.timetables.trouble == nil, "it is as it was")
        try town.write(timetable(of: 4, "town-4"))
        try await town.live.reload(path: path)
        #expect(town.version == "town-4")
        #expect(try await town.reopened().version == "town-4")
        try town.write(timetable(of: 2, "town-2"))
        await town.look()
        #expect(town.version == "town-2", "it is half of the one in force by now")
    }

    @Test func `days of service ahead are counted, no more than four weeks of them`() throws {
        func size(to end: String) throws -> TimetableSize {
            var files = Town.timetable
            files["calendar.txt"] = files["calendar.txt"]?
                .replacingOccurrences(of: "20271231", with: end)
            let today = try #require(ServiceDate(text: "20261116"))
            return try ScheduleLoader.load(files: files).network.size(from: today)
        }
        let whole = try size(to: "20271231")
        #expect(whole == TimetableSize(trips: 2, stopTimes: 6, days: 28))
        #expect(try size(to: "20261129").shortfall(against: whole) == nil)
        let short = try size(to: "20261128").shortfall(against: whole)
        #expect(short == "it has 13 days of service in the next 28, not 28")
        #expect(whole.shortfall(against: try size(to: "20261128")) == nil)
    }

    // MARK: - What may pass

    @Test func `a feed that cannot be read for a while is taken as soon as it can`() async throws {
        let town = try await Town.open()
        let stops = town.folder + "/gtfs/stops.txt"
        try town.write(Town.renumbered)
        // A link to itself is a file that nobody can read, not even root.
        try FileManager.default.removeItem(atPath: stops)
        try FileManager.default.createSymbolicLink(atPath: stops, withDestinationPath: stops)
        for _ in 0..<3 { await town.look() }
        #expect(town.version == "town-1")
        try FileManager.default.removeItem(atPath: stops)
        try town.write(Town.renumbered)
        await town.look()
        #expect(town.version == "town-2")
    }

    @Test func `a feed that changes while it is read is left alone`() async throws {
        let town = try Town()
        let path = town.folder + "/gtfs"
        let draft = try ServedTimetable.Draft(path: path)
        try town.write(Town.renumbered)
        #expect(throws: ServiceFault.self) { try draft.checked(.argument) }
        let next = try await ServedTimetable.load(path: path, origin: .argument)
        #expect(next.fingerprint == (try FeedFiles(path: path)?.fingerprint()))
    }

    @Test func `what fails while a feed is put in force is tried again, and told once`()
        async throws
    {
        let town = try await Town.open()
        try town.loseJournal()
        try town.write(Town.renumbered)
        for _ in 0..<3 { await town.look() }
        #expect(town.version == "town-1")
        #expect(town.log.lines.count { $0.contains("will be tried again") } == 1)
        try town.findJournal()
        await town.look()
        #expect(town.version == "town-2")
    }

    @Test func `what is in force but not written down is said to be so`() async throws {
        let town = try await Town.open()
        let copies = town.folder + "/data/timetables"
        try FileManager.default.removeItem(atPath: copies)
        try Data().write(to: URL(filePath: copies))
        try await town.live.reload(path: town.writeRenumbered())
        #expect(town.version == "town-2")
        let trouble = try #require(await town.live.timetables.trouble)
        #expect(trouble.contains("in force, but a restart would not know it"))
        #expect(town.log.lines.contains(trouble))
        try FileManager.default.removeItem(atPath: copies)
        try await town.live.reload()
        #expect(await town.live.timetables.trouble == nil)
        #expect(try await town.reopened().version == "town-2")
    }

    @Test func `a feed that never was in force leaves no ids behind`() async throws {
        let town = try await Town.open()
        try town.loseJournal()
        await #expect(throws: StorageFault.self) {
            try await town.live.reload(path: town.writeRenumbered())
        }
        try town.findJournal()
        let again = try await town.reopened()
        #expect(again.live.showcase.published?.route(id: "R9") == nil)
    }

    // MARK: - Ids

    @Test func `a tracker that names a trip of an older timetable is known after a restart`()
        async throws
    {
        let town = try await Town.open()
        try await town.live.reload(path: town.writeRenumbered())
        let again = try await town.reopened()
        for town in [town, again] {
            let published = try #require(town.live.showcase.published)
            let trip = try #require(published.formerIDs.trips["T0830"])
            #expect(published.snapshot.network.trips[trip].id == "X0830")
        }
    }

    @Test func `what an id of an alert means is not guessed from a later timetable`() async throws {
        let town = try await Town.open()
        let alert = Alert(
            id: "a", informed: [.init(stopID: "z")], header: [.init(language: "id", text: "x")],
            description: [])
        // As an older program wrote it: nothing but an id, which the timetable does not know.
        try town.live.stores.alerts.add(
            alert, on: try #require(await town.live.timetable).network)
        try await town.live.reload(path: town.writeRenumbered())
        try await town.live.reload(path: town.folder + "/gtfs")
        #expect(town.live.showcase.published?.alerts == [])
    }
}
