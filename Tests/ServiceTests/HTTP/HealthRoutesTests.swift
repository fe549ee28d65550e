import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

struct HealthRoutesTests {
    @Test func `health says how old everything is`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let fresh = try await client.execute(uri: "/healthz", method: .get)
            #expect(String(buffer: fresh.body).contains(#""status":"ok""#))
            #expect(String(buffer: fresh.body).contains(#""last_received_age_s":2"#))
            town.time.advance(by: 90)
            await town.live.publish()
            let silent = try await client.execute(uri: "/healthz", method: .get)
            #expect(silent.status == .ok)
            #expect(String(buffer: silent.body).contains(#""status":"degraded""#))
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
        }
    }

    @Test func `metrics count what came in and what was refused`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            _ = try await client.execute(uri: "/ingest/v1/pings", method: .post)
            let answer = try await client.execute(uri: "/metrics", method: .get)
            let text = String(buffer: answer.body)
            #expect(text.contains("transpadang_pings_received_total 7.0\n"))
            #expect(text.contains("transpadang_journal_commits_total 7.0\n"))
            #expect(text.contains("transpadang_ingest_refused_total{status=\"401\"} 1.0\n"))
            #expect(text.contains("transpadang_vehicles{state=\"in_service\"}"))
            #expect(text.contains("transpadang_feed_age_seconds 0.0\n"))
            #expect(text.contains("transpadang_minutes_asked_total{phase=\"under_way\"} 0.0\n"))
        }
    }
}
