import Ingestion
import Testing

@Suite struct Gzips {
    /// `printf 'Trans Padang\n' | gzip -n`.
    private let made: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x0B, 0x29, 0x4A, 0xCC,
        0x2B, 0x56, 0x08, 0x48, 0x4C, 0x49, 0xCC, 0x4B, 0xE7, 0x02, 0x00, 0x84, 0x62, 0x6F,
        0xE7, 0x0D, 0x00, 0x00, 0x00,
    ]

    @Test func `what gzip made is inflated`() throws {
        #expect(try Gzip.inflate(made) == bytes("Trans Padang\n"))
    }

    @Test func `several members are one text`() throws {
        #expect(try Gzip.inflate(made + made) == bytes("Trans Padang\nTrans Padang\n"))
    }

    @Test func `what is no gzip comes back as it is`() throws {
        #expect(try Gzip.inflate(bytes("vehicle_id")) == bytes("vehicle_id"))
        #expect(try Gzip.inflate([]) == [])
    }

    @Test func `every cut through a gzip is damage`() {
        for length in 2..<made.count {
            #expect(throws: Gzip.Fault.damaged) { try Gzip.inflate(Array(made.prefix(length))) }
        }
    }

    @Test func `a changed checksum is damage`() {
        var bad = made
        bad[made.count - 6] ^= 1
        #expect(throws: Gzip.Fault.damaged) { try Gzip.inflate(bad) }
    }

    @Test func `a bomb stops at the limit`() throws {
        let bomb = try Gzip.deflate([UInt8](repeating: 0, count: 50_000_000), level: 9)
        #expect(bomb.count < 60_000)
        #expect(throws: Gzip.Fault.tooLarge(limit: 1 << 20)) {
            try Gzip.inflate(bomb, limit: 1 << 20)
        }
        #expect(throws: Gzip.Fault.tooLarge(limit: 3)) { try Gzip.inflate(bytes("four"), limit: 3) }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_003], [1, 6, 9])
    func `what was deflated is inflated`(count: Int, level: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(count))
        let text = (0..<count).map { _ in UInt8.random(in: 48...57, using: &numbers) }
        let packed = try Gzip.deflate(text, level: level)
        #expect(Gzip.isGzip(packed))
        #expect(try Gzip.inflate(packed, limit: count) == text)
        #expect(try Gzip.deflate(text, level: level) == packed)
    }

    @Test(arguments: 0..<200)
    func `whatever is broken, it is damage or the text, never a crash`(seed: UInt64) {
        let unpacked = try? Gzip.inflate(mangled(made, seed: seed), limit: 1000)
        #expect((unpacked?.count ?? 0) <= 1000, "seed \(seed)")
    }
}
