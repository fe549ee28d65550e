import Feeds
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

struct NetworkRoutesTests {
    @Test func `stops near a place come nearest first`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(
                uri: "/api/v1/stops?near=-0.95,100.369&radius=1500", method: .get)
            let stops = try WireJSON.decode(
                StopsResponse.self, from: Array(answer.body.readableBytesView))
            #expect(stops.stops.map(\.id) == ["b", "a", "c"])
        }
    }

    @Test func `a stop, the routes and a route are told`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let stop = try await client.execute(uri: "/api/v1/stops/b", method: .get)
            #expect(String(buffer: stop.body).contains(#""routes":["K1"]"#))
            let routes = try await client.execute(uri: "/api/v1/routes", method: .get)
            #expect(String(buffer: routes.body).contains(#""short_name":"K1""#))
            let route = try await client.execute(uri: "/api/v1/routes/K1", method: .get)
            #expect(String(buffer: route.body).contains("Simpang Haru"))
        }
    }

    @Test func `vehicles are told all together and one by one`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let all = try await client.execute(uri: "/api/v1/vehicles?route=K1", method: .get)
            let vehicles = try WireJSON.decode(
                VehiclesResponse.self, from: Array(all.body.readableBytesView))
            #expect(vehicles.vehicles.map(\.id) == ["TP-1"])
            let one = try await client.execute(uri: "/api/v1/vehicles/TP-1", method: .get)
            let vehicle = try WireJSON.decode(
                VehicleResponse.self, from: Array(one.body.readableBytesView))
            #expect(vehicle.nextStops.last?.stopID == "c")
            let alerts = try await client.execute(uri: "/api/v1/alerts", method: .get)
            #expect(String(buffer: alerts.body).contains(#""alerts":[]"#))
        }
    }
}
