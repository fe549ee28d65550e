import ETAEngine
import Feeds
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import TransitModel

@testable import Service

struct DetourRoutesTests {
    /// A town in which three buses have driven around the second stop.
    private func town() async throws -> Town {
        let town = try await Town.open()
        let buses = try ["1", "2", "3"].map { ($0, try town.token(for: $0)) }
        for place in Self.way {
            town.time.advance(by: 10)
            for (bus, token) in buses {
                let body = """
                    {"vehicle_id":"\(bus)","timestamp":\(town.time.now.unix),"route_id":"K1",
                    "trip_id":"T0800","latitude":\(place.latitude),"longitude":\(place.longitude)}
                    """
                _ = await town.post(body, token: token)
            }
        }
        town.time.advance(by: 2)
        await town.live.publish()
        return town
    }

    private struct Place {
        var latitude: Double
        var longitude: Double
    }

    /// Along the street, 330 m north, past the second stop, and back to the street.
    private static var way: [Place] {
        var place = Place(latitude: -0.95, longitude: 100.36)
        var way = [place]
        func go(_ steps: Int, north: Double = 0, east: Double = 0) {
            for _ in 0..<steps {
                place.latitude += north
                place.longitude += east
                way.append(place)
            }
        }
        go(5, east: 0.0009)
        go(3, north: 0.001)
        go(14, east: 0.0009)
        go(3, north: -0.001)
        go(3, east: 0.0005)
        return way
    }

    private func detours(_ client: any TestClientProtocol) async throws -> [DetourRow] {
        let answer = try await client.execute(uri: "/control/detours", method: .get)
        return try WireJSON.decode(
            DetoursResponse.self, from: Array(answer.body.readableBytesView)
        ).detours
    }

    @Test func `a suspected detour becomes an alert in two languages`() async throws {
        let town = try await town()
        try await town.control.test(.router) { client in
            let detour = try #require(try await detours(client).first)
            #expect(detour.id == "K1.0.1")
            #expect(detour.skippedStops.map(\.name) == ["Simpang Haru"])
            let uri = "/control/detours/K1%2E0%2E1/alert"
            let body = ByteBuffer(string: #"{"cause":"CONSTRUCTION"}"#)
            #expect(try await client.execute(uri: uri, method: .post, body: body).status == .ok)
            let alert = try #require(town.live.showcase.published?.alerts.first)
            #expect((alert.effect, alert.cause) == (.detour, .construction))
            #expect(alert.informed.map(\.routeID) == ["K1", nil])
            #expect(alert.informed.map(\.stopID) == [nil, "b"])
            #expect(alert.header.map(\.language) == ["id", "en"])
            #expect(alert.header[0].text == "Rute K1 dialihkan: 1 halte tidak dilayani")
            #expect(alert.description[0].text.contains("setelah Pasar Raya sampai Pantai"))
            #expect(alert.description[1].text.hasSuffix("Stops not served: Simpang Haru."))
            #expect(try await detours(client).map(\.alertID) == [alert.id])
            #expect(try await client.execute(uri: uri, method: .post).status == .conflict)
        }
    }

    @Test func `a dismissed detour is gone, also after a restart`() async throws {
        let town = try await town()
        try await town.control.test(.router) { client in
            let uri = "/control/detours/K1.0.1"
            let dismissal = try await client.execute(uri: uri, method: .delete)
            #expect(dismissal.status == .ok)
            let left = try await detours(client)
            #expect(left.isEmpty)
            let again = try await client.execute(uri: uri, method: .delete)
            #expect(again.status == .notFound)
        }
        let again = try await town.reopened()
        let left = try await again.control.test(.router) { try await detours($0) }
        #expect(left.isEmpty)
    }

    @Test func `a suspected detour is found again after a restart`() async throws {
        let again = try await town().reopened()
        let found = try await again.control.test(.router) { try await detours($0) }
        #expect(found.map(\.id) == ["K1.0.1"])
    }

    @Test func `a detour that nobody suspects is not there`() async throws {
        let town = try await Town.open()
        try await town.control.test(.router) { client in
            let found = try await detours(client)
            #expect(found.isEmpty)
            let answer = try await client.execute(uri: "/control/detours/x/alert", method: .post)
            #expect(answer.status == .notFound)
        }
    }
}
