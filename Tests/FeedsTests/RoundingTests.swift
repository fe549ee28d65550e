import Testing

@testable import Feeds

struct RoundingTests {
    @Test func `what is no number becomes 0 instead of a crash`() {
        #expect(Double.nan.whole == 0)
        #expect(Double.infinity.whole == 0)
        #expect((-2.6).whole == -3)
    }

    @Test func `six places of a degree are kept`() {
        #expect(100.363_636_36.rounded(places: 6) == 100.363636)
    }
}
