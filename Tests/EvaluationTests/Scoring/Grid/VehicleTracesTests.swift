import Geometry
import Testing
import TransitModel

@testable import Evaluation

struct VehicleTracesTests {
    private func ping(_ vehicle: String, at time: Double, received: Double, trip: String?) -> Ping {
        Ping(
            vehicleID: vehicle,
            timestamp: Timestamp(time),
            receivedAt: Timestamp(received),
            coordinate: Coordinate(latitude: 10, longitude: 20),
            tripID: trip
        )
    }

    @Test func `fixes are ordered by when they were taken and known when they were received`()
        throws
    {
        var ids = IDTable()
        let traces = VehicleTraces(
            [
                ping("v", at: 100, received: 400, trip: "t.0"),
                ping("v", at: 50, received: 60, trip: nil),
                ping("w", at: 10, received: 5, trip: "9.0"),
            ],
            ids: &ids
        )
        let trace = try #require(traces[ids.number(of: "v")])
        #expect(trace.times == [50, 100])
        #expect(trace.heard == [60, 400])
        #expect(traces.heard == [10, 60, 400])
        #expect(traces.trips == [IDTable.blank, ids.number(of: "9"), ids.number(of: "t.0")])
        let stranger = ids.number(of: "x")
        #expect(traces[stranger] == nil)
    }

    @Test func `a vehicle was heard of lately up to the very second`() {
        var trace = VehicleTrace()
        trace.heard = [100, 2000]
        #expect(trace.wasHeard(within: 600, before: 700))
        #expect(!trace.wasHeard(within: 600, before: 701))
        #expect(!trace.wasHeard(within: 600, before: 99))
    }

    @Test func `a span of fixes leaves its start out and takes its end in`() {
        var trace = VehicleTrace()
        trace.times = [10, 20, 30, 40]
        #expect(trace.fixes(after: 10, through: 30) == 1..<3)
        #expect(trace.fixes(after: 50, through: 20).isEmpty)
    }

    @Test func `the flat distance is right to a metre over a kilometre`() {
        let a = Coordinate(latitude: -0.95, longitude: 100.35)
        let b = Coordinate(latitude: -0.943, longitude: 100.3555)
        #expect(abs(a.flatDistance(to: b) - a.distance(to: b)) < 6)
    }
}
