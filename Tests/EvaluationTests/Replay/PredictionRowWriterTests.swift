import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Evaluation

struct PredictionRowWriterTests {
    private let street = Street(tripCount: 1)

    private func prediction(start: ServiceTime? = nil, vehicle: String? = "v0") -> TripPrediction {
        TripPrediction(
            instance: TripInstance(
                trip: TripIndex(0),
                serviceDate: Street.date,
                startTime: start
            ),
            pattern: PatternIndex(0),
            vehicleID: vehicle,
            source: .nextTrip,
            fixTime: nil,
            stops: [
                StopPrediction(
                    position: 23,
                    arrival: Timestamp(1000.4),
                    departure: Timestamp(1000.6),
                    uncertainty: 29.5
                ),
                StopPrediction(
                    position: 24,
                    arrival: Timestamp(1100),
                    departure: Timestamp(1100),
                    uncertainty: .infinity
                ),
            ]
        )
    }

    private func lines(
        vehicles: [VehicleStatus] = [],
        trips: [TripPrediction],
        showsSilence: Bool = false
    ) throws -> [Substring] {
        let network = try street.network()
        var writer = PredictionRowWriter(network: network, showsSilence: showsSilence)
        writer.append(
            Snapshot(
                network: network,
                madeAt: Timestamp(960),
                lastReceivedAt: nil,
                vehicles: vehicles,
                trips: trips
            )
        )
        var text = ""
        writer.flush { text += String(decoding: $0, as: UTF8.self) }
        let lines = text.split(separator: "\n")
        #expect(writer.rowCount == lines.count - 1)
        return lines
    }

    @Test func `each stop ahead is a row with whole seconds`() throws {
        #expect(
            try lines(trips: [prediction()]) == [
                "made_at,vehicle_id,trip_id,start_date,start_time,route_id,direction_id,stop_sequence,"
                    + "stop_id,arrival,departure,uncertainty,source",
                "960,v0,t0,20240115,06:00:00,R,0,24,s23,1000,1001,30,next_trip",
                "960,v0,t0,20240115,06:00:00,R,0,25,s24,1100,1100,,next_trip",
            ]
        )
    }

    @Test func `a run of a headway trip shows its own start`() throws {
        let rows = try lines(trips: [prediction(start: ServiceTime(25_200))])
        #expect(rows[1].contains(",07:00:00,"))
    }

    @Test func `a run without a vehicle leaves its field blank`() throws {
        #expect(try lines(trips: [prediction(vehicle: nil)])[1].hasPrefix("960,,t0,"))
    }

    @Test func `silence is shown only when asked for`() throws {
        let vehicles = ["v0", "v1"].map {
            VehicleStatus(
                vehicleID: $0,
                coordinate: street.coordinate(0),
                fixTime: Timestamp(0),
                state: .silent
            )
        }
        #expect(try lines(vehicles: vehicles, trips: []).count == 1)
        #expect(
            try lines(vehicles: vehicles, trips: [prediction()], showsSilence: true).last
                == "960,v1,,,,,,,,,,,"
        )
    }

    @Test func `bytes are handed on once`() throws {
        var writer = PredictionRowWriter(network: try street.network(), showsSilence: false)
        var chunks = 0
        writer.flush { _ in chunks += 1 }
        writer.flush { _ in chunks += 1 }
        #expect(chunks == 1)
        #expect(!writer.isFull)
    }
}
