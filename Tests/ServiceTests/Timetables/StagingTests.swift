import ETAEngine
import Foundation
import Storage
import Testing
import TransitModel

@testable import Service

/// Monday, 16 November 2026, is today.
struct StagingTests {
    private let tomorrow = ServiceDate(text: "20261117") ?? ServiceDate(dayNumber: 0)

    private func version(of town: Town) -> String? {
        town.live.showcase.published?.snapshot.network.version
    }

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
        #expect(version(of: town) == "town-1")
        #expect(await town.live.staged.map(\.version) == ["town-2"])
        try await wait(until: "00:00:00", in: town)
        #expect(version(of: town) == "town-2")
        #expect(await town.live.staged.isEmpty)
        await town.live.followFiles()
        #expect(version(of: try await town.reopened()) == "town-2")
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
        #expect(version(of: town) == "town-1", "the bus of midnight is under way")
        town.time.advance(by: 1200)
        await town.live.tick()
        await town.live.beginStaged()
        #expect(version(of: town) == "town-2")
    }

    @Test func `it survives a crash`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        let again = try await town.reopened()
        #expect(version(of: again) == "town-1")
        try await wait(until: "05:00:00", in: again)
        #expect(version(of: again) == "town-2")
    }

    @Test func `what is taken back does not take over`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        #expect(try await town.live.cancel(tomorrow))
        #expect(try await !town.live.cancel(tomorrow))
        try await wait(until: "05:00:00", in: town)
        #expect(version(of: town) == "town-1")
    }

    @Test func `a feed that cannot be used is refused when it is ordered`() async throws {
        let town = try await Town.open()
        await #expect(throws: (any Error).self) {
            try await town.live.stage(path: town.folder + "/none.zip", from: tomorrow)
        }
        await #expect(throws: ServiceFault.self) {
            try await town.live.stage(path: town.folder + "/gtfs", from: tomorrow - 2)
        }
        #expect(await town.live.staged.isEmpty)
    }

    @Test func `a copy that is damaged by its date is refused once`() async throws {
        let town = try await Town.open()
        try await town.live.stage(path: town.writeRenumbered(), from: tomorrow)
        let kept = try #require(await town.live.staged.first)
        try Data("x".utf8).write(to: URL(filePath: town.live.stores.timetables.copy(of: kept)))
        try await wait(until: "05:00:00", in: town)
        await town.live.beginStaged()
        #expect(version(of: town) == "town-1")
        #expect(town.log.lines.count { $0.contains("refused") } == 1)
    }
}
