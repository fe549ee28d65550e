import Feeds
import Foundation
import NIOHTTP1
import Testing

@Suite(.serialized)
struct DemonstrationTests {
    @Test func `a newcomer sees moving buses with arrivals for every stop ahead`() async throws {
        let service = try await RunningService(in: Scratch(), "--simulate", "77")
        let isMoving = try await eventually {
            let feed = try await service.get("/gtfs-rt/vehicle-positions")
            let vehicles = try FeedDecoder().decode([UInt8](feed.body)).vehicles
            return vehicles.count >= 70 && vehicles.count { $0.trip != nil } >= 40
        }
        #expect(isMoving)
        try await checkFeeds(of: service)
        try await checkArrivals(of: service)
        try checkCommands(of: service)
        try await checkAccuracy(of: service)
        #expect(service.terminate() == 0)
    }

    private func checkAccuracy(of service: RunningService) async throws {
        let isGraded = try await eventually {
            let answer = try await service.get("/api/v1/accuracy?days=2")
            let accuracy = try JSONDecoder().decode(AccuracyResponse.self, from: answer.body)
            return accuracy.total.asked > 0
        }
        #expect(isGraded)
        #expect(try await service.get("/accuracy").text.contains("accuracy.js"))
        let table = try Executable.run("accuracy", "--days", "2", "--control", service.control)
        #expect(table.status == 0)
        #expect(table.output.contains("MIN AHEAD"))
        let bad = try Executable.run("accuracy", "--days", "0", "--control", service.control)
        #expect(bad.status == 2)
        #expect(bad.errors.contains("days"))
    }

    private func checkFeeds(of service: RunningService) async throws {
        let answer = try await service.get("/gtfs-rt/feed")
        #expect(answer.headers.first(name: "Content-Type") == "application/x-protobuf")
        let feed = try FeedDecoder().decode([UInt8](answer.body))
        #expect(feed.version == "2.0")
        #expect(feed.tripUpdates.count >= 40)
        for update in feed.tripUpdates {
            let sequences = update.stopTimeUpdates.compactMap(\.stopSequence)
            let first = try #require(sequences.first)
            let last = try #require(sequences.last)
            #expect(sequences == Array(first...last), "no stop is left out")
            #expect(update.stopTimeUpdates.allSatisfy { $0.arrival?.time != nil })
        }
        for name in ["trip-updates", "service-alerts", "trip-updates.json", "feed.pbtext"] {
            #expect(try await service.get("/gtfs-rt/\(name)").status == 200)
        }
    }

    private func checkArrivals(of service: RunningService) async throws {
        let stop = "TP0001"
        let answer = try await service.get("/api/v1/stops/\(stop)/arrivals?limit=50")
        let arrivals = try JSONDecoder().decode(ArrivalsResponse.self, from: answer.body)
        #expect(arrivals.stop.id == stop)
        #expect(Set(arrivals.arrivals.map(\.routeID)).count >= 3)
        #expect(
            arrivals.arrivals.map(\.predictedArrival).sorted()
                == arrivals.arrivals.map(\.predictedArrival))
        let board = try await service.get("/api/v1/board/\(stop)")
        #expect(board.status == 200)
        #expect(board.body.count < 4096)
        #expect(board.headers.first(name: "Content-Length") == String(board.body.count))
        #expect(try await service.get("/api/v1/stops/nowhere/arrivals").status == 404)
        #expect(try await service.get("/").text.contains("leaflet"))
        #expect(try await service.get("/board/\(stop)").status == 200)
    }

    private func checkCommands(of service: RunningService) throws {
        let stop = try Executable.run("stop", "TP0001", "--control", service.control)
        #expect(stop.status == 0)
        #expect(stop.output.contains("RTH Imam Bonjol"))
        let status = try Executable.run("status", "--control", service.control)
        #expect(status.output.contains("in service"))
        let vehicles = try Executable.run("vehicles", "--json", "--control", service.control)
        let rows = try JSONDecoder().decode(
            VehiclesResponse.self, from: Data(vehicles.output.utf8))
        let bus = try #require(rows.vehicles.first { $0.state == "in_service" })
        let why = try Executable.run("explain", "vehicle", bus.id, "--control", service.control)
        #expect(why.output.contains("In service"))
        let dump = try Executable.run("feed", "dump", "--control", service.control)
        #expect(dump.output.contains("gtfs_realtime_version: \"2.0\""))
    }
}
