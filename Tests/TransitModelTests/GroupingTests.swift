import Testing

@testable import TransitModel

@Suite struct GroupingTests {
    @Test func `values stand in their groups, in the order of the source`() {
        let words = Grouping(["ab", "c", "de", "f", ""], into: 4) { $0.count }
        #expect(words[0] == [""])
        #expect(words[1] == ["c", "f"])
        #expect(words[2] == ["ab", "de"])
        #expect(words[3].isEmpty)
    }

    @Test func `nothing goes into empty groups, or none`() {
        let none = Grouping([Int](), into: 3) { $0 }
        #expect((0..<3).allSatisfy { none[$0].isEmpty })
        _ = Grouping([Int](), into: 0) { $0 }
    }

    @Test(arguments: 0..<100)
    func `it agrees with a dictionary, sorted or not`(seed: Int) {
        let values = (0..<seed).map { ($0 * 7919 + seed * 31) % 97 }
        var grouping = Grouping(values, into: 10) { $0 % 10 }
        let expected = Dictionary(grouping: values) { $0 % 10 }
        for group in 0..<10 { #expect(Array(grouping[group]) == expected[group] ?? []) }
        grouping.sortEach(by: >)
        for group in 0..<10 {
            #expect(Array(grouping[group]) == expected[group, default: []].sorted(by: >))
        }
    }
}
