import ETAEngine
import Testing
import TransitModel

@testable import Storage

@Suite struct `Stop event log` {
    let log: StopEventLog
    let network: Network
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        log = StopEventLog(try scratch.database())
        network = try smallNetwork()
    }

    private func event(
        _ position: Int,
        arrival: Double?,
        departure: Double?,
        start: ServiceTime? = nil
    ) throws -> StopEvent {
        let date = try #require(ServiceDate(text: "20260622"))
        return StopEvent(
            vehicleID: "46",
            instance: TripInstance(trip: TripIndex(0), serviceDate: date, startTime: start),
            position: position,
            arrival: arrival.map { Timestamp($0) },
            departure: departure.map { Timestamp($0) },
            bracket: 12
        )
    }

    @Test func `an event is kept under the ids of its network`() throws {
        let start = ServiceTime(25 * 3600)
        try log.append([event(2, arrival: 100, departure: 130, start: start)], on: network)
        let kept = try #require(try log.events(since: Timestamp(0)).first)
        #expect(kept.vehicleID == "46")
        #expect(kept.tripID == "K1-0600")
        #expect(kept.serviceDate.text == "20260622")
        #expect(kept.startTime == start)
        #expect(kept.route == RouteSign(network.routes[RouteIndex(0)]))
        #expect(kept.directionID == 1)
        #expect(kept.stop == StopPlace(network.stops[StopIndex(2)]))
        #expect(kept.stopSequence == 30)
        #expect(kept.arrival == Timestamp(100))
        #expect(kept.departure == Timestamp(130))
        #expect(kept.bracket == 12)
    }

    @Test func `kind, errors and dwell are kept`() throws {
        var call = try event(2, arrival: 100, departure: 130)
        call.call = .made
        call.arrivalError = 2.5
        call.departureError = 3.5
        call.dwell = 30
        try log.append([call], on: network)
        let kept = try #require(try log.events(since: Timestamp(0)).first)
        #expect((kept.call, kept.dwell) == (.made, 30))
        #expect((kept.arrivalError, kept.departureError) == (2.5, 3.5))
    }

    @Test func `a stop that was skipped is kept, and corrected when the bus was there after all`()
        throws
    {
        var skipped = try event(2, arrival: nil, departure: nil)
        skipped.call = .skipped
        skipped.skippedAt = Timestamp(400)
        try log.append([skipped], on: network)
        let kept = try #require(try log.events(since: Timestamp(0)).first)
        #expect(
            (kept.call, kept.skippedAt, kept.happenedAt) == (
                .skipped, Timestamp(400), Timestamp(400)
            ))
        var call = try event(2, arrival: 300, departure: 310)
        call.call = .made
        try log.append([call], on: network)
        #expect(try log.events(since: Timestamp(0)).map(\.call) == [.made])
    }

    @Test func `events come oldest first, from the moment asked for`() throws {
        try log.append(
            [
                event(3, arrival: 300, departure: nil), event(0, arrival: nil, departure: 90),
                event(1, arrival: 200, departure: 210),
            ],
            on: network
        )
        #expect(try log.events(since: Timestamp(0)).map(\.stopSequence) == [10, 20, 40])
        #expect(try log.events(since: Timestamp(200)).map(\.stopSequence) == [20, 40])
    }

    @Test func `an event seen again is brought up to date, not doubled`() throws {
        try log.append([event(1, arrival: 200, departure: nil)], on: network)
        try log.append([event(1, arrival: 201, departure: 215)], on: network)
        let kept = try log.events(since: Timestamp(0))
        #expect(kept.count == 1)
        #expect(kept.first?.arrival == Timestamp(201))
        #expect(kept.first?.departure == Timestamp(215))
    }

    @Test func `runs that differ in their start are two runs`() throws {
        let starts = [nil, ServiceTime(6 * 3600), ServiceTime(7 * 3600)]
        for (number, start) in starts.enumerated() {
            let arrival = Double(number) * 600
            try log.append([event(1, arrival: arrival, departure: nil, start: start)], on: network)
        }
        #expect(try Set(log.events(since: Timestamp(0)).map(\.startTime)) == Set(starts))
    }

    @Test func `an event seen again under other ids is the same event`() throws {
        try log.append([event(1, arrival: 200, departure: nil)], on: network)
        let renumbered = try smallNetwork(ids: "new-")
        try log.append([event(1, arrival: 203, departure: 215)], on: renumbered)
        let kept = try log.events(since: Timestamp(0))
        #expect(kept.map(\.stop.id) == ["new-halte-1"])
        #expect(kept.map(\.tripID) == ["new-K1-0600"])
        #expect(kept.map(\.departure) == [Timestamp(215)])
    }

    @Test func `a run's id that was given to another run does not cost an event`() throws {
        try log.append([event(1, arrival: 200, departure: nil)], on: network)
        try log.append([event(1, arrival: 3800, departure: nil)], on: network)
        #expect(try log.events(since: Timestamp(0)).count == 2)
    }

    @Test func `the end of a run and the start of the next are two events`() throws {
        try log.append([event(1, arrival: 200, departure: nil)], on: network)
        let next = try event(1, arrival: nil, departure: 230, start: ServiceTime(0))
        try log.append([next], on: network)
        #expect(try log.events(since: Timestamp(0)).count == 2)
    }

    @Test func `an event without any time is left out`() throws {
        try log.append([event(1, arrival: nil, departure: nil)], on: network)
        #expect(try log.events(since: Timestamp(0)).isEmpty)
    }

    @Test func `pruning forgets what happened before`() throws {
        try log.append(
            [event(1, arrival: 200, departure: 210), event(2, arrival: 300, departure: 310)],
            on: network
        )
        #expect(try log.prune(before: Timestamp(300)) == 1)
        #expect(try log.events(since: Timestamp(0)).map(\.stopSequence) == [30])
    }
}
