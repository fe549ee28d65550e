import Feeds
import Foundation
import Storage
import Testing
import TransitModel

@Suite(.serialized)
struct DurabilityTests {
    @Test func `no acknowledged ping is lost to a kill and buses are back after it`() async throws {
        let scratch = try Scratch()
        var service: RunningService? = try await RunningService(in: scratch)
        let sent = try await load(try #require(service))
        #expect(sent.count > 20)
        service = nil

        let database = try Database(directory: scratch.path("data"))
        let kept = try PingJournal(database).pings(takenSince: Timestamp(0))
        #expect(Set(sent).isSubset(of: kept.map { $0.timestamp.unix }))
        try database.close()

        let again = try await RunningService(in: scratch)
        let start = ContinuousClock.now
        let isBack = try await eventually {
            try await again.get("/api/v1/vehicles/46").status == 200
        }
        #expect(isBack)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    /// Posts pings one after the other and kills the service in the midst of it; returns the times
    /// of those that were acknowledged.
    private func load(_ service: RunningService) async throws -> [Int64] {
        let token = try service.addDevice("tracker-46", vehicle: "46")
        let now = Int64(Date().timeIntervalSince1970)
        var acknowledged: [Int64] = []
        for number in 0..<400 {
            let timestamp = now - 500 + Int64(number)
            let longitude = 100.3636 + Double(number) * 1e-5
            let body = """
                {"vehicle_id":"46","timestamp":\(timestamp),"latitude":-0.9527,\
                "longitude":\(longitude)}
                """
            if number == 60 {
                Task.detached { [pid = service.pid] in kill(pid, SIGKILL) }
            }
            guard
                let answer = try? await service.post("/ingest/v1/pings", token: token, body),
                answer.status == 200
            else { break }
            acknowledged.append(timestamp)
        }
        return acknowledged
    }
}
