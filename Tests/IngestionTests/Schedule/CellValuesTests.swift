import Testing
import TransitModel

@testable import Ingestion

@Suite struct CellValuesTests {
    private func cell(_ text: String) -> ([UInt8], Cell) {
        (Array(text.utf8), Cell(start: 0, end: text.utf8.count))
    }

    private func time(_ text: String) -> Int32? {
        let (bytes, cell) = cell(text)
        return CellValues.time(bytes.span, cell)?.seconds
    }

    private func integer(_ text: String) -> Int? {
        let (bytes, cell) = cell(text)
        return CellValues.integer(bytes.span, cell)
    }

    private func decimal(_ text: String) -> Double? {
        let (bytes, cell) = cell(text)
        return CellValues.decimal(bytes.span, cell)
    }

    private func date(_ text: String) -> ServiceDate? {
        let (bytes, cell) = cell(text)
        return CellValues.date(bytes.span, cell)
    }

    @Test func `times run beyond midnight`() {
        #expect(time("0:06:10") == 370)
        #expect(time("08:00:00") == 28_800)
        #expect(time("25:10:05") == 90_605)
        #expect(time("58:53:00") == 211_980)
    }

    @Test(arguments: [
        "25:61:00", "25:00:61", "8:00", "08:00", "08-00-00", "-1:00:00", "0a:00:00", ":00:00",
        "168:00:00", "08:0 :00", "2026-01-01", "", "08:00:0",
    ])
    func `what is no time is refused`(text: String) {
        #expect(time(text) == nil)
    }

    @Test func `whole numbers have a sign and no more than digits`() {
        #expect(integer("0") == 0)
        #expect(integer("-12") == -12)
        #expect(integer("007") == 7)
        for text in ["", "-", "1.0", "1e3", "+1", " 1", "9999999999999999999"] {
            #expect(integer(text) == nil, "\(text)")
        }
    }

    @Test func `dates are eight digits of a real day`() {
        #expect(date("20260228")?.text == "20260228")
        for text in ["20260230", "2026022", "2026-2-1", "", "-2026022"] {
            #expect(date(text) == nil, "\(text)")
        }
    }

    @Test func `decimals round as the standard library rounds them`() {
        for text in [
            "0", "-0.9471", "100.354231", "-122.33", "53.3667692734471", ".5", "5.", "1e2",
            "+3.25", "00047.6", "-6.27240430939704123456", "0.000000000000001",
        ] {
            #expect(decimal(text) == Double(text), "\(text)")
        }
        for text in ["", "-", ".", "1,5", "abc", "nan", "inf", "1e999", "1.2.3"] {
            #expect(decimal(text) == nil, "\(text)")
        }
    }

    @Test(arguments: 0..<200)
    func `any decimal is read as the standard library reads it`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let value = Double.random(in: -180...180, using: &generator)
        let digits = Int.random(in: 0...9, using: &generator)
        var text = String(value)
        if let point = text.firstIndex(of: ".") {
            text =
                String(text.prefix(upTo: point))
                + String(text.suffix(from: point).prefix(digits + 1))
        }
        #expect(decimal(text) == Double(text), "seed \(seed): \(text)")
    }
}
