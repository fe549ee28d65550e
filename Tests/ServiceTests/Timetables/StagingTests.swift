import ETAEngine
import Foundation
import Storage
import Testing
import TransitModel

@testable import Service

/// Monday, 16 November 2026, is today.
struct StagingTests {
    private let tomorrow = ServiceDate(text: "20261117") ?? ServiceDate(dayNumber: 0)

    /// Moves the clock to a time of tomorrow and lets the service look.
    private func wait(until clock: String, in town: Town) async throws {
        let network = try #require(town.live.showcase.published).snapshot.network
        let moment = network.serviceDay.moment(
            try #require(ServiceTime(text: clock)), on: tomorrow)
        town.time.advance(by: moment - town.time.now)
        await town.live.tick()
        await town.live.beginStaged()
    }

    @Test func `a timetable waits for its date and then takes over`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        let staged = try await town.live.stage(path: path, from: tomorrow)
        #expect(staged.network.version == "town-2")
        try FileManager.default.removeItem(atPath: path)
        await town.live.beginStaged()
        #expect(town.version == "town-1")
        #expect(await town.live.timetables.staged.map(\.version) == ["town-2"])
        try await wait(until: "00:00:00", in: town)
        #expect(town.version == "town-2")
        #expect(await town.live.timetables.staged.isEmpty)
        await town.live.followFiles()
        #expect(try await town.reopened().version == "town-2")
    }

    @Test func `it waits until the last bus of the night is in`() async throws {
        let night = Town.timetable.mapValues { $0.replacingOccurrences(of: ",08:", with: ",24:") }
        let scratch = Scratch()
        try Town.writeTimetable(to: scratch.path + "/gtfs", night)
        let town = try Town(in: scratch, time: TownTime(Town.morning + 16 * 3600))
        try await town.live.start()
        try await town.drive()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        await town.live.beginStaged()
        #expect(town.version == "town-1", "the bus of midnight is under way")
        town.time.advance(by: 1200)
        await town.live.tick()
        await town.live.beginStaged()
        #expect(town.version == "town-1", "the bus of half past midnight is still to leave")
        town.time.advance(by: 600)
        await town.live.tick()
        await town.live.beginStaged()
        #expect(town.version == "town-2")
    }

    @Test func `it survives a crash`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        let again = try await town.reopened()
        #expect(again.version == "town-1")
        try await wait(until: "05:00:00", in: again)
        #expect(again.version == "town-2")
    }

    @Test func `what is taken back does not take over`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        #expect(try await town.live.cancel(tomorrow))
        #expect(try await !town.live.cancel(tomorrow))
        try await wait(until: "05:00:00", in: town)
        #expect(town.version == "town-1")
    }

    @Test func `a feed that cannot be used is refused when it is ordered`() async throws {
        let town = try await Town.open()
        await #expect(throws: (any Error).self) {
            try await town.live.stage(path: town.folder + "/none.zip", from: tomorrow)
        }
        await #expect(throws: ServiceFault.self) {
            try await town.live.stage(path: town.folder + "/gtfs", from: tomorrow - 2)
        }
        #expect(await town.live.timetables.staged.isEmpty)
    }

    @Test func `a copy that is damaged by its date is refused once`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        let kept = try #require(await town.live.timetables.staged.first)
        try Data("x".utf8).write(to: URL(filePath: town.live.stores.timetables.copy(of: kept)))
        try await wait(until: "05:00:00", in: town)
        await town.live.beginStaged()
        #expect(town.version == "town-1")
        #expect(town.log.lines.count { $0.contains("refused") } == 1)
        let refusal = await town.live.timetables.refusal(of: kept)
        let remedy = "`gtfs use \(kept.source) --from 2026-11-17`"
        #expect(refusal?.contains("damaged") == true && refusal?.contains(remedy) == true)
        try await town.live.stage(path: kept.source, from: tomorrow)
        let again = try #require(await town.live.timetables.staged.first)
        #expect(await town.live.timetables.refusal(of: again) == nil)
        await town.live.beginStaged()
        #expect(town.version == "town-2")
    }

    // MARK: - After a restart

    @Test func `one whose date came while the service was down is published first`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        for (hours, expected) in [(15.9, "town-1"), (16.1, "town-2"), (30, "town-2")] {
            town.time.advance(by: Town.morning + (hours * 3600) - town.time.now)
            let again = try await town.reopened()
            #expect(again.version == expected)
            #expect(await again.live.timetables.staged.isEmpty == (expected == "town-2"))
        }
    }

    @Test func `one that was refused on its date does not overtake a later order`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        let store = town.live.stores.timetables
        let kept = try #require(try store.staged().first)
        let good = try Data(contentsOf: URL(filePath: store.copy(of: kept)))
        try Data("x".utf8).write(to: URL(filePath: store.copy(of: kept)))
        try await wait(until: "05:00:00", in: town)
        try await town.live.reload(path: town.writeVersion("town-3"))
        try good.write(to: URL(filePath: store.copy(of: kept)))
        #expect(try await town.reopened().version == "town-3")
    }

    // MARK: - What it came from

    /// Stages the renumbered timetable, lets its date come and then settles the clock.
    private func begin(_ path: String, in town: Town) async throws {
        try await town.live.stage(path: path, from: tomorrow)
        try await wait(until: "05:00:00", in: town)
        #expect(town.version == "town-2")
    }

    @Test func `once in force its source is followed, also after a restart`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await begin(path, in: town)
        let again = try await town.reopened()
        try Town.writeTimetable(to: path, Town.version("town-4", of: Town.renumbered))
        for town in [town, again] {
            await town.look()
            #expect(town.version == "town-4")
        }
    }

    @Test func `a reload reads its source again`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await begin(path, in: town)
        try Town.writeTimetable(to: path, Town.version("town-4", of: Town.renumbered))
        try await town.live.reload()
        #expect(town.version == "town-4")
    }

    @Test func `a source that is meant for a later date as well is left alone`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await town.live.stage(path: path, from: tomorrow)
        try Town.writeTimetable(to: path, Town.version("town-4", of: Town.renumbered))
        try await town.live.stage(path: path, from: tomorrow + 30)
        try await wait(until: "05:00:00", in: town)
        await town.look()
        #expect(town.version == "town-2")
    }

    @Test func `older content at its source is left alone`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await town.live.stage(path: path, from: tomorrow)
        try Town.writeTimetable(to: path, Town.version("town-0", of: Town.renumbered))
        for name in Town.renumbered.keys {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1e9)],
                ofItemAtPath: path + "/" + name)
        }
        try await wait(until: "05:00:00", in: town)
        await town.look()
        #expect(town.version == "town-2")
    }
}
