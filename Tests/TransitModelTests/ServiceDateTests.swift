import Testing

@testable import TransitModel

struct ServiceDateTests {
    @Test func `dates read and write as GTFS has them`() throws {
        let date = try #require(ServiceDate(text: "20261121"))
        #expect(date.text == "20261121")
        #expect(date.weekday == 5)
        #expect((date + 10).text == "20261201")
        #expect((date - 325).text == "20251231")
    }

    @Test(arguments: ["2026112", "20261301", "20260229", "20261100", "+2026112", "2026-11-21", ""])
    func `what is no date is refused`(text: String) {
        #expect(ServiceDate(text: text) == nil)
    }

    @Test func `every day of eighty years follows the one before`() throws {
        var date = try #require(ServiceDate(text: "19700101"))
        #expect(date.dayNumber == 0)
        for number in 1..<29_220 {
            let next = date + 1
            #expect(next.weekday == (date.weekday + 1) % 7)
            #expect(ServiceDate(text: next.text) == next, "day \(number)")
            date = next
        }
        #expect(date.text == "20491231")
    }
}
