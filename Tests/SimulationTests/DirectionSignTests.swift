import Testing
import TransitModel

@testable import Simulation

@Suite struct `Direction sign` {
    @Test func `the old text stays for a while after the direction changes`() {
        var sign = DirectionSign(lag: 60...300)
        var random = SeededGenerator(Seed(1))
        #expect(sign.text("out", at: Timestamp(0), random: &random) == "out")
        #expect(sign.text("back", at: Timestamp(10), random: &random) == "out")
        #expect(sign.text("back", at: Timestamp(69), random: &random) == "out")
        #expect(sign.text("back", at: Timestamp(311), random: &random) == "back")
        #expect(sign.text("out", at: Timestamp(320), random: &random) == "back")
    }

    @Test func `without lag it changes at once`() {
        var sign = DirectionSign(lag: 0...0)
        var random = SeededGenerator(Seed(1))
        #expect(sign.text("out", at: Timestamp(0), random: &random) == "out")
        #expect(sign.text("back", at: Timestamp(1), random: &random) == "back")
    }
}
