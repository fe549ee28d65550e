import Geometry
import Testing
import TransitModel

@testable import Evaluation

@Suite struct `Tracking truth` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    private func truth(_ text: String) throws -> TrackingTruth {
        try TrackingTruth(
            labels: CSVSource(file: "labels.csv", bytes: Array(text.utf8)),
            network: street.network)
    }

    private func ping(_ vehicle: String, _ unix: Int64, trip: String? = nil) -> Ping {
        Ping(
            vehicleID: vehicle, timestamp: Timestamp(unix: unix), receivedAt: Timestamp(unix: unix),
            coordinate: Coordinate(latitude: 10, longitude: 20), tripID: trip)
    }

    @Test func `a label is found by vehicle and time of the fix`() throws {
        let truth = try truth(
            """
            label_trip_id,vehicle_id,timestamp,label_phase,label_distance_along_trip
            down1,07,100,IN_PROGRESS,1234.5
            ,07,160,AT_BASE,
            """)
        let movement = try #require(truth.movement(of: ping("07", 100, trip: "up1")))
        #expect(movement.trip == (try street.trip("down1")))
        #expect(movement.route == RouteIndex(0) && movement.direction == 1)
        #expect(movement.distanceAlong == 1234.5 && movement.isInService)
        #expect(truth.movement(of: ping("07", 160))?.phase == .atBase)
        #expect(truth.movement(of: ping("07", 101)) == nil)
        #expect(truth.movement(of: ping("7", 100)) == nil)
    }

    @Test func `rows with an unknown phase are passed over`() throws {
        let truth = try truth("vehicle_id,timestamp,label_phase\n1,100,DREAMING\n")
        #expect(truth.movement(of: ping("1", 100)) == nil)
    }

    @Test func `route and direction of a label stand in for an unknown trip`() throws {
        let truth = try truth(
            """
            vehicle_id,timestamp,label_phase,label_trip_id,label_route_id,label_direction_id
            1,100,IN_PROGRESS,extra,R,1
            1,101,IN_PROGRESS,extra,,
            """)
        let movement = try #require(truth.movement(of: ping("1", 100)))
        #expect(movement.trip == nil && movement.route == RouteIndex(0))
        #expect(movement.direction == 1 && movement.isInService)
        #expect(truth.movement(of: ping("1", 101))?.isInService == false)
    }

    @Test func `metres along the block begin anew at each trip, after the way between`() throws {
        let truth = try truth(
            """
            vehicle_id,timestamp,label_phase,label_trip_id,label_distance_along_block
            1,100,IN_PROGRESS,up1,1500
            1,101,IN_PROGRESS,down1,4150
            1,102,IN_PROGRESS,up2,8100
            1,103,IN_PROGRESS,express,500
            """)
        let places = (100...103).map { truth.movement(of: ping("1", $0))?.distanceAlong }
        #expect(places == [1500, 100, 0, nil])
    }

    @Test func `a file without phases is refused`() throws {
        #expect(throws: ScoringError.self) { try truth("vehicle_id,timestamp\n1,100\n") }
    }

    @Test func `without labels a ping's own trip is the truth`() throws {
        let truth = TrackingTruth(claimsOn: street.network)
        #expect(truth.movement(of: ping("1", 100, trip: "up1"))?.trip == (try street.trip("up1")))
        #expect(truth.movement(of: ping("1", 100, trip: "gone"))?.phase == .inProgress)
        #expect(truth.movement(of: ping("1", 100, trip: "gone"))?.isInService == false)
        #expect(truth.movement(of: ping("1", 100))?.phase == .noTrip)
    }
}
