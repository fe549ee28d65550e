import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Feeds

struct FeedEncoderTests {
    private func updates(_ scene: Scene) throws -> [DecodedTripUpdate] {
        try FeedDecoder().decode(scene.feeds().tripUpdates).tripUpdates
    }

    private func vehicles(_ scene: Scene) throws -> [DecodedVehiclePosition] {
        try FeedDecoder().decode(scene.feeds().vehiclePositions).vehicles
    }

    @Test func `every message says version, full dataset, time and timetable`() throws {
        let scene = Scene()
        let feed = try FeedDecoder().decode(scene.feeds(version: "town-1").tripUpdates)
        #expect(feed.version == "2.0")
        #expect(!feed.isDifferential)
        #expect(feed.timestamp == Town.moment("08:05:00").unix)
        #expect(feed.feedVersion == "town-1")
        #expect(feed.entities.isEmpty)
    }

    @Test func `a headway run is unscheduled in the trip and at every stop, without delays`() throws
    {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"))
        scene.trips[0].delay = 30
        let update = try #require(try updates(scene).first)
        #expect(update.trip.relationship == .unscheduled)
        #expect(update.trip.startTime == "07:52:00")
        #expect(update.stopTimeUpdates.allSatisfy { $0.relationship == .unscheduled })
        #expect(update.stopTimeUpdates.allSatisfy { $0.arrival?.delay == nil })
        #expect(update.delay == nil)
    }

    @Test func `a timetabled run says everything there is to say`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 4)
        scene.trips[0].delay = 61.4
        let update = try #require(try updates(scene).first)
        #expect(
            update.trip
                == DecodedTripDescriptor(
                    tripID: "T1", routeID: "K1", directionID: 0, startDate: "20261121",
                    startTime: "08:00:00", relationship: .scheduled)
        )
        #expect(update.vehicle == DecodedVehicleDescriptor(id: "7", label: "7"))
        #expect(update.timestamp == scene.header - 10)
        #expect(update.delay == 61)
        #expect(update.stopTimeUpdates.map(\.stopSequence) == [7, 9])
        #expect(update.stopTimeUpdates.map(\.stopID) == ["S5", "S6"])
        let first = try #require(update.stopTimeUpdates.first)
        #expect(first.relationship == .scheduled)
        #expect(
            first.arrival
                == DecodedStopTimeEvent(time: scene.header + 60, delay: -120, uncertainty: 20)
        )
        #expect(
            first.departure
                == DecodedStopTimeEvent(time: scene.header + 75, delay: -105, uncertainty: 20)
        )
    }

    @Test func `no moment of measurement lies after the header`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.fixTime = $0.fixTime + 15 }
        scene.trips[0].fixTime = scene.madeAt + 5
        #expect(try updates(scene).first?.timestamp == scene.header)
        #expect(try vehicles(scene).first?.timestamp == scene.header)
    }

    @Test func `a position says run, stop and status`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 3) { vehicle in
            vehicle.stopStatus = .stoppedAt
            vehicle.occupancy = .fewSeatsAvailable
        }
        let vehicle = try #require(try vehicles(scene).first)
        #expect(vehicle.trip?.tripID == "T1")
        #expect(vehicle.trip?.relationship == .scheduled)
        #expect(vehicle.currentStopSequence == 5)
        #expect(vehicle.stopID == "S4")
        #expect(vehicle.currentStatus == .stoppedAt)
        #expect(vehicle.occupancy == .fewSeatsAvailable)
        #expect(vehicle.bearing == 90)
        #expect(vehicle.speed == 8)
        #expect(vehicle.vehicle == DecodedVehicleDescriptor(id: "7", label: "7"))
    }

    @Test func `a stray bus has a position and no run`() throws {
        var scene = Scene()
        scene.addStray("9", state: .offRoute)
        let vehicle = try #require(try vehicles(scene).first)
        #expect(vehicle.trip == nil)
        #expect(vehicle.stopID == nil)
        #expect(vehicle.currentStatus == nil)
        #expect(vehicle.bearing == nil)
        #expect(vehicle.speed == nil)
        #expect(
            vehicle.coordinate.map { $0.distance(to: scene.vehicles[0].coordinate) < 1 } == true)
    }

    @Test(
        arguments: [
            (-90, 270), (360, 0), (725, 5), (359.999_999_99, 0), (.nan, nil),
        ] as [(Double, Double?)]
    )
    func `bearings lie in 0 to below 360`(measured: Double, published: Double?) throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.bearing = measured }
        #expect(try vehicles(scene).first?.bearing == published)
    }

    @Test(
        arguments: [(26, 26), (26.5, nil), (-1, nil), (.nan, nil), (0, 0)] as [(Double, Double?)])
    func `speeds that no bus has are left out`(measured: Double, published: Double?) throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.speed = measured }
        #expect(try vehicles(scene).first?.speed == published)
    }

    @Test func `an alert carries its period under all three names and both languages`() throws {
        let bytes = Scene().feeds(alerts: [.detour]).serviceAlerts
        let feed = try FeedDecoder().decode(bytes)
        let alert = try #require(feed.alerts.first)
        let period = DecodedTimeRange(
            start: Town.moment("06:00:00").unix, end: Town.moment("12:00:00").unix)
        #expect(feed.entities.map(\.id) == ["alert:d1"])
        #expect(alert.activePeriods == [period])
        #expect(alert.communicationPeriods == [period])
        #expect(alert.impactPeriods == [period])
        #expect(alert.informed.map(\.routeID) == ["K1", "K2"])
        #expect(alert.informed.map(\.stopID) == [nil, "S3"])
        #expect((alert.cause, alert.effect, alert.severity) == (.construction, .detour, .warning))
        #expect(alert.header == Alert.detour.header)
        #expect(alert.description == Alert.detour.description)
    }

    @Test func `an alert without an end starts and stays open, one without both has no period`()
        throws
    {
        var open = Alert.detour
        open.end = nil
        var always = open
        always.start = nil
        let feed = try FeedDecoder().decode(Scene().feeds(alerts: [open, always]).serviceAlerts)
        #expect(feed.alerts[0].impactPeriods == [DecodedTimeRange(start: open.start?.unix)])
        #expect(feed.alerts[1].impactPeriods.isEmpty)
        #expect(feed.alerts[1].activePeriods.isEmpty)
    }

    @Test func `an alert without a story repeats its headline`() throws {
        var alert = Alert.detour
        alert.description = []
        let feed = try FeedDecoder().decode(Scene().feeds(alerts: [alert]).serviceAlerts)
        #expect(feed.alerts.first?.description == alert.header)
    }

    @Test func `the combined feed holds what the three hold`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"))
        scene.addStray("9")
        let bytes = scene.feeds(alerts: [.detour]).combined
        let combined = try FeedDecoder().decode(bytes)
        #expect(
            combined.entities.map(\.id)
                == ["trip:H:20261121:07:52:00", "vehicle:9", "vehicle:7", "alert:d1"]
        )
        #expect(combined.tripUpdates == (try updates(scene)))
        #expect(combined.vehicles == (try vehicles(scene)))
    }

    @Test func `the same snapshot gives the same bytes`() {
        var scene = Scene()
        for number in 0..<20 {
            let start = "07:4\(number % 10):0\(number / 10)"
            scene.addBus("\(number)", on: Town.run("H", start: start))
        }
        let first = scene.feeds(alerts: [.detour]).combined
        let second = scene.feeds(alerts: [.detour]).combined
        #expect(first == second)
    }
}
