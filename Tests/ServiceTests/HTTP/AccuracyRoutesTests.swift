import ETAEngine
import Feeds
import Hummingbird
import HummingbirdTesting
import Testing
import TransitModel

@testable import Service

struct AccuracyRoutesTests {
    private func townWithCalls() async throws -> Town {
        let town = try await Town.open()
        let network = try #require(town.live.showcase.published?.snapshot.network)
        let trip = try #require(network.trip(id: "T0800"))
        let now = town.time.now
        let call = GradedCall(
            vehicleID: "TP-1",
            instance: TripInstance(trip: trip, serviceDate: network.serviceDay.date(at: now)),
            pattern: network.trips[trip].pattern, position: 1, arrival: now, minutesAsked: 12,
            answers: [
                GradedCall.Answer(
                    madeAt: now - 600, predicted: now - 300, uncertainty: 60, source: .terminal,
                    fixAge: 20)
            ])
        town.live.gradebook.enter([call], on: network)
        return town
    }

    private func read(_ answer: TestResponse) throws -> AccuracyResponse {
        try WireJSON.decode(AccuracyResponse.self, from: Array(answer.body.readableBytesView))
    }

    @Test func `riders and dispatchers get the same answer`() async throws {
        let town = try await townWithCalls()
        let uri = "accuracy?days=1&route=K1"
        let told = try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/api/v1/" + uri, method: .get)
            #expect(answer.headers[.cacheControl] == "public, max-age=15")
            return try read(answer)
        }
        let known = try await town.control.test(.router) { client in
            try read(try await client.execute(uri: "/control/" + uri, method: .get))
        }
        #expect(told == known)
        #expect(told.total.asked == 12)
        #expect(told.routeID == "K1" && told.routes.map(\.routeID) == ["K1"])
        #expect(told.worstStops.map(\.name) == ["Simpang Haru"])
        #expect(told.misses.map(\.errorS) == [300])
    }

    @Test func `the night belongs to the day before`() async throws {
        let town = try await townWithCalls()
        town.time.advance(by: 19 * 3600)
        await town.live.publish()
        try await town.app.test(.router) { client in
            let night = try await client.execute(uri: "/api/v1/accuracy?days=1", method: .get)
            #expect(try read(night).total.asked == 12)
        }
        town.time.advance(by: 2 * 3600)
        await town.live.publish()
        try await town.app.test(.router) { client in
            let morning = try await client.execute(uri: "/api/v1/accuracy?days=1", method: .get)
            #expect(try read(morning).total.asked == 0)
        }
    }

    @Test(arguments: ["days=0", "days=401", "days=x", "route=K9", "misses=501", "days=1&days=2"])
    func `what cannot be asked is refused with its name`(query: String) async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/api/v1/accuracy?\(query)", method: .get)
            #expect(answer.status == .badRequest)
            #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
            let name = try #require(query.split(separator: "=").first)
            #expect(String(buffer: answer.body).contains(name))
        }
    }

    @Test func `grades under ids of an older timetable are told under those in force`()
        async throws
    {
        let town = try await townWithCalls()
        try town.write(Town.renumbered)
        try await town.live.reload()
        try await town.app.test(.router) { client in
            let answer = try read(
                try await client.execute(uri: "/api/v1/accuracy?days=1&route=R9", method: .get))
            #expect(answer.total.asked == 12)
            #expect(answer.routes.map(\.routeID) == ["R9"])
        }
    }
}
