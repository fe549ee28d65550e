import ETAEngine
import Testing
import TransitModel

@testable import Storage

@Suite struct `ID register` {
    let register: IDRegister
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        register = IDRegister(try scratch.database())
    }

    @Test func `ids of older timetables lead to the stops of today`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        try register.note(smallNetwork(ids: "new-"), at: Timestamp(200))
        let former = try register.formerIDs(in: Recognition(smallNetwork(ids: "new-")))
        #expect(former.stops.count == 4)
        #expect(former.stops["halte-2"] == StopIndex(2))
        #expect(former.routes == ["K1": RouteIndex(0)])
    }

    @Test func `ids that are in use again mean what they mean now`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        let former = try register.formerIDs(in: Recognition(smallNetwork()))
        #expect(former.stops.isEmpty && former.routes.isEmpty)
    }

    @Test func `former ids of trips hold for the timetable they were kept for`() throws {
        let network = try smallNetwork(ids: "new-")
        let trips = ["K1-0600": TripIndex(0)]
        try register.keepTrips(["older": TripIndex(0)], of: network, "1")
        try register.keepTrips(trips, of: network, "2")
        #expect(try register.formerTrips(of: network, "2") == trips)
        #expect(try register.formerTrips(of: network, "1") == [:])
        #expect(try register.formerTrips(of: smallNetwork(), "2") == [:])
    }

    @Test func `ids that were not seen for long are forgotten`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        try register.note(smallNetwork(ids: "new-"), at: Timestamp(200))
        try register.prune(before: Timestamp(200))
        let former = try register.formerIDs(in: Recognition(smallNetwork(ids: "third-")))
        #expect(former.stops.count == 4)
        #expect(former.routes.keys.sorted() == ["new-K1"])
    }
}
