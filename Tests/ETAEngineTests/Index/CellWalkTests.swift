import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct CellWalkTests {
    /// Seconds and metres of a bus's fixes.
    private typealias Fixes = [(time: Double, distance: Double)]

    private static func drive(_ fixes: Fixes, along line: Int, in table: inout CellTable) {
        var walk = CellWalk()
        for (fix, next) in zip(fixes, fixes.dropFirst()) {
            table.insert(
                &walk, along: line,
                from: LineMoment(distance: fix.distance, time: Timestamp(fix.time)),
                to: LineMoment(distance: next.distance, time: Timestamp(next.time)), vehicle: 7)
        }
    }

    /// Number and traversals of the cells that hold any.
    private static func found(_ table: CellTable) -> [(cell: Int, traversal: CellTraversal)] {
        (0..<table.cells.count).flatMap { cell in
            table.latest(16, in: cell).map { (cell, $0) }
        }
    }

    private static func street() throws -> CellTable {
        CellTable(EdgeCells(EdgeSet([try #require(Polyline([(0, 0), (1000, 0)]))])))
    }

    @Test func `whole cells count, with times read off the move`() throws {
        var table = try Self.street()
        Self.drive([(0, 50), (10, 150), (30, 350), (70, 390)], along: 0, in: &table)
        let found = Self.found(table)
        #expect(found.map(\.cell) == [1, 2])
        #expect(found.map(\.traversal.duration) == [10, 10])
        #expect(found.map(\.traversal.exit) == [Timestamp(15), Timestamp(25)])
        #expect(found.map(\.traversal.isInterpolated) == [false, true])
        #expect(found.map(\.traversal.vehicle) == [7, 7])
    }

    @Test func `a bus that waits takes that long`() throws {
        var table = try Self.street()
        Self.drive([(0, 90), (20, 190), (140, 190), (160, 290)], along: 0, in: &table)
        #expect(Self.found(table).map(\.traversal.duration) == [140])
    }

    @Test func `the last cell ends with the line`() throws {
        var table = try Self.street()
        Self.drive([(0, 880), (10, 980), (20, 1000), (500, 1000)], along: 0, in: &table)
        #expect(Self.found(table).map(\.cell) == [9])
        #expect(Self.found(table).map(\.traversal.exit) == [Timestamp(20)])
    }

    @Test func `going back counts for nothing`() throws {
        var table = try Self.street()
        Self.drive(
            [(0, 90), (10, 190), (20, 260), (30, 150), (40, 240), (60, 360)], along: 0, in: &table)
        #expect(Self.found(table).map(\.cell) == [1, 2])
        #expect(Self.found(table).map(\.traversal.duration).reduce(0, +) == 49)
    }

    @Test func `a jump begins a new walk`() throws {
        var table = try Self.street()
        var walk = CellWalk()
        for (from, to) in [(90.0, 210.0), (410, 450), (450, 620)] {
            table.insert(
                &walk, along: 0, from: LineMoment(distance: from, time: Timestamp(from)),
                to: LineMoment(distance: to, time: Timestamp(to)), vehicle: 1)
        }
        #expect(Self.found(table).map(\.cell) == [1, 5])
    }

    @Test func `buses of two lines teach the same cells`() throws {
        let one = try #require(Polyline([(0, 0), (500, 0), (1500, 0)]))
        let other = try #require(Polyline([(500, -400), (500, 0), (1500, 0)]))
        var table = CellTable(EdgeCells(EdgeSet([one, other])))
        Self.drive([(0, 480), (100, 1480)], along: 0, in: &table)
        Self.drive([(0, 380), (100, 1380)], along: 1, in: &table)
        let edges = table.cells.edges
        let edge = try #require((0..<edges.count).first { edges.uses(of: $0).count == 2 })
        let shared = table.cells.cells(of: edge)
        #expect(shared.dropLast().map { table.count(in: $0) } == .init(repeating: 2, count: 9))
    }

    @Test(arguments: 0..<200)
    func `durations add up to the time from the first entry to the last exit`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(5)
        let cells = EdgeCells(EdgeSet(lines))
        for (line, polyline) in lines.enumerated() {
            let fixes = Self.fixes(along: polyline, &random)
            var walk = CellWalk()
            var sum = 0.0
            var first: Timestamp?
            var last: Timestamp?
            for (fix, next) in zip(fixes, fixes.dropFirst()) {
                walk.move(
                    along: line,
                    from: LineMoment(distance: fix.distance, time: Timestamp(fix.time)),
                    to: LineMoment(distance: next.distance, time: Timestamp(next.time)), in: cells
                ) { cell, entry, exit, _ in
                    #expect(exit >= entry)
                    #expect(last == nil || last == entry)
                    first = first ?? entry
                    last = exit
                    sum += exit - entry
                }
            }
            #expect(abs((last ?? Timestamp(0)).seconds - fixes[fixes.count - 1].time) < 1e-6)
            #expect(abs((last ?? Timestamp(0)) - (first ?? Timestamp(0)) - sum) < 1e-6)
        }
    }

    /// A bus that goes to the end of a line, by steps of all lengths, some of them none.
    private static func fixes(along line: Polyline, _ random: inout SeededRandom) -> Fixes {
        var fixes: Fixes = [(0, 0)]
        while let last = fixes.last, last.distance < line.length {
            let step = max(0, random.number(in: -100...400))
            fixes.append(
                (last.time + random.number(in: 1...60), min(line.length, last.distance + step)))
        }
        return fixes
    }
}
