import Testing
import TransitModel

@testable import ETAEngine

struct HypothesisListTests {
    @Test(arguments: 0..<100)
    func `it keeps the most believed of those that are no twins`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var list = HypothesisList()
        var reference: [Hypothesis] = []
        for _ in 0..<40 {
            let new = Self.hypothesis(
                Int.random(in: 0..<3, using: &random), at: random.number(in: 0...400),
                belief: random.number(in: -9...0))
            list.insert(new, twins: 50)
            let twins = reference.filter {
                $0.line == new.line && abs($0.distance - new.distance) < 50
            }
            if twins.allSatisfy({ $0.belief < new.belief }) {
                reference.removeAll { twins.contains($0) }
                reference.append(new)
                reference.sort { $0.belief > $1.belief }
                reference = Array(reference.prefix(HypothesisList.capacity))
            }
            #expect(list.elements == reference)
        }
    }

    @Test func `of equals the one on the first line comes first`() {
        var list = HypothesisList()
        for line in [2, 0, 1] { list.insert(Self.hypothesis(line, belief: -1), twins: 50) }
        #expect(list.elements.map(\.line) == [0, 1, 2])
    }

    @Test func `what falls off the end of a full list does not come back`() {
        var list = HypothesisList()
        for line in 0..<12 {
            list.insert(Self.hypothesis(line, belief: Double(line)), twins: 50)
        }
        #expect(list.elements.map(\.line) == [11, 10, 9, 8, 7, 6, 5, 4])
        list.insert(Self.hypothesis(20, belief: 3.5), twins: 50)
        #expect(list.elements.map(\.line) == [11, 10, 9, 8, 7, 6, 5, 4])
    }

    @Test func `a turn keeps the old list while a new one is made`() {
        var list = HypothesisList()
        for line in 0..<8 { list.insert(Self.hypothesis(line, belief: -Double(line)), twins: 50) }
        #expect(list.turn() == 8)
        #expect(list.first == nil)
        for line in 10..<20 { list.insert(Self.hypothesis(line, belief: Double(line)), twins: 50) }
        #expect((0..<8).map { list.old($0).line } == Array(0..<8))
        #expect(list.elements.map(\.line) == Array((12..<20).reversed()))
        #expect(list.turn() == 8)
        #expect(list.old(0).line == 19)
    }

    @Test func `lists with the same content are equal whatever was before`() {
        var list = HypothesisList()
        list.insert(Self.hypothesis(5, belief: 0), twins: 50)
        _ = list.turn()
        list.insert(Self.hypothesis(1, belief: 0), twins: 50)
        var other = HypothesisList()
        other.insert(Self.hypothesis(1, belief: 0), twins: 50)
        #expect(list == other)
        #expect(list.hashValue == other.hashValue)
        other.insert(Self.hypothesis(2, belief: -1), twins: 50)
        #expect(list != other)
    }

    @Test func `the timetable's word changes the order`() {
        var list = HypothesisList()
        for line in 0..<5 { list.insert(Self.hypothesis(line, belief: -Double(line)), twins: 50) }
        list.weigh { $0.line == 3 ? 0 : -2.5 }
        #expect(list.elements.map(\.line) == [0, 3, 1, 2, 4])
        #expect(list.elements.map(\.belief) == [-2.5, -3, -3.5, -4.5, -6.5])
        list.weigh { _ in 0 }
        #expect(list.elements.map(\.line) == [0, 1, 2, 3, 4])
    }

    @Test func `settling measures from the best and drops what is far below it`() {
        var list = HypothesisList()
        for belief in [-30.0, -44, -45, -60] {
            list.insert(Self.hypothesis(Int(-belief), belief: belief), twins: 50)
        }
        list.settle(floor: -14)
        #expect(list.elements.map(\.belief) == [0, -14])
    }

    @Test func `a copy keeps what it had when the list goes on`() {
        var list = HypothesisList()
        list.insert(Self.hypothesis(1, belief: 0), twins: 50)
        let copy = list
        #expect(list.turn() == 1)
        list.insert(Self.hypothesis(2, belief: 0), twins: 50)
        #expect(copy.elements.map(\.line) == [1])
        #expect(list.elements.map(\.line) == [2])
    }

    static func hypothesis(_ line: Int, at distance: Double = 0, belief: Double) -> Hypothesis {
        Hypothesis(
            line: line, place: LinePlace(pass: 0, segment: 0, distance: distance, offset: 0),
            timestamp: Timestamp(0), evidence: belief, prior: 0, travelled: 0, misses: 0)
    }
}

extension HypothesisList {
    var elements: [Hypothesis] { indices.map { self[$0] } }
}
