import Foundation
import Geometry
import Testing
import TransitModel

@testable import Ingestion

/// What a feed may take: work and memory grow as its files do, and no faster.
@Suite struct ResourceLimitTests {
    /// A folder with one file of 300 MiB, all zeros, that takes no room on the disk.
    private func folder(withLarge name: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.write(MiniFeed.files)
        let file = try folder.write([], to: name)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        try handle.truncate(atOffset: 300 << 20)
        try handle.close()
        return folder
    }

    @Test func `a file that must be held as a whole has a limit`() throws {
        let folder = try folder(withLarge: "stops.txt")
        let (notices, load) = ScheduleLoader.check(path: folder.url.path)
        #expect(load == nil)
        #expect(notices.last?.description.hasPrefix("stops.txt: is larger than 256 MiB") == true)
    }

    @Test func `a large file that is no UTF-8 is not decoded`() throws {
        let folder = try folder(withLarge: "stop_times.txt")
        let (notices, load) = ScheduleLoader.check(path: folder.url.path)
        #expect(load == nil)
        let reason = "stop_times.txt: is not UTF-8 at byte 0, and too large"
        #expect(notices.last?.description.hasPrefix(reason) == true)
    }

    @Test func `cells beyond any number of columns are not kept`() {
        let row = "a," + String(repeating: "\"b\"\"\" ,\" c\",", count: 5000)
        var reader = CSVReader(Array("\(row)\n1,2\n".utf8))
        _ = reader.next()
        #expect(reader.cellCount == 4096)
        #expect(CellValues.text(reader.bytes, reader.cell(4095)) == "b\"")
        #expect(reader.flaws.allSatisfy { $0.cell < 4096 })
        _ = reader.next()
        #expect(reader.cellCount == 2)
        #expect(reader.line == 2)
    }

    @Test func `a trip of more stops than any is dropped`() throws {
        let rows = (0...100_000).map { "t,08:00:00,08:00:00,s\($0 % 3 + 1),\($0)\n" }
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        let error = MiniFeed.refusal(["stop_times.txt": header + rows.joined()])
        #expect(error?.notices.map(\.code) == ["unusable_trip", "no_usable_trips"])
        #expect(error?.notices.first?.message.contains("more than 100000 stops") == true)
    }

    @Test func `a letter with any number of accents is quoted in part`() throws {
        let letter = "e" + String(repeating: "\u{301}", count: 10_000)
        let load = try MiniFeed.load(["routes.txt": "route_id,route_type\nr,\(letter)"])
        let quoted = try #require(load.notices.first { $0.column == "route_type" }?.value)
        #expect(quoted.unicodeScalars.count == 80)
    }

    private func compiler(pointCount: Int) -> PatternCompiler {
        var parts = Network.Parts()
        let points = (0..<pointCount).map { PlanePoint(x: Double($0), y: 0) }
        parts.shapes.elements = Polyline(points).map { [Shape(id: "g", line: $0)] } ?? []
        return PatternCompiler(parts)
    }

    @Test func `patterns are matched in order until the work is too much`() {
        let shape: ShapeIndex? = ShapeIndex(0)
        let compiler = compiler(pointCount: 1000)
        let drafts =
            [(shape, 90_000), (shape, 90_000), (shape, 100_001), (shape, 90_000)]
            + [(shape, 90_000), (nil, 90_000), (shape, 30_000), (shape, 1)]
        #expect(
            compiler.matched(drafts, stopTimeCount: 0)
                == [true, true, false, true, false, true, true, false])
        #expect(compiler.matched(drafts, stopTimeCount: 90_001).filter { !$0 }.count == 1)
    }

    @Test func `trips of a shape that is not matched run straight from stop to stop`() {
        var parts = Network.Parts()
        parts.stops.elements = (0...1).map {
            Stop(id: "\($0)", name: "", coordinate: Coordinate(latitude: 0, longitude: Double($0)))
        }
        let points = [PlanePoint(x: 0, y: 0), PlanePoint(x: 9, y: 9)]
        parts.shapes.elements = Polyline(points).map { [Shape(id: "g", line: $0)] } ?? []
        let draft = PatternCompiler.Draft(
            shape: ShapeIndex(0), stops: [StopIndex(0), StopIndex(1)], progress: [nil, nil])
        let placed = PatternCompiler(parts).place(draft, isMatched: false)
        #expect(placed.course?.shape == nil)
        #expect(placed.course?.line.points.count == 2)
        #expect(placed.remarks.map(\.code) == [.unmatchedShape])
    }

    @Test func `a scribble around stops is not followed`() throws {
        let points = (0..<40_000).map { PlanePoint(x: Double($0) * 1e-4, y: Double($0 % 2)) }
        let line = try #require(Polyline(points))
        let stops = [PlanePoint(x: 0, y: 0), PlanePoint(x: 4, y: 0)]
        #expect(StopMatcher(line: line).match(stops, expected: [nil, nil]) == nil)
    }
}
