import Dispatch
import Testing

@testable import Ingestion

@Suite struct ReadAheadTests {
    private func bytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    @Test(arguments: 0..<60)
    func `bytes come through in order`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = bytes(Int.random(in: 0...3000, using: &generator), &generator)
        let stream = ReadAhead(DrippingStream(bytes, seed: seed))
        #expect(stream.size == bytes.count)
        #expect(try stream.readAll() == bytes, "seed \(seed)")
        let whole = MemoryStream(bytes)
        _ = try whole.readAll()
        #expect(stream.checksum == whole.checksum, "seed \(seed)")
    }

    @Test func `more than all pieces come through`() throws {
        var generator = SeededGenerator(seed: 1)
        let block = bytes(1 << 16, &generator)
        let bytes = Array((0..<48).map { _ in block }.joined())
        #expect(try ReadAhead(MemoryStream(bytes)).readAll() == bytes)
    }

    @Test(arguments: [0, 5, 500])
    func `a failure comes after the bytes before it`(count: Int) throws {
        var generator = SeededGenerator(seed: 2)
        let bytes = bytes(count, &generator)
        let failure = FeedFailure(code: .archiveUnreadable, message: "is damaged")
        let stream = ReadAhead(DrippingStream(bytes, seed: 3, failure: failure))
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16)
        let error = #expect(throws: FeedFailure.self) {
            while true {
                let added = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
                guard added > 0 else { return }
                read += buffer[..<added]
            }
        }
        #expect(error?.message == "is damaged")
        #expect(read == bytes)
    }

    @Test(arguments: [0, 1, 100_000])
    func `its thread ends when it is dropped early`(taken: Int) throws {
        let ended = DispatchSemaphore(value: 0)
        do {
            let bytes = [UInt8](repeating: 7, count: 4 << 20)
            let stream = ReadAhead(DrippingStream(bytes, seed: 4) { ended.signal() })
            var buffer = [UInt8](repeating: 0, count: taken)
            _ = try stream.fill(&buffer, from: 0)
            #expect(buffer.allSatisfy { $0 == 7 })
        }
        // The stream is let go once its thread has ended.
        #expect(ended.wait(timeout: .now() + 60) == .success)
    }
}
