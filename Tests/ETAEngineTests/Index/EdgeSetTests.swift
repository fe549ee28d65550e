import Geometry
import Testing

@testable import ETAEngine

struct EdgeSetTests {
    @Test(arguments: 0..<100)
    func `a distance means the same place as on the line`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(8)
        let edges = EdgeSet(lines)
        for (line, polyline) in lines.enumerated() {
            for distance in stride(from: 0, through: polyline.length, by: 7) {
                let there = try #require(edges.point(at: distance, along: line))
                #expect(there.distance(to: polyline.point(at: distance)) < 1.2)
            }
        }
    }

    @Test(arguments: 0..<100)
    func `passes follow one another for the whole of a line`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(8)
        let edges = EdgeSet(lines)
        for (line, polyline) in lines.enumerated() {
            var end = 0.0
            for pass in edges.passes(of: line) {
                #expect(edges.passes[pass].start == end)
                end = edges.end(ofPass: pass, of: line)
                let length = Double(edges.lengths[Int(edges.passes[pass].edge)])
                #expect(abs(end - edges.passes[pass].start - length) < 0.3 + length * 0.02)
            }
            #expect(end == polyline.length)
        }
    }

    @Test(arguments: 0..<100)
    func `uses are the passes by edge`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let edges = EdgeSet(random.lines(8))
        var passes: Set<[Int]> = []
        for line in edges.lineLengths.indices {
            for (order, pass) in edges.passes(of: line).enumerated() {
                passes.insert([Int(edges.passes[pass].edge), line, order])
            }
        }
        let uses = (0..<edges.count).flatMap { edge in
            edges.uses(of: edge).map {
                [edge, Int(edges.uses[$0].line), Int(edges.uses[$0].order)]
            }
        }
        #expect(uses.count == passes.count)
        #expect(Set(uses) == passes)
    }

    @Test func `lines share the edge on which they run together`() throws {
        let one = try #require(Polyline([(0, 0), (500, 0), (900, 0), (1500, 0)]))
        let other = try #require(Polyline([(500, -300), (500, 0), (900, 0), (900, 300)]))
        let edges = EdgeSet([one, other])
        #expect(edges.count == 5)
        let shared = (0..<edges.count).filter { edges.uses(of: $0).count == 2 }
        #expect(shared.map { edges.lengths[$0] } == [400])
        #expect(edges.uses(of: shared[0]).map { edges.uses[$0].start } == [500, 300])
    }

    @Test func `the two directions of a street are two edges`() throws {
        let there = try #require(Polyline([(0, 0), (500, 0), (500, 400)]))
        let back = try #require(Polyline([(500, 400), (500, 0), (0, 0)]))
        let edges = EdgeSet([there, back])
        #expect(edges.lengths == [900, 900])
    }

    @Test func `a line around the block twice uses its edges twice`() throws {
        let block = [(0.0, 0.0), (300, 0), (300, 300), (0, 300)]
        let line = try #require(Polyline(block + block + [block[0]]))
        let edges = EdgeSet([line])
        #expect(edges.count == 1)
        #expect(edges.uses(of: 0).map { edges.uses[$0].start } == [0, 1200])
    }

    @Test func `a line turns back where it was drawn to`() throws {
        let line = try #require(Polyline([(0, 0), (400, 0), (800, 0), (400, 0), (0, 0)]))
        let edges = EdgeSet([line])
        #expect(edges.lengths == [800, 800])
    }

    @Test func `points that say nothing are left out`() throws {
        let line = try #require(
            Polyline((0...1000).map { (Double($0), Double($0 % 2) / 5) }))
        let edges = EdgeSet([line])
        #expect(edges.segments.count <= 4)
        #expect(edges.lineLengths == [line.length])
    }

    @Test func `lines without length have no edges`() throws {
        let point = try #require(Polyline([(5, 5)]))
        let heap = try #require(Polyline([(5, 5), (5.01, 5), (5, 5.01)]))
        let edges = EdgeSet([point, heap])
        #expect(edges.count == 0)
        #expect(edges.point(at: 0, along: 1) == nil)
    }
}
