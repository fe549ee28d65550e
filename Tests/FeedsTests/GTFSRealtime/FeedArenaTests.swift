import Testing

@testable import Feeds

struct FeedArenaTests {
    @Test func `texts keep their bytes and end with a zero`() {
        var arena = FeedArena()
        #expect(String(cString: arena.text("")).isEmpty)
        #expect(String(cString: arena.text("Halte Ganting – Ampera")) == "Halte Ganting – Ampera")
    }

    @Test func `what is made first stays as it was when the arena grows`() {
        var arena = FeedArena()
        let first = arena.text("first")
        var copies: [UnsafeMutablePointer<Int>?] = []
        for number in 0..<40_000 { copies.append(arena.copy([number, number + 1])) }
        #expect(String(cString: first) == "first")
        #expect(copies.enumerated().allSatisfy { $1?[0] == $0 && $1?[1] == $0 + 1 })
    }

    @Test func `one thing larger than a piece has room`() {
        var arena = FeedArena()
        let large = arena.copy([UInt8](repeating: 7, count: 1_000_000))
        #expect(large?[999_999] == 7)
    }

    @Test func `a cleared arena has room again`() {
        var arena = FeedArena()
        for _ in 0..<3 {
            let large = arena.copy([UInt8](repeating: 7, count: 200_000))
            let small = arena.text("small")
            #expect(large?[199_999] == 7 && String(cString: small) == "small")
            arena.clear()
        }
    }

    @Test func `nothing to copy takes no memory`() {
        var arena = FeedArena()
        #expect(arena.copy([Int]()) == nil)
    }
}
