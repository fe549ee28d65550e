import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Vehicle positions` {
    private typealias Wire = ProtobufWire

    /// What Google's own bindings for Python wrote, of five entities: bus 46 with all fields, one
    /// with a label only and no time, a deleted one, one without a vehicle, and a trip update.
    private static let written = """
        0a0b0a03322e3018e6fce1d10612550a016122500a0e0a064b362d302d312a024b363001121d0de7346fbf15dbcb\
        c8421d008054432100000000008028402d0000f0401807200128e1fce1d10630013a03545031420c0a0234361206\
        54502d3034364802121c0a01622217120a0d666666bf15cdccc842420912074241203730343112180a0163100122\
        11120a0d666666bf15cdccc84242030a013812110a0164220c120a0d666666bf15cdccc842120a0a01651a050a03\
        0a0178
        """

    private static func bytes(ofHex text: String) -> [UInt8] {
        var digits = text[...]
        var bytes: [UInt8] = []
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return bytes
    }

    private func decode(
        _ parts: [UInt8]..., settings: WireSettings = WireSettings()
    ) throws -> VehiclePositions {
        try VehiclePositionsDecoder.decode(
            parts.flatMap(\.self), settings: settings, receivedAt: arrival)
    }

    private func header(_ fields: [UInt8]...) -> [UInt8] {
        Wire.message(1, Wire.text(1, "2.0"), fields.flatMap(\.self))
    }

    private func bus(_ id: String = "46", _ fields: [UInt8]..., at time: UInt64 = 0) -> [UInt8] {
        Wire.message(
            2, Wire.text(1, "e\(id)"),
            Wire.message(
                4, Wire.message(8, Wire.text(1, id)), place(-0.9, 100.4),
                time == 0 ? [] : Wire.number(5, time), fields.flatMap(\.self)))
    }

    private func place(_ latitude: Float, _ longitude: Float, _ fields: [UInt8]...) -> [UInt8] {
        Wire.message(
            2, Wire.float(1, latitude), Wire.float(2, longitude), fields.flatMap(\.self))
    }

    @Test func `what Google's bindings write is read in full`() throws {
        let positions = try decode(Self.bytes(ofHex: Self.written))
        #expect(positions.madeAt == Timestamp(unix: 1_782_087_270))
        #expect(positions.batch.pings.map(\.vehicleID) == ["46", "BA 7041"])
        let ping = positions.batch.pings[0]
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_265))
        #expect(ping.receivedAt == arrival)
        #expect(abs(ping.coordinate.latitude + 0.934401) < 1e-6)
        #expect(abs(ping.coordinate.longitude - 100.398153) < 1e-5)
        #expect(ping.bearing == 212.5)
        #expect(ping.speed == 7.5)
        #expect(ping.tripID == "K6-0-1")
        #expect(ping.routeID == "K6")
        #expect(ping.directionID == 1)
        #expect(ping.occupancy == .fewSeatsAvailable)
        #expect(positions.batch.pings[1].timestamp == Timestamp(unix: 1_782_087_270))
        #expect(positions.batch.rejections.map(\.index) == [3])
        #expect(
            positions.batch.rejections.first?.reason.description.contains("vehicle.id") == true)
    }

    @Test func `a vehicle without an id goes by its label, or else by its plate`() throws {
        func entity(_ vehicle: [UInt8]...) -> [UInt8] {
            Wire.message(
                2, Wire.message(4, Wire.message(8, vehicle.flatMap(\.self)), place(-0.9, 100.4)))
        }
        let positions = try decode(
            header(), entity(Wire.text(2, "12"), Wire.text(3, "BA 1")),
            entity(Wire.text(3, "BA 2")), entity(Wire.text(1, " "), Wire.text(3, "BA 3")))
        #expect(positions.batch.pings.map(\.vehicleID) == ["12", "BA 2", "BA 3"])
    }

    @Test func `the time is the vehicle's, or else the feed's, or else that of receipt`() throws {
        let stamped = header(Wire.number(3, 1_782_087_270))
        let own = bus(at: 1_782_087_261)
        #expect(try decode(stamped, own).batch.pings[0].timestamp == arrival - 19)
        #expect(try decode(stamped, bus()).batch.pings[0].timestamp == arrival - 10)
        #expect(try decode(header(), bus()).batch.pings[0].timestamp == arrival)
        #expect(try decode(own, stamped).batch.pings[0].timestamp == arrival - 19)
    }

    @Test func `a feed's time that cannot be right is none`() throws {
        let positions = try decode(header(Wire.number(3, 17)), bus())
        #expect(positions.madeAt == nil)
        #expect(positions.batch.pings[0].timestamp == arrival)
    }

    @Test func `milliseconds are understood`() throws {
        #expect(
            try decode(header(), bus(at: 1_782_087_261_500)).batch.pings[0].timestamp
                == Timestamp(1_782_087_261.5))
    }

    @Test func `the same vehicle and time twice is one, and the oldest stands first`() throws {
        let positions = try decode(
            header(), bus("7", at: 1_782_087_270), bus("46", at: 1_782_087_261),
            bus("7", at: 1_782_087_270), bus("7", at: 1_782_087_265))
        #expect(positions.batch.pings.map(\.vehicleID) == ["46", "7", "7"])
        #expect(positions.batch.pings.map { arrival - $0.timestamp } == [19, 15, 10])
        #expect(positions.duplicates == 1)
    }

    @Test func `deleted entities and other kinds give nothing`() throws {
        let deleted = Wire.message(
            2, Wire.number(2, 1), Wire.message(4, Wire.message(8, Wire.text(1, "8"))))
        let update = Wire.message(2, Wire.message(3, Wire.message(1, Wire.text(1, "t"))))
        #expect(try decode(header(), deleted, update).batch == PingBatch())
    }

    @Test func `hints that make no sense are left out`() throws {
        let trip = Wire.message(
            1, Wire.text(1, String(repeating: "x", count: 200)), Wire.number(6, 5))
        let odd = Wire.message(
            2,
            Wire.message(
                4, trip, Wire.message(8, Wire.text(1, "46")),
                place(-0.9, 100.4, Wire.float(3, .nan), Wire.float(5, -1)), Wire.number(9, 99)))
        let ping = try #require(try decode(header(), odd).batch.pings.first)
        #expect(ping.tripID == nil && ping.directionID == nil && ping.occupancy == nil)
        #expect(ping.bearing == nil && ping.speed == nil)
    }

    @Test(
        arguments: [
            (0, 0), (91, 100), (-0.9, 181), (Float.nan, 100), (-0.9, .infinity),
        ] as [(Float, Float)])
    func `a place that is none is a rejection`(latitude: Float, longitude: Float) throws {
        let entity = Wire.message(
            2, Wire.message(4, Wire.message(8, Wire.text(1, "46")), place(latitude, longitude)))
        let batch = try decode(header(), entity).batch
        #expect(batch.pings.isEmpty)
        #expect(batch.rejections.count == 1)
    }

    @Test(arguments: [17, 1_900_000_000, UInt64.max])
    func `a time that cannot be right is a rejection`(time: UInt64) throws {
        let batch = try decode(header(), bus(at: time)).batch
        #expect(batch.pings.isEmpty)
        #expect(batch.rejections.first?.reason.description.contains("timestamp") == true)
    }

    @Test func `unit and order are settings of the source`() throws {
        let entity = Wire.message(
            2,
            Wire.message(
                4, Wire.message(8, Wire.text(1, "46")), place(100.5, -0.5, Wire.float(5, 36))))
        let settings = try WireSettings("speed=kmh,swapped")
        let ping = try #require(
            try decode(header(), entity, settings: settings).batch.pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.5, longitude: 100.5))
        #expect(abs((ping.speed ?? 0) - 10) < 1e-9)
    }

    @Test(arguments: ["", "<html>Bad gateway</html>", "{\"entity\":[]}", "\u{8}\u{1}"])
    func `what is no feed is an error`(text: String) {
        #expect(throws: PingFault.self) { try decode(Array(text.utf8)) }
    }

    @Test func `an empty feed is a feed`() throws {
        #expect(try decode(header()) == VehiclePositions())
    }

    @Test func `more entities than any fleet has are an error`() {
        let many = (0...100_000).flatMap { _ in Wire.message(2, Wire.message(4)) }
        let fault = #expect(throws: PingFault.self) { try decode(header(), many) }
        #expect(fault?.description.contains("100000") == true)
    }

    @Test(arguments: 0..<500)
    func `whatever is broken in a feed, no unsound ping comes out`(seed: UInt64) {
        let broken = mangled(Self.bytes(ofHex: Self.written), seed: seed)
        let pings = (try? decode(broken).batch.pings) ?? []
        #expect(pings.allSatisfy(isSound), "seed \(seed)")
    }
}
