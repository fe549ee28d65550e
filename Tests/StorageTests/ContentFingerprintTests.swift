import Foundation
import Storage
import Testing

@Suite struct `Content fingerprint` {
    @Test func `it is the SHA-256 of what went in`() {
        var content = ContentFingerprint()
        content.add(Data("a".utf8))
        content.add(Data("bc".utf8))
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(content.text == known)
    }

    @Test func `bytes that move from one file to another make another content`() {
        func content(_ files: [(name: String, text: String)]) -> String {
            var content = ContentFingerprint()
            for file in files {
                content.add(name: file.name, size: file.text.utf8.count)
                content.add(Data(file.text.utf8))
            }
            return content.text
        }
        let one = content([("a.txt", "xy"), ("b.txt", "")])
        #expect(content([("a.txt", "x"), ("b.txt", "y")]) != one)
        #expect(content([("c.txt", "xy"), ("b.txt", "")]) != one)
        #expect(content([("a.txt", "xy"), ("b.txt", "")]) == one)
    }
}
