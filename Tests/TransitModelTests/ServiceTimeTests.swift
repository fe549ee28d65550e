import Testing

@testable import TransitModel

struct ServiceTimeTests {
    @Test func `times may pass midnight`() {
        #expect(ServiceTime(text: "25:10:05")?.seconds == 90_605)
        #expect(ServiceTime(text: "7:05:00")?.text == "07:05:00")
        #expect(ServiceTime(90_605).text == "25:10:05")
    }

    @Test(arguments: ["25:61:00", "12:00", "12:00:60", "a:b:c", "", "-1:00:00", "999:00:00"])
    func `what is no time is refused`(text: String) {
        #expect(ServiceTime(text: text) == nil)
    }
}
