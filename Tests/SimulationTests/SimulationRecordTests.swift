import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `Simulation record` {
    private let record = SimulationRecord(network: TestTown.headways)

    @Test func `a ping becomes one row, its receipt rounded up`() {
        var ping = Ping(
            vehicleID: "12",
            timestamp: Timestamp(1_795_388_401),
            receivedAt: Timestamp(1_795_388_402.2),
            coordinate: Coordinate(latitude: -0.0130651, longitude: 100.3193012),
            speed: 5.47,
            bearing: 316.4,
            routeID: "K1",
            directionText: "Pasar Raya, \"RTH\""
        )
        #expect(
            record.line(for: ping)
                == #"12,1795388401,-0.013065,100.319301,K1,"Pasar Raya, ""RTH""",5.5,316,"#
                + "1795388403"
        )
        ping.speed = nil
        ping.bearing = nil
        ping.directionText = nil
        ping.routeID = nil
        #expect(
            record.line(for: ping) == "12,1795388401,-0.013065,100.319301,,,,,1795388403"
        )
    }

    @Test func `rows have the columns of their header`() {
        let ping = Ping(
            vehicleID: "1",
            timestamp: Timestamp(0),
            receivedAt: Timestamp(0),
            coordinate: Coordinate(latitude: 0, longitude: 0)
        )
        let cells = record.line(for: ping).split(separator: ",", omittingEmptySubsequences: false)
        #expect(cells.count == SimulationRecord.pingHeader.split(separator: ",").count)
        #expect(SimulationRecord.pingHeader.hasPrefix("vehicle_id,timestamp,latitude,longitude"))
        #expect(SimulationRecord.truthHeader.hasPrefix("trip_id,vehicle_id,stop_sequence,stop_id"))
    }

    private func report(_ state: VirtualBus.State, isRepeat: Bool = false) -> SimulatedPing {
        let isOnTrip = state != .layover && state != .deadheading
        return SimulatedPing(
            ping: Ping(
                vehicleID: "12",
                timestamp: Timestamp(1_795_388_401),
                receivedAt: Timestamp(1_795_388_409),
                coordinate: Coordinate(latitude: 0, longitude: 0)
            ),
            isWild: false,
            isRepeat: isRepeat,
            trueDistanceAlong: isOnTrip ? 812.34 : nil,
            truePattern: isOnTrip ? PatternIndex(1) : nil,
            trueTrip: TripIndex(2),
            state: state
        )
    }

    @Test(arguments: [
        (VirtualBus.State.driving, "IN_PROGRESS", "812.3"),
        (.atStop, "IN_PROGRESS", "812.3"),
        (.brokenDown, "IN_PROGRESS", "812.3"),
        (.layover, "LAYOVER_DURING", ""),
        (.deadheading, "DEADHEAD_DURING", ""),
    ])
    func `a label tells what the bus did when the fix was taken`(
        state: VirtualBus.State,
        phase: String,
        place: String
    ) {
        #expect(
            record.label(for: report(state)) == "12,1795388401,\(phase),A-1-0,A,1,\(place)"
        )
        #expect(
            SimulationRecord.labelHeader.split(separator: ",").count == 7
        )
    }

    @Test func `a repeat has no label of its own`() {
        #expect(record.label(for: report(.driving, isRepeat: true)) == nil)
    }

    @Test func `a stop event becomes one row, except at the first stop`() {
        var event = TrueStopEvent(
            vehicleID: "3",
            pattern: PatternIndex(0),
            trip: TripIndex(0),
            serviceDate: TestTown.monday,
            startTime: ServiceTime(0),
            position: 4,
            arrival: Timestamp(1000.6),
            departure: Timestamp(1010)
        )
        #expect(record.line(for: event) == "A-0-0,3,5,s4,1001,1,,")
        event.position = 0
        #expect(record.line(for: event) == nil)
    }
}
