import Feeds
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

struct ArrivalRoutesTests {
    @Test func `a bus under way is expected at the stops ahead`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/api/v1/stops/c/arrivals", method: .get)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let arrivals = try WireJSON.decode(
                ArrivalsResponse.self, from: Array(answer.body.readableBytesView))
            #expect(arrivals.stop.id == "c")
            #expect(arrivals.arrivals.first?.vehicleID == "TP-1")
            #expect(arrivals.arrivals.first?.tripID == "T0800")
        }
    }

    @Test func `several stops are answered in the order asked for`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(
                uri: "/api/v1/arrivals?stops=c,b&limit=1", method: .get)
            let stops = try WireJSON.decode(
                StopsArrivalsResponse.self, from: Array(answer.body.readableBytesView))
            #expect(stops.stops.map(\.stop.id) == ["c", "b"])
            #expect(stops.stops.allSatisfy { $0.arrivals.count <= 1 })
        }
    }

    @Test func `a board's answer is small and says how long it is`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/api/v1/board/c", method: .get)
            #expect(answer.status == .ok)
            #expect(answer.body.readableBytes < BoardResponse.byteLimit)
            #expect(answer.headers[.contentLength] == String(answer.body.readableBytes))
            #expect(answer.headers[.contentEncoding] == nil)
        }
    }

    @Test func `while nobody reports, nobody can know`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            for uri in [
                "/api/v1/stops/c/arrivals", "/api/v1/arrivals?stops=c", "/api/v1/board/c",
            ] {
                let answer = try await client.execute(uri: uri, method: .get)
                #expect(answer.status == .serviceUnavailable)
                #expect(
                    answer.headers[.contentType] == "application/problem+json; charset=utf-8")
            }
        }
    }

    @Test(arguments: [
        ("/api/v1/stops/none/arrivals", 404, "none"),
        ("/api/v1/stops/%3Cscript%3E/arrivals", 404, "<script>"),
        ("/api/v1/stops/c/arrivals?limit=0", 400, "limit"),
        ("/api/v1/stops/c/arrivals?limit=ten", 400, "limit"),
        ("/api/v1/stops/c/arrivals?minutes=-5", 400, "minutes"),
        ("/api/v1/stops/c/arrivals?route=K9", 400, "route"),
        ("/api/v1/arrivals", 400, "stops"),
        ("/api/v1/arrivals?stops=a,x", 404, "x"),
        ("/api/v1/board/none", 404, "none"),
        ("/api/v1/stops?radius=100", 400, "near"),
        ("/api/v1/stops?near=-0.95,500", 400, "near"),
        ("/api/v1/stops?near=-0.95,100.36&radius=x", 400, "radius"),
        ("/api/v1/stops/none", 404, "none"),
        ("/api/v1/routes/K9", 404, "K9"),
        ("/api/v1/vehicles/none", 404, "none"),
        ("/api/v1/vehicles?route=K9", 400, "route"),
        ("/api/v2/stops", 404, "nothing"),
        ("/gtfs-rt/trip-updates.xml", 404, "trip-updates.xml"),
        ("/control/status", 404, "nothing"),
    ])
    func `what cannot be answered is named`(uri: String, status: Int, word: String) async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: uri, method: .get)
            #expect(answer.status.code == status)
            #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
            let problem = try WireJSON.decode(
                Problem.self, from: Array(answer.body.readableBytesView))
            #expect(problem.status == status)
            #expect(problem.title.contains(word))
        }
    }

    @Test func `a parameter that comes twice is refused by name`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            for query in ["limit=1&limit=2", "limit=&limit=2"] {
                let answer = try await client.execute(
                    uri: "/api/v1/stops/b/arrivals?\(query)", method: .get)
                #expect(answer.status == .badRequest)
                #expect(String(buffer: answer.body).contains("limit is unusable: send it once"))
            }
        }
    }
}
