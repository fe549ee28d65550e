import Testing

@testable import TransitModel

struct AlertTests {
    @Test func `an alert holds from its start until before its end`() {
        let alert = Alert(
            id: "a", start: Timestamp(100), end: Timestamp(200), informed: [], header: [],
            description: [])
        #expect(!alert.isActive(at: Timestamp(99)))
        #expect(alert.isActive(at: Timestamp(100)))
        #expect(!alert.isActive(at: Timestamp(200)))
    }

    @Test func `occupancy reads by name and number`() {
        #expect(Occupancy(text: "FULL") == .full)
        #expect(Occupancy(text: "3") == .standingRoomOnly)
        #expect(Occupancy(text: "packed") == nil)
    }
}
