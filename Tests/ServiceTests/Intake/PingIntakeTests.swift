import ETAEngine
import Foundation
import Geometry
import Hummingbird
import Ingestion
import Storage
import Testing
import TransitModel

@testable import Service

struct PingIntakeTests {
    private func send(
        _ form: IngestRequest.Form, query: String = "", body: String = "", token: String? = nil,
        to town: Town
    ) async -> IngestAnswer {
        await town.live.intake.take(
            IngestRequest(
                form: form, method: "POST", target: form.rawValue + "?" + query,
                body: Array(body.utf8),
                credentials: token.map { .token(Array($0.utf8)) } ?? .none))
    }

    private func kept(_ town: Town) throws -> [Ping] {
        try town.live.stores.journal.pings(takenSince: Timestamp(0))
    }

    private func traccar(_ device: String, at moment: Timestamp) -> String {
        #"{"position":{"protocol":"gt06","fixTime":"\#(moment.isoLike)","valid":true,"#
            + #""latitude":-0.95,"longitude":100.36,"speed":10.0,"course":90},"#
            + #""device":{"id":1,"uniqueId":"\#(device)"}}"#
    }

    @Test func `a gateway speaks for the devices that are registered, and no others`() async throws
    {
        let town = try await Town.open()
        let now = town.time.now
        let gateway = try town.live.stores.devices.add(
            Device(id: "traccar", vehicleID: nil, addedAt: now))
        _ = try town.live.stores.devices.add(
            Device(id: "358899051234567", vehicleID: "TP-1", addedAt: now))
        let good = await send(
            .traccar, body: traccar("358899051234567", at: now), token: gateway, to: town)
        #expect(good.status == .ok)
        let unknown = await send(.traccar, body: traccar("999", at: now), token: gateway, to: town)
        #expect(unknown.status == .forbidden)
        let nobody = await send(
            .traccar, body: traccar("358899051234567", at: now), to: town)
        #expect(nobody.status == .unauthorized)
        #expect(try kept(town).map(\.vehicleID) == ["TP-1"])
        #expect(abs((try kept(town).first?.speed ?? 0) - 5.144) < 0.001)
    }

    @Test func `a gateway reports known vehicles in our own form, too`() async throws {
        let town = try await Town.open()
        let gateway = try town.live.stores.devices.add(
            Device(id: "depot", vehicleID: nil, addedAt: town.time.now))
        _ = try town.token(for: "TP-1")
        let body = ["TP-1", "TP-9"].map {
            Town.ping(at: town.time.now, longitude: 100.36, vehicle: $0)
        }
        let answer = await town.post("[\(body.joined(separator: ","))]", token: gateway)
        #expect(answer.status == .ok)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("TP-9 has no device"))
        #expect(try kept(town).map(\.vehicleID) == ["TP-1"])
    }

    @Test func `a device that speaks otherwise is understood as it was registered`() async throws {
        let town = try await Town.open()
        let token = try town.live.stores.devices.add(
            Device(
                id: "logger", vehicleID: "TP-1", wire: "speed=mps,swapped,zone=+07:00",
                addedAt: town.time.now))
        let query = "id=x&lat=100.36&lon=-0.95&speed=8&timestamp=2026-11-16%2008:00:20"
        #expect(await send(.osmAnd, query: query, token: token, to: town).status == .ok)
        let ping = try #require(try kept(town).first)
        #expect(ping.speed == 8)
        #expect(ping.coordinate.latitude == -0.95)
        #expect(ping.timestamp == Town.morning)
        let native = #"{"timestamp":"2026-11-16T08:00:10","latitude":100.37,"longitude":-0.95}"#
        #expect(await town.post(native, token: token).status == .ok)
        #expect(try kept(town).first?.timestamp == Town.morning - 10)
        #expect(try kept(town).first?.coordinate.longitude == 100.37)
    }

    @Test func `a phone's bad point is dropped, so that it does not send it for ever`() async throws
    {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let answer = await send(.osmAnd, query: "id=\(token)&lat=0&lon=0", to: town)
        #expect(answer.status == .ok)
        #expect(try kept(town).isEmpty)
        #expect(town.live.intake.account.figures.rejectedElements == 1)
    }

    @Test func `too many requests are told to wait, and others are not`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let other = try town.token(for: "TP-2")
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        var last = await town.post(ping, token: token)
        for _ in 0..<5000 where last.status == .ok { last = await town.post(ping, token: token) }
        #expect(last.status == .tooManyRequests)
        #expect(last.headers[.retryAfter] != nil)
        #expect(await town.post(ping, token: other).status == .ok)
    }

    @Test func `whoever guesses tokens is slowed down, and whoever has one is not`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        var last = await town.post(ping, token: "guess")
        for _ in 0..<5000 where last.status == .unauthorized {
            last = await town.post(ping, token: "guess")
        }
        #expect(last.status == .tooManyRequests)
        #expect(await town.post(ping, token: token).status == .ok)
    }

    @Test func `what the disk does not take still moves the buses, and is taken later`()
        async throws
    {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        try town.setPages(1)
        // One ping would fit into what the file has already.
        let pings = (0..<3000).map {
            Town.ping(at: town.time.now + Double($0 - 2999), longitude: 100.36)
        }
        let body = pings.joined(separator: "\n")
        let full = await town.post(body, token: token)
        #expect(full.status.code == 507)
        #expect(full.headers[.retryAfter] != nil)
        await town.live.publish()
        #expect(town.live.showcase.published?.snapshot.vehicle(id: "TP-1") != nil)
        #expect(await town.live.health().status == "degraded")
        #expect(town.log.lines.count { $0.contains("pings cannot be kept") } == 1)
        try town.setPages(1_000_000)
        #expect(await town.post(body, token: token).status == .ok)
        #expect(try kept(town).count == 3000)
        #expect(await town.live.health().status == "ok")
        #expect(town.log.lines.contains("pings are kept again"))
    }
}

extension Timestamp {
    /// ISO 8601 in UTC.
    fileprivate var isoLike: String {
        Date(timeIntervalSince1970: seconds).ISO8601Format()
    }
}
