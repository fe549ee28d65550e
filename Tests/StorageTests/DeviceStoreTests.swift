import Crypto
import Foundation
import Testing
import TransitModel

@testable import Storage

@Suite struct `Device store` {
    let scratch: Scratch
    let database: Database
    let store: DeviceStore

    init() throws {
        scratch = try Scratch()
        database = try scratch.database()
        store = DeviceStore(database)
    }

    private func add(_ id: String, _ vehicle: String) throws -> String {
        try store.add(Device(id: id, vehicleID: vehicle, addedAt: Timestamp(100)))
    }

    private func vehicle(_ token: String) throws -> String? {
        try store.device(token: token.utf8)?.device.vehicleID
    }

    @Test func `a token speaks for its vehicle and no other`() throws {
        let first = try add("phone-1", "46")
        let second = try add("phone-2", "7")
        #expect(try vehicle(first) == "46")
        #expect(try vehicle(second) == "7")
    }

    @Test func `a token is 32 bytes in base64url`() throws {
        let tokens = try (0..<50).map { try add("phone-\($0)", "46") }
        #expect(Set(tokens).count == 50)
        for token in tokens {
            #expect(token.utf8.count == 43)
            #expect(token.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil)
        }
    }

    @Test func `a token is nowhere on the disk`() throws {
        let token = try add("phone-1", "46")
        for suffix in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: database.path + suffix))
            #expect(bytes.firstRange(of: Data(token.utf8)) == nil)
        }
    }

    @Test(arguments: 0..<20)
    func `a token with one character changed is unknown`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var token = Array(try add("phone-1", "46"))
        let place = Int.random(in: 0..<42, using: &generator)
        token[place] = token[place] == "A" ? "B" : "A"
        #expect(try vehicle(String(token)) == nil)
        #expect(try vehicle(String(token.dropLast())) == nil)
        #expect(try vehicle("") == nil)
    }

    @Test func `a revoked device is unknown from then on`() throws {
        let token = try add("phone-1", "46")
        #expect(try store.revoke(id: "phone-1", at: Timestamp(200)))
        #expect(try vehicle(token) == nil)
        #expect(try !store.revoke(id: "phone-1", at: Timestamp(300)))
        #expect(try !store.revoke(id: "phone-9", at: Timestamp(300)))
        #expect(try store.list().first?.revokedAt == Timestamp(200))
    }

    @Test func `an id in force cannot be added again`() throws {
        let token = try add("phone-1", "46")
        let fault = #expect(throws: StorageFault.self) { try add("phone-1", "7") }
        #expect(fault?.kind == .refused)
        #expect(try vehicle(token) == "46")
    }

    @Test func `a revoked id may come back with a new token`() throws {
        let old = try add("phone-1", "46")
        _ = try store.revoke(id: "phone-1", at: Timestamp(200))
        let new = try add("phone-1", "7")
        #expect(try vehicle(old) == nil)
        #expect(try vehicle(new) == "7")
        #expect(try store.list().map(\.revokedAt) == [nil])
    }

    @Test func `the list is by id and holds no secrets`() throws {
        _ = try add("b", "7")
        _ = try add("a", "46")
        let list = try store.list()
        #expect(list.map(\.id) == ["a", "b"])
        #expect(list.map(\.vehicleID) == ["46", "7"])
        #expect(list.allSatisfy { $0.addedAt == Timestamp(100) })
    }

    @Test func `a gateway has no vehicle, and its trackers' vehicles are known`() throws {
        let token = try store.add(
            Device(id: "traccar", vehicleID: nil, wire: "speed=kmh", addedAt: Timestamp(100)))
        _ = try add("358899051234567", "46")
        let gateway = try #require(try store.device(token: token.utf8)?.device)
        #expect(gateway.vehicleID == nil)
        #expect(gateway.wire == "speed=kmh")
        #expect(try store.knows(vehicleID: "46"))
        #expect(try !store.knows(vehicleID: "7"))
        #expect(try store.device(id: "358899051234567")?.device.vehicleID == "46")
        _ = try store.revoke(id: "358899051234567", at: Timestamp(200))
        #expect(try !store.knows(vehicleID: "46"))
        #expect(try store.device(id: "358899051234567") == nil)
    }

    @Test func `the key of a device that signs verifies its signatures and is no token`() throws {
        let secret = try store.add(
            Device(id: "modem", vehicleID: "46", isSigning: true, addedAt: Timestamp(100)))
        let key = try #require(try store.device(id: "modem")?.signingKey)
        let message = Array("POST\n/ingest/v1/pings\n1\n1\n{}".utf8)
        let code = HMAC<SHA256>.authenticationCode(
            for: message, using: SymmetricKey(data: Data(secret.utf8)))
        #expect(key.verifies(Array(code), of: message))
        #expect(!key.verifies(Array(code), of: message + [0]))
        #expect(!key.verifies(Array(code.dropLast()), of: message))
        #expect(!key.verifies([UInt8](), of: message))
        #expect(try vehicle(secret) == nil)
    }

    @Test func `who is known goes on being known when the disk fails`() throws {
        let token = try add("phone-1", "46")
        #expect(try vehicle(token) == "46")
        try database.close()
        #expect(try vehicle(token) == "46")
        #expect(try vehicle("wrong") == nil)
    }
}
