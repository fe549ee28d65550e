import Testing

@testable import transpadang

struct TextTableTests {
    @Test func `columns are as wide as their widest cell`() {
        var table = TextTable(["MIN", "TO"], numbers: [0])
        table.add(["12", "Terminal Anak Air"])
        table.add(["5", "Pasar"])
        #expect(table.text == "MIN  TO\n 12  Terminal Anak Air\n  5  Pasar")
    }

    @Test func `what could steer the terminal becomes blank`() {
        #expect(Printable.text("a\u{1B}[2Jb\tc") == "a [2Jb c")
        #expect(Printable.text("Halte Padang – Ü") == "Halte Padang – Ü")
    }
}
