import Crypto
import Foundation
import Hummingbird
import Storage
import Testing
import TransitModel

@testable import Service

/// Ten thousand requests of people who are not who they say.
struct ForgeryTests {
    private let target = IngestRequest.Form.native.rawValue

    /// A town where nobody is slowed down, since a forger who is slowed down proves nothing.
    private func open() async throws -> Town {
        var limits = IngestLimits()
        limits.perDevice = RequestRate(perSecond: 0)
        limits.perStranger = RequestRate(perSecond: 0)
        let town = try Town(limits: limits)
        try await town.live.start()
        return town
    }

    private func request(
        _ body: String, _ credentials: Credentials, target: String? = nil
    ) -> IngestRequest {
        IngestRequest(
            form: .native, method: "POST", target: target ?? self.target,
            body: Array(body.utf8), credentials: credentials)
    }

    private func signature(
        of body: String, by device: String, key: String, time: Int64, number: Int64
    ) throws -> MessageSignature {
        let message = Data("POST\n\(target)\n\(time)\n\(number)\n\(body)".utf8)
        let code = HMAC<SHA256>.authenticationCode(
            for: message, using: SymmetricKey(data: Data(key.utf8)))
        return try #require(
            MessageSignature(
                device: device, time: "\(time)", sequence: "\(number)",
                code: code.map { String(format: "%02x", $0) }.joined()))
    }

    private func kept(_ town: Town) throws -> Int {
        try town.live.stores.journal.pings(takenSince: Timestamp(0)).count
    }

    @Test func `no token that is nearly one is let in`() async throws {
        let town = try await open()
        let token = Array(try town.token(for: "TP-1").utf8)
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<4000 {
            var forged = token
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: forged.removeLast(Int.random(in: 1...token.count, using: &generator))
            case 1: forged.append(UInt8.random(in: 0x21...0x7E, using: &generator))
            case 2: forged = forged.shuffled(using: &generator)
            default: forged[Int.random(in: 0..<token.count, using: &generator)] ^= 1
            }
            guard forged != token else { continue }
            let answer = await town.live.intake.take(request(ping, .token(forged)))
            #expect(answer.status == .unauthorized)
        }
        #expect(try kept(town) == 0)
    }

    @Test func `a token speaks for no other vehicle, whatever the body says`() async throws {
        let town = try await open()
        let token = try town.token(for: "TP-1")
        _ = try town.token(for: "TP-2")
        for number in 0..<2000 {
            let name = ["TP-2", "TP-1 ", "tp-1", "TP-1\\u0000", "TP-\(number + 2)"][number % 5]
            let ping = Town.ping(
                at: town.time.now - Double(number), longitude: 100.36, vehicle: name)
            let answer = await town.live.intake.take(request(ping, .token(Array(token.utf8))))
            if name == "TP-1 " { continue }
            #expect(
                answer.status != .ok
                    || String(decoding: answer.body, as: UTF8.self)
                        .contains(#""accepted":0"#)
            )
        }
        let vehicles = Set(
            try town.live.stores.journal.pings(takenSince: Timestamp(0)).map(\.vehicleID))
        #expect(vehicles == ["TP-1"])
    }

    @Test func `a signed message with one byte changed, or sent again, is refused`() async throws {
        let town = try await open()
        let key = try town.live.stores.devices.add(
            Device(id: "modem", vehicleID: "TP-1", isSigning: true, addedAt: town.time.now))
        let time = town.time.now.unix
        var generator = SystemRandomNumberGenerator()
        for number in 1...400 as ClosedRange<Int64> {
            let ping = Town.ping(at: town.time.now - Double(number), longitude: 100.36)
            let signature = try signature(
                of: ping, by: "modem", key: key, time: time, number: number)
            for _ in 0..<8 {
                let forged = try forge(signature, ping, &generator)
                #expect(await town.live.intake.take(forged).status == .unauthorized)
            }
            let good = request(ping, .signature(signature))
            #expect(await town.live.intake.take(good).status == .ok)
            #expect(await town.live.intake.take(good).status == .conflict)
            #expect(try kept(town) == Int(number))
        }
        let again = try await town.reopened()
        let old = Town.ping(at: town.time.now - 500, longitude: 100.36)
        let signature = try signature(of: old, by: "modem", key: key, time: time, number: 400)
        #expect(
            await again.live.intake.take(request(old, .signature(signature))).status == .conflict)
    }

    /// The request with one byte of something changed.
    private func forge(
        _ signature: MessageSignature, _ body: String,
        _ generator: inout some RandomNumberGenerator
    ) throws -> IngestRequest {
        var (signature, body, target) = (signature, Array(body.utf8), target)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: body[Int.random(in: 0..<body.count, using: &generator)] ^= 1
        case 1: signature.code[Int.random(in: 0..<32, using: &generator)] ^= 1
        case 2: signature.time += 1
        case 3: signature.sequence += 1
        case 4: signature.deviceID += "x"
        default: target += "?"
        }
        return IngestRequest(
            form: .native, method: "POST", target: target, body: body,
            credentials: .signature(signature))
    }

    @Test func `a signature of long ago or of tomorrow is refused`() async throws {
        let town = try await open()
        let key = try town.live.stores.devices.add(
            Device(id: "modem", vehicleID: "TP-1", isSigning: true, addedAt: town.time.now))
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        for (offset, status) in [(-301, 401), (-299, 200), (299, 200), (301, 401)] {
            let signature = try signature(
                of: ping, by: "modem", key: key, time: town.time.now.unix + Int64(offset),
                number: Int64(1000 + offset))
            let answer = await town.live.intake.take(request(ping, .signature(signature)))
            #expect(answer.status.code == status, "\(offset) s")
        }
    }

    @Test func `a device that signs has no token, and no secret is ever logged`() async throws {
        let town = try await open()
        let key = try town.live.stores.devices.add(
            Device(id: "modem", vehicleID: "TP-1", isSigning: true, addedAt: town.time.now))
        let token = try town.token(for: "TP-2")
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        #expect(await town.post(ping, token: key).status == .unauthorized)
        try town.live.stores.database.close()
        let answer = await town.post(ping, token: token)
        #expect(answer.status == .serviceUnavailable)
        let said = town.log.lines.joined() + String(decoding: answer.body, as: UTF8.self)
        #expect(!said.contains(token) && !said.contains(key))
        #expect(await !town.live.metrics().contains(token))
    }
}
