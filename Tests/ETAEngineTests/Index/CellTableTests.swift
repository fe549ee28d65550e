import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct CellTableTests {
    private static let street = Polyline([(0, 0), (1030, 0)])

    private static func table() throws -> CellTable {
        CellTable(EdgeCells(EdgeSet([try #require(street)])))
    }

    private static func traversal(_ number: Int, duration: Double = 20) -> CellTraversal {
        CellTraversal(
            exit: Timestamp(unix: Int64(number)), duration: duration,
            vehicle: UInt16(truncatingIfNeeded: number))
    }

    @Test func `an edge is split evenly`() throws {
        let cells = EdgeCells(EdgeSet([try #require(Self.street)]))
        #expect(cells.count == 10)
        #expect(cells.length(of: 3) == 103)
        #expect(
            [-5, 0, 102, 104, 1029, 2000].map { cells.cell(at: $0, on: 0) } == [0, 0, 0, 1, 9, 9])
    }

    @Test(arguments: 0..<20)
    func `a cell knows its edge`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let cells = EdgeCells(EdgeSet(random.lines(8)))
        for edge in 0..<cells.edges.count {
            for cell in cells.cells(of: edge) {
                #expect(cells.edge(of: cell) == edge)
                let length = cells.length(of: cell)
                #expect(length < 151)
                #expect(length > 66 || cells.cells(of: edge).count == 1)
            }
        }
    }

    @Test func `the newest sixteen are kept, the newest first`() throws {
        var table = try Self.table()
        #expect(table.latest(in: 4) == nil)
        for number in 1...40 {
            table.insert(Self.traversal(number), in: 4)
            #expect(table.count(in: 4) == min(number, 16))
            #expect(table.latest(in: 4) == Self.traversal(number))
        }
        #expect(table.latest(99, in: 4).map(\.vehicle) == (25...40).reversed())
        #expect(table.latest(3, in: 4).map(\.vehicle) == [40, 39, 38])
        #expect(table.traversal(in: 4, age: 15) == Self.traversal(25))
        #expect(table.count(in: 3) == 0)
    }

    @Test func `what does not fit is kept as the most that does`() throws {
        var table = try Self.table()
        var long = Self.traversal(7, duration: 1e9)
        long.isInterpolated = true
        table.insert(long, in: 0)
        long.duration = CellTraversal.longest
        #expect(table.latest(in: 0) == long)
    }

    @Test func `a cell takes at most 192 bytes`() throws {
        #expect(MemoryLayout<CellRecord>.stride <= 192)
        #expect(try Self.table().memory == 10 * MemoryLayout<CellRecord>.stride)
    }

    @Test func `a million traversals stay in the memory of the first`() throws {
        var table = try Self.table()
        table.insert(Self.traversal(0), in: 0)
        let before = table.records.withUnsafeBufferPointer { $0.baseAddress }
        for number in 0..<1_000_000 { table.insert(Self.traversal(number), in: number % 10) }
        let after = table.records.withUnsafeBufferPointer { $0.baseAddress }
        #expect(table.latest(in: 9) == Self.traversal(999_999))
        #expect(before == after)
        #expect(_isPOD(CellRecord.self))
    }

    @Test func `mean and variance of pace are those of the traversals`() throws {
        var table = try Self.table()
        for number in 0..<100 {
            table.insert(Self.traversal(number, duration: number % 2 == 0 ? 10.3 : 20.6), in: 2)
        }
        let pace = table.pace(in: 2)
        #expect(pace.count == 100)
        #expect(abs(pace.mean - (-1.9560)) < 0.001)  // Half of ln 0.1 and of ln 0.2 each.
        #expect(abs(pace.variance - 0.1201) < 0.001)
    }

    @Test func `what the latest buses did is told until it is old`() throws {
        var table = try Self.table()
        for number in 0..<50 { table.insert(Self.traversal(60 * number), in: 0, expected: 20) }
        let calm = table.pace(in: 0).deviation(at: Timestamp(3000))
        #expect(abs(calm.mean) < 1e-3)
        for number in 50..<56 {
            table.insert(Self.traversal(60 * number, duration: 40), in: 0, expected: 20)
        }
        let jam = table.pace(in: 0).deviation(at: Timestamp(3300))
        #expect(jam.mean > 0.3 && jam.mean < 0.7)
        #expect(jam.variance < 0.04)
        let later = table.pace(in: 0).deviation(at: Timestamp(3300 + 4 * 3600))
        #expect(abs(later.mean) < 1e-3)
        #expect(abs(later.variance - 0.04) < 1e-3)
    }
}
