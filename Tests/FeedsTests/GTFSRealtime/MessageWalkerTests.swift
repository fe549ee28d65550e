import Testing

@testable import Feeds

struct MessageWalkerTests {
    /// A message as its fields are on the wire, each with its number and its bytes.
    private func message(_ fields: [(UInt8, [UInt8])]) -> [UInt8] {
        fields.flatMap { [$0 << 3 | 2, UInt8($1.count)] + $1 }
    }

    private func feed(_ entity: [UInt8]) -> [UInt8] {
        let header = message([(1, Array("2.0".utf8))])
        return message([(1, header), (2, message([(1, Array("e".utf8))]) + entity)])
    }

    private func lines(_ entity: [UInt8]) throws -> [String] {
        try FeedText.text(of: feed(entity)).split(separator: "\n").dropFirst(5).dropLast()
            .map { String($0.drop { $0 == " " }) }
    }

    @Test func `truth values are words`() throws {
        #expect(try lines([2 << 3, 1]) == ["is_deleted: true"])
    }

    @Test func `an enum value that the proto file does not know is a number`() throws {
        #expect(try lines(message([(4, [4 << 3, 9])])) == ["vehicle {", "current_status: 9", "}"])
    }

    @Test func `lists of texts repeat their name`() throws {
        let times = message([(2, Array("08:00:00".utf8)), (2, Array("09:00:00".utf8))])
        #expect(
            try lines(message([(8, times)])) == [
                "trip_modifications {", "start_times: \"08:00:00\"", "start_times: \"09:00:00\"",
                "}",
            ]
        )
    }

    @Test func `messages that we never send are walked too`() throws {
        let stop = message([(1, Array("S9".utf8))]) + [6 << 3 | 5, 0, 0, 128, 191]
        #expect(
            try lines(message([(7, stop)])) == ["stop {", "stop_id: \"S9\"", "stop_lat: -1.0", "}"])
    }

    @Test func `text that is not UTF-8 is mended`() throws {
        #expect(
            try lines(message([(6, message([(1, [0xC3, 0x28])]))]))
                == ["shape {", "shape_id: \"\u{FFFD}(\"", "}"]
        )
    }
}
