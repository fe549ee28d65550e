import Geometry
import Testing

@testable import Ingestion

@Suite struct LineSetTests {
    private func points(_ places: [(Double, Double)]) -> [ShapesCompiler.Point] {
        places.enumerated().map {
            ShapesCompiler.Point(
                sequence: Int32($0.offset), place: PlanePoint(x: $0.element.0, y: $0.element.1))
        }
    }

    @Test func `equal lines share a number, whatever their sequences`() {
        var set = LineSet()
        let line = points([(0, 0), (1, 2), (3, 4)])
        #expect(set.number(of: line) == 0)
        #expect(set.number(of: points([(0, 0), (1, 2)])) == 1)
        let renumbered = line.map {
            ShapesCompiler.Point(sequence: $0.sequence * 10 + 5, place: $0.place)
        }
        #expect(set.number(of: renumbered) == 0)
        #expect(set.lines.count == 2)
    }

    @Test func `no points make no line`() {
        var set = LineSet()
        #expect(set.number(of: []) == nil)
        #expect(set.lines.isEmpty)
    }

    @Test(arguments: 0..<50)
    func `it agrees with comparing all lines`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var set = LineSet()
        var known: [[PlanePoint]] = []
        for _ in 0..<60 {
            let places = (0...Int.random(in: 0...2, using: &generator)).map { _ in
                (
                    Double(Int.random(in: 0...1, using: &generator)),
                    Double(Int.random(in: 0...1, using: &generator))
                )
            }
            let line = points(places)
            let expected = known.firstIndex(of: line.map(\.place)) ?? known.count
            if expected == known.count { known.append(line.map(\.place)) }
            #expect(set.number(of: line) == Int32(expected), "seed \(seed)")
        }
        #expect(set.lines.map(\.points) == known, "seed \(seed)")
    }
}
