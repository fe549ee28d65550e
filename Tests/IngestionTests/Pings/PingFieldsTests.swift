import Testing

@testable import Ingestion

@Suite struct `Ping fields` {
    private let fields = PingFields([
        "id": .text(" 046 "), "number": .number(46), "blank": .text("  "), "null": .null,
        "flag": .flag(true), "speed": .number(36), "text": .text(" 7.5"),
    ])

    @Test func `blank and null are absent`() throws {
        #expect(fields["blank"] == nil && fields["null"] == nil && fields["none"] == nil)
        #expect(try fields.text("blank") == nil)
        #expect(try fields.number("null") == nil)
    }

    /// A zero-width space is no whitespace to Swift, and yet is cut off the ends of texts.
    @Test func `a text of which nothing is left without blanks is absent`() throws {
        for text in ["\u{200B}", " \u{200B}\n", "\u{85}"] {
            #expect(try PingFields(["id": .text(text)]).text("id") == nil)
        }
    }

    @Test func `the first name with a value is taken, or else the first`() {
        #expect(fields.name(among: "blank", "number", "id") == "number")
        #expect(fields.name(among: "none", "blank") == "none")
    }

    @Test func `texts lose their blanks, whole numbers have no point`() throws {
        #expect(try fields.text("id") == "046")
        #expect(try fields.text("number") == "46")
        #expect(try fields.number("text") == 7.5)
    }

    @Test(arguments: [
        (SpeedUnit.metresPerSecond, 36), (.kilometresPerHour, 10), (.milesPerHour, 16.09344),
        (.knots, 18.52),
    ])
    func `speeds are turned into metres a second`(unit: SpeedUnit, speed: Double) throws {
        let read = try #require(try fields.speed("speed", in: unit))
        #expect(abs(read - speed) < 1e-9)
    }

    @Test func `a fault names field, value and what to do`() {
        let fault = #expect(throws: PingFault.self) { try fields.number("flag") }
        #expect(fault?.description == "flag true is unusable: send a number")
    }
}
