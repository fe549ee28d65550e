import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct JumpCheckTests {
    let start = TestCity.moment(8)

    func fix(_ seconds: Double, _ metres: Double) -> JumpCheck.Fix {
        JumpCheck.Fix(timestamp: start + seconds, point: PlanePoint(x: metres, y: 0))
    }

    func faults(_ fixes: [(Double, Double)]) -> [PingRejection?] {
        var check = JumpCheck()
        return fixes.map { seconds, metres in check.fault(of: fix(seconds, metres)) }
    }

    @Test func `a jump is believed once three fixes agree`() {
        #expect(
            faults([(0, 0), (10, 5000), (20, 60), (30, 5000), (40, 5050), (50, 5100), (60, 5150)])
                == [nil, .jump, nil, .jump, .jump, nil, nil])
    }

    @Test func `a jump back is believed once three fixes agree`() {
        #expect(
            faults([
                (0, 0), (10, 5000), (20, 5050), (30, 5100), (40, 100), (50, 150), (60, 200),
            ]) == [nil, .jump, .jump, nil, .jump, .jump, nil])
    }

    @Test func `three jumps to three places are not believed`() {
        #expect(
            faults([(0, 0), (10, 5000), (20, 15_000), (30, 25_000), (40, 35_000)])
                == [nil, .jump, .jump, .jump, .jump])
    }

    @Test func `a fix of the same moment confirms nothing`() {
        #expect(
            faults([(0, 0), (10, 5000), (10, 5000), (10, 5000)]) == [nil, .jump, .jump, .jump])
    }

    @Test func `a fix out of order does not undo what newer ones have shown`() {
        #expect(
            faults([(0, 0), (10, 9000), (20, 9050), (15, 40_000), (30, 9100)])
                == [nil, .jump, .jump, .jump, nil])
    }

    @Test func `two trackers in turn are a conflict, and one place is believed`() {
        var check = JumpCheck()
        var conflicts = 0
        for step in 0..<60 {
            let here = check.fault(of: fix(Double(step) * 10, Double(step)))
            let there = check.fault(of: fix(Double(step) * 10 + 5, 8000 + Double(step)))
            #expect(here == nil)
            #expect(there != nil)
            if there == .conflict { conflicts += 1 }
        }
        #expect(conflicts == 58)
    }

    @Test func `of two trackers the one that reports more often does not take turns`() {
        var check = JumpCheck()
        var believed: [Double] = []
        for second in stride(from: 0.0, to: 600, by: 3) {
            let metres = second.truncatingRemainder(dividingBy: 15) == 0 ? 0.0 : 8000
            if check.fault(of: fix(second, metres)) == nil { believed.append(metres) }
        }
        let changes = zip(believed, believed.dropFirst()).count { $0 != $1 }
        #expect(changes == 1)
        #expect(believed.last == 8000)
    }

    @Test func `the other tracker is believed when the first falls silent`() {
        var check = JumpCheck()
        for step in 0..<10 {
            _ = check.fault(of: fix(Double(step) * 10, 0))
            _ = check.fault(of: fix(Double(step) * 10 + 5, 8000))
        }
        let later = stride(from: 105.0, through: 165, by: 10).map {
            check.fault(of: fix($0, 8000))
        }
        #expect(later == [.conflict, .conflict, .conflict, .conflict, .conflict, nil, nil])
    }

    @Test func `a jump long after another one starts afresh`() {
        #expect(
            faults([(0, 0), (10, 90_000), (20, 0), (400, 0), (410, 90_000), (420, 0)])
                == [nil, .jump, nil, nil, .jump, nil])
    }
}
