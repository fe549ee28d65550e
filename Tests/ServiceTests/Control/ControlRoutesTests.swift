import ETAEngine
import Feeds
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing
import TransitModel

@testable import Service

struct ControlRoutesTests {
    private func send<Order: Encodable>(
        _ order: Order, to uri: String, _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        try await client.execute(
            uri: uri, method: .post, body: ByteBuffer(bytes: try WireJSON.encode(order)))
    }

    private func read<Answer: Decodable>(
        _ type: Answer.Type, _ answer: TestResponse
    ) throws -> Answer {
        try WireJSON.decode(type, from: Array(answer.body.readableBytesView))
    }

    @Test func `a device's token holds from when it is let in until it is shut out`() async throws {
        let town = try await Town.open()
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        try await town.control.test(.router) { client in
            let order = NewDevice(id: "phone-7", vehicle: "TP-7")
            let added = try await send(order, to: "/control/devices", client)
            let token = try read(DeviceToken.self, added).token
            #expect(await town.post(ping, token: token).status == .ok)
            let again = try await send(order, to: "/control/devices", client)
            #expect(again.status == .conflict)
            let list = try await client.execute(uri: "/control/devices", method: .get)
            #expect(try read(DevicesResponse.self, list).devices.map(\.vehicle) == ["TP-7"])
            #expect(!String(buffer: list.body).contains(token))
            let revoked = try await client.execute(uri: "/control/devices/phone-7", method: .delete)
            #expect(revoked.status == .ok)
            #expect(await town.post(ping, token: token).status == .unauthorized)
        }
    }

    @Test func `an alert reaches riders at once and ends when told`() async throws {
        let town = try await Town.open()
        try await town.drive()
        var order = NewAlert(header: [.init(language: "id", text: "Halte Pantai pindah")])
        order.id = "moved"
        order.effect = "STOP_MOVED"
        order.informed = [.init(stopID: "c")]
        try await town.control.test(.router) { [order] client in
            #expect(try await send(order, to: "/control/alerts", client).status == .ok)
            let published = try #require(town.live.showcase.published)
            let feed = try FeedDecoder().decode(
                Array(published.feed(.serviceAlerts).plain.readableBytesView))
            #expect(feed.alerts.count == 1)
            let list = try await client.execute(uri: "/control/alerts", method: .get)
            #expect(try read(AlertsResponse.self, list).alerts.map(\.effect) == ["STOP_MOVED"])
            let end = try await client.execute(uri: "/control/alerts/moved", method: .delete)
            #expect(end.status == .ok)
            let after = try #require(town.live.showcase.published)
            #expect(after.alerts.allSatisfy { !$0.isActive(at: town.time.now) })
        }
    }

    @Test func `an alert about what the timetable does not know is refused`() async throws {
        let town = try await Town.open()
        try await town.control.test(.router) { client in
            var order = NewAlert(header: [.init(language: "id", text: "x")])
            order.informed = [.init(routeID: "K9")]
            let answer = try await send(order, to: "/control/alerts", client)
            #expect(answer.status == .badRequest)
            #expect(String(buffer: answer.body).contains("K9"))
            order.informed = []
            order.cause = "BOREDOM"
            let other = try await send(order, to: "/control/alerts", client)
            #expect(String(buffer: other.body).contains("cause"))
        }
    }

    @Test func `dispatchers see the state, a vehicle, the reasons and a stop`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.control.test(.router) { client in
            let status = try await client.execute(uri: "/control/status", method: .get)
            #expect(try read(StatusResponse.self, status).pings.received == 7)
            let vehicle = try await client.execute(uri: "/control/vehicles/TP-1", method: .get)
            #expect(try read(VehicleResponse.self, vehicle).vehicle.id == "TP-1")
            let reasons = try await client.execute(
                uri: "/control/vehicles/TP-1/explanation", method: .get)
            #expect(try read(ExplanationResponse.self, reasons).fixes.isEmpty == false)
            let stop = try await client.execute(uri: "/control/stops/c", method: .get)
            #expect(try read(ArrivalsResponse.self, stop).stop.name == "Pantai")
            let feed = try await client.execute(uri: "/control/feed/trip-updates", method: .get)
            #expect(feed.headers[.contentType] == "application/x-protobuf")
            let none = try await client.execute(uri: "/control/vehicles/none", method: .get)
            #expect(none.status == .notFound)
        }
    }

    @Test func `a GTFS is ordered for a date, seen and taken back`() async throws {
        let town = try await Town.open()
        let path = try town.writeRenumbered()
        try await town.control.test(.router) { client in
            let order = TimetableOrder(path: path, from: "2026-12-01")
            let answer = try await send(order, to: "/control/gtfs", client)
            let receipt = try read(ControlReceipt.self, answer)
            #expect(receipt.done.contains("town-2") && receipt.done.contains("from 2026-12-01"))
            let status = try await client.execute(uri: "/control/status", method: .get)
            let staged = try read(StatusResponse.self, status).staged
            #expect(staged == [.init(from: "2026-12-01", version: "town-2", path: path)])
            let uri = "/control/gtfs/2026%2D12%2D01"
            #expect(try await client.execute(uri: uri, method: .delete).status == .ok)
            #expect(try await client.execute(uri: uri, method: .delete).status == .notFound)
            for date in ["2026-13-01", "1-12-2026", "2025-01-01"] {
                let bad = TimetableOrder(path: path, from: date)
                #expect(try await send(bad, to: "/control/gtfs", client).status == .badRequest)
            }
        }
    }

    @Test func `a GTFS whose service is over is used, with a warning`() async throws {
        let town = try await Town.open()
        var old = Town.renumbered
        old["calendar.txt"] = old["calendar.txt"]?
            .replacingOccurrences(of: "20271231", with: "20260131")
        try Town.writeTimetable(to: town.folder + "/old", old)
        try await town.control.test(.router) { client in
            let order = TimetableOrder(path: town.folder + "/old")
            let answer = try await send(order, to: "/control/gtfs", client)
            #expect(try read(ControlReceipt.self, answer).done.contains("no service on 2026-11-16"))
            #expect(town.log.lines.contains { $0.contains("no service") })
        }
    }

    @Test func `a GTFS that cannot be used is refused with the reason`() async throws {
        let town = try await Town.open()
        try await town.control.test(.router) { client in
            let bad = try await send(
                TimetableOrder(path: "/nonexistent.zip"), to: "/control/gtfs", client)
            #expect(bad.status == .unprocessableContent)
            #expect(String(buffer: bad.body).contains("nonexistent.zip"))
            let good = try await send(TimetableOrder(), to: "/control/gtfs", client)
            #expect(try read(ControlReceipt.self, good).done.contains("town-1"))
        }
    }
}
