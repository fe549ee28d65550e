import Ingestion
import Testing

@Suite struct `A protobuf reader` {
    private func fields(_ bytes: [UInt8]) throws -> [ProtobufField] {
        var reader = ProtobufReader(bytes)
        var fields: [ProtobufField] = []
        while let field = try reader.next() { fields.append(field) }
        return fields
    }

    @Test func `an empty message has no fields`() throws {
        #expect(try fields([]).isEmpty)
    }

    @Test(
        arguments: [
            ([0x08, 0x00], 0), ([0x08, 0x01], 1), ([0x08, 0x96, 0x01], 150),
            ([0x08, 0x80, 0x80, 0x80, 0x00], 0),
            ([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], UInt64.max),
        ] as [([UInt8], UInt64)])
    func `numbers of every length are read`(bytes: [UInt8], value: UInt64) throws {
        let field = try #require(try fields(bytes).first)
        #expect(field.number == 1)
        #expect(field.unsigned == value)
        #expect(field.signed == Int64(truncatingIfNeeded: value))
        #expect(field.flag == (value != 0))
        #expect(field.real == nil && field.text == nil && field.message == nil)
    }

    @Test func `floats and doubles are read`() throws {
        let found = try fields([0x0D, 0, 0, 0xC0, 0xBF, 0x11, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F])
        #expect(found.map(\.number) == [1, 2])
        #expect(found.map(\.real) == [-1.5, 1.5])
        #expect(found.allSatisfy { $0.unsigned == nil && $0.text == nil })
    }

    @Test func `texts and nested messages are read in place`() throws {
        let found = try fields([0x12, 0x02, 0x68, 0x69, 0x1A, 0x03, 0x08, 0x96, 0x01])
        #expect(found.map(\.number) == [2, 3])
        #expect(found[0].text == "hi")
        var nested = try #require(found[1].message)
        #expect(try nested.next()?.unsigned == 150)
        #expect(try nested.next()?.number == nil)
    }

    @Test func `a text that is no UTF-8 comes repaired`() throws {
        #expect(try fields([0x0A, 0x02, 0x61, 0xFF]).first?.text == "a\u{FFFD}")
    }

    @Test func `groups are passed over with all that is in them`() throws {
        let group: [UInt8] = [0x0B, 0x10, 0x05, 0x1B, 0x22, 0x01, 0x0C, 0x1C, 0x0C]
        #expect(try fields(group + [0x08, 0x07]).map(\.unsigned) == [7])
    }

    @Test(
        arguments: [
            ([0x08], ProtobufFault.Kind.brokenOff), ([0x08, 0x80], .brokenOff),
            ([0x0A, 0x05, 0x61], .brokenOff), ([0x0D, 0, 0, 0], .brokenOff),
            ([0x09, 0, 0, 0, 0, 0, 0, 0], .brokenOff), ([0x0B], .brokenOff),
            ([0x0A] + Array(repeating: 0xFF, count: 9) + [0x01], .brokenOff),
            ([0x08] + Array(repeating: 0x80, count: 10), .endlessNumber),
            ([0x0E], .unknownType), ([0x0F], .unknownType), ([0x00, 0x01], .unknownNumber),
            ([0x80, 0x80, 0x80, 0x80, 0x10], .unknownNumber),
            ([0x0C], .strayGroupEnd), ([0x0B, 0x14], .strayGroupEnd),
            (Array(repeating: 0x0B, count: 100), .deepGroups),
        ] as [([UInt8], ProtobufFault.Kind)])
    func `bytes that are no message are an error with its place`(
        bytes: [UInt8], kind: ProtobufFault.Kind
    ) {
        let fault = #expect(throws: ProtobufFault.self) { try fields(bytes) }
        #expect(fault?.kind == kind)
        #expect((fault?.offset ?? -1) >= 0 && (fault?.offset ?? .max) <= bytes.count)
        #expect(fault?.description.hasPrefix("no protobuf message: ") == true)
    }

    @Test(arguments: 0..<200)
    func `any bytes are read to an end`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let noise = (0..<300).map { _ in UInt8.random(in: 0...255, using: &numbers) }
        // Each field takes two bytes at least.
        let count = (try? fields(noise).count) ?? 0
        #expect(count <= noise.count / 2)
    }
}
