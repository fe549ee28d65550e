import Testing

@testable import Ingestion

@Suite struct TextEncodingTests {
    private func normalize(_ bytes: [UInt8]) -> (TextEncoding.Finding, [UInt8]) {
        var bytes = bytes
        return (TextEncoding.normalize(&bytes), bytes)
    }

    @Test func `UTF-8 stays as it is`() {
        let bytes = Array("stop_name\nCafé Łódź 停".utf8)
        #expect(normalize(bytes) == (.utf8, bytes))
    }

    @Test func `plain Latin-1 is decoded, with the offset of its first byte`() {
        let (finding, bytes) = normalize([0x43, 0x61, 0x66, 0xE9, 0x0A])
        #expect(finding == .latin1(offset: 3))
        #expect(String(decoding: bytes, as: UTF8.self) == "Café\n")
    }

    @Test func `neighbouring high bytes are not guessed at`() {
        #expect(normalize([0x61, 0xE9, 0xE8]).0 == .unknown(offset: 1))
    }

    @Test func `Windows punctuation is decoded, with the offset of its first byte`() {
        let (finding, bytes) = normalize([0x61, 0x92, 0x62, 0x80, 0x63, 0xE9, 0x64, 0x9F])
        #expect(finding == .windows1252(offset: 1))
        #expect(String(decoding: bytes, as: UTF8.self) == "a’b€cédŸ")
    }

    @Test(arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
    func `bytes that are no character of Windows are not guessed at`(byte: UInt8) {
        #expect(normalize([0x61, 0x92, 0x62, byte]).0 == .unknown(offset: 1))
    }

    @Test(arguments: [
        [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00], [0x00, 0x61],
    ])
    func `UTF-16 is recognised with and without its mark`(bytes: [UInt8]) {
        #expect(normalize(bytes).0 == .utf16)
    }
}
