import Testing

@testable import Ingestion

@Suite struct ContentHashTests {
    private func hash(_ parts: String...) -> String {
        var hash = ContentHash()
        for part in parts {
            let stream = MemoryStream(Array(part.utf8))
            _ = try? stream.readAll()
            hash.add(FileFigures(size: stream.size, checksum: stream.checksum))
        }
        return hash.text
    }

    @Test func `equal content has an equal name of sixteen digits`() {
        #expect(hash("stops", "trips") == hash("stops", "trips"))
        #expect(hash("").count == 16)
    }

    @Test func `every byte and every border counts`() {
        let names = [
            hash("abcdefgh", "i"), hash("abcdefghi"), hash("abcdefg", "hi"), hash("abcdefgx", "i"),
            hash("abcdefgh", "j"), hash("abcdefgh", "i", ""),
        ]
        #expect(Set(names).count == names.count)
    }
}
