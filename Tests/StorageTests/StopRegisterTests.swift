import ETAEngine
import Testing
import TransitModel

@testable import Storage

@Suite struct `Stop register` {
    let register: StopRegister
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        register = StopRegister(try scratch.database())
    }

    @Test func `ids of older timetables lead to the stops of today`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        try register.note(smallNetwork(ids: "new-"), at: Timestamp(200))
        let former = try register.formerIDs(in: Recognition(smallNetwork(ids: "new-")))
        #expect(former.count == 4)
        #expect(former["halte-2"] == StopIndex(2))
    }

    @Test func `ids that are in use again mean what they mean now`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        #expect(try register.formerIDs(in: Recognition(smallNetwork())).isEmpty)
    }

    @Test func `ids that were not seen for long are forgotten`() throws {
        try register.note(smallNetwork(), at: Timestamp(100))
        try register.note(smallNetwork(ids: "new-"), at: Timestamp(200))
        try register.prune(before: Timestamp(200))
        #expect(try register.formerIDs(in: Recognition(smallNetwork(ids: "third-"))).count == 4)
    }
}
