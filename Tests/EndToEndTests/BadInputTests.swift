import Foundation
import Testing

@Suite(.serialized)
struct BadInputTests {
    @Test func `a zip that is no zip gets one clear line`() async throws {
        let scratch = try Scratch()
        let path = try scratch.write("<html>404</html>", to: "feed.zip")
        let check = try Executable.run("gtfs", "check", path)
        #expect(check.status == 1)
        #expect(lines(check.errors).count == 1)
        #expect(check.errors.contains("feed.zip"))
        let service = try Executable.run(
            "serve", "--gtfs", path, "--data", scratch.path("data"), "--listen", "127.0.0.1:0")
        #expect(service.status == 3)
        #expect(lines(service.errors).count == 1)
    }

    @Test func `a feed without stop times is refused and the old one goes on`() async throws {
        let scratch = try Scratch()
        let bundled = Executable.repository.appendingPathComponent("GTFS/trans-padang")
        let copy = scratch.url.appendingPathComponent("copy")
        try FileManager.default.copyItem(at: bundled, to: copy)
        try FileManager.default.removeItem(at: copy.appendingPathComponent("stop_times.txt"))
        let service = try await RunningService(in: scratch)
        let use = try Executable.run("gtfs", "use", copy.path, "--control", service.control)
        #expect(use.status == 3)
        #expect(use.errors.contains("stop_times.txt"))
        #expect(lines(use.errors).count == 1)
        #expect(try await service.get("/readyz").status == 200)
    }

    @Test func `a ping from 1970 and a token for another bus are refused`() async throws {
        let service = try await RunningService(in: Scratch())
        let token = try service.addDevice("tracker-46", vehicle: "46")
        let old = #"{"vehicle_id":"46","timestamp":12,"latitude":-0.95,"longitude":100.36}"#
        let ancient = try await service.post("/ingest/v1/pings", token: token, old)
        #expect(ancient.text.contains("1970"))
        #expect(ancient.text.contains("\"accepted\":0"))
        let now = Int64(Date().timeIntervalSince1970)
        let other = """
            {"vehicle_id":"7","timestamp":\(now),"latitude":-0.95,"longitude":100.36}
            """
        let forged = try await service.post("/ingest/v1/pings", token: token, other)
        #expect(forged.status == 403)
        #expect(try await service.post("/ingest/v1/pings", token: "no", other).status == 401)
        #expect(try await service.post("/ingest/v1/pings", token: nil, other).status == 401)
        #expect(try await service.post("/ingest/v1/pings", token: token, "{").status == 400)
        #expect(try await service.get("/healthz").status == 200)
    }

    @Test func `wrong usage and an absent service have their own exit statuses`() throws {
        #expect(try Executable.run("serve", "--listen", "nowhere").status == 2)
        let incomplete = try Executable.run("stop")
        #expect(incomplete.status == 2)
        #expect(lines(incomplete.errors).count == 1)
        let absent = try Executable.run("status", "--control", "unix:none.sock")
        #expect(absent.status == 3)
        #expect(lines(absent.errors).count == 1)
        #expect(try Executable.run("--help").status == 0)
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }
}
