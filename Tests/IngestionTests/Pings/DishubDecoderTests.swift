import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Dishub decoder` {
    /// The frames of the notes on the live feed, the first received at `arrival`.
    private let frames = [
        """
        {"type": "allBusLocation", "data": [{"bus": "46", "latitude": "100.398153", "longitude": \
        "-0.934401", "corridor": "K6", "speed": "27", "route": "Pasar Raya - Unand", "direct": \
        "Unand", "last_update": "2026-06-22 07:14:31"}, {"bus": "7", "latitude": "100.361225", \
        "longitude": "-0.936791", "corridor": "K1", "speed": "0", "route": "Pasar Raya - Batas \
        Kota", "direct": "Pasar Raya", "last_update": "2026-06-22 07:14:30"}, {"bus": "31", \
        "latitude": "100.398093", "longitude": "-0.926781", "corridor": "K4", "speed": "0", \
        "route": "Teluk Bayur - Terminal Anak Air", "direct": "", "last_update": \
        "2026-06-21 19:22:05"}]}
        """,
        """
        {"type": "allBusLocation", "data": [{"bus": "46", "latitude": "100.398402", "longitude": \
        "-0.934310", "corridor": "K6", "speed": "29", "route": "Pasar Raya - Unand", "direct": \
        "Unand", "last_update": "2026-06-22 07:14:33"}, {"bus": "7", "latitude": "0", \
        "longitude": "0", "corridor": "K1", "speed": "", "route": "Pasar Raya - Batas Kota", \
        "direct": "Pasar Raya", "last_update": "2026-06-22 07:14:32"}]}
        """,
        #"{"type": "pong"}"#,
    ]

    private func bus(_ changes: [String: String?] = [:], id: String = "46") -> String {
        var fields: [String: String] = [
            "bus": #""\#(id)""#, "latitude": #""100.398153""#, "longitude": #""-0.934401""#,
            "corridor": #""K6""#, "speed": #""27""#, "route": #""Pasar Raya - Unand""#,
            "direct": #""Unand""#, "last_update": #""2026-06-22 07:14:31""#,
        ]
        for (name, value) in changes { fields[name] = value }
        let body = fields.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }
        return "{\(body.joined(separator: ","))}"
    }

    private func frame(_ buses: String...) -> String {
        #"{"type":"allBusLocation","data":[\#(buses.joined(separator: ","))]}"#
    }

    private func decodeOne(_ changes: [String: String?]) -> DishubFrame {
        var decoder = DishubDecoder()
        return decoder.decode(frame(bus(changes)), receivedAt: arrival)
    }

    @Test func `the frames of the notes give the pings they should`() throws {
        var decoder = DishubDecoder()
        let first = decoder.decode(frames[0], receivedAt: arrival)
        #expect(first.isFleet)
        #expect(first.vehiclesSeen == ["46", "7", "31"])
        #expect(first.notices == [:])
        let moving = try #require(first.pings.first)
        #expect(moving.vehicleID == "46")
        #expect(moving.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(moving.timestamp == Timestamp(unix: 1_782_087_271))
        #expect(moving.receivedAt == arrival)
        #expect(moving.speed == 7.5)
        #expect(moving.routeID == "K6")
        #expect(moving.directionText == "Unand")
        #expect(first.pings[2].directionText == "Teluk Bayur - Terminal Anak Air")
        #expect(arrival - first.pings[2].timestamp > 11 * 3600)

        let second = decoder.decode(frames[1], receivedAt: arrival + 2)
        #expect(second.pings.map(\.vehicleID) == ["46"])
        #expect(second.vehiclesSeen == ["46", "7"])
        #expect(second.notices == [.noFix: 1])

        let third = decoder.decode(frames[2], receivedAt: arrival + 4)
        #expect(!third.isFleet)
        #expect(third.notices == [.otherMessage: 1])
    }

    @Test func `a fix that comes again is dropped until its time moves`() {
        var decoder = DishubDecoder()
        _ = decoder.decode(frame(bus()), receivedAt: arrival)
        for second in 1...5 {
            let again = decoder.decode(frame(bus()), receivedAt: arrival + Double(2 * second))
            #expect(again.pings.isEmpty)
            #expect(again.notices == [.repeated: 1])
            #expect(again.vehiclesSeen == ["46"])
        }
        let moved = ["last_update": #""2026-06-22 07:14:43""#]
        #expect(decoder.decode(frame(bus(moved)), receivedAt: arrival + 12).pings.count == 1)
    }

    @Test func `latitude and longitude are taken the way round that fits, and a change is told`() {
        var decoder = DishubDecoder()
        let straight = bus([
            "latitude": "-0.934401", "longitude": "100.398153",
            "last_update": #""2026-06-22 07:14:35""#,
        ])
        #expect(decoder.decode(frame(bus()), receivedAt: arrival).notices == [:])
        let mended = decoder.decode(frame(straight), receivedAt: arrival)
        #expect(mended.notices == [.otherOrder: 1])
        #expect(
            mended.pings.first?.coordinate
                == Coordinate(latitude: -0.934401, longitude: 100.398153)
        )
        #expect(!decoder.isSwapped)
        let back = bus(["last_update": #""2026-06-22 07:14:37""#])
        #expect(decoder.decode(frame(back), receivedAt: arrival).notices == [.otherOrder: 1])
    }

    @Test func `the area is an argument`() {
        let jakarta = BoundingBox(latitudes: -6.4 ... -6.0, longitudes: 106.6...107)
        var decoder = DishubDecoder(area: jakarta)
        let there = bus(["latitude": "106.8", "longitude": "-6.2"])
        let frame = decoder.decode(frame(there, bus(id: "7")), receivedAt: arrival)
        #expect(frame.pings.map(\.vehicleID) == ["46"])
        #expect(frame.notices == [.outsideArea: 1])
    }

    @Test(arguments: [#""""#, "null", nil, "true", "[]", #""fast""#])
    func `a speed that is none is unknown`(value: String?) {
        #expect(decodeOne(["speed": value]).pings.first?.speed == .some(nil))
    }

    @Test func `numbers may be numbers, texts, or texts with a comma`() throws {
        let odd: [String: String?] = [
            "bus": "46", "latitude": "100.398153", "longitude": #""-0,934401""#,
            "speed": #""28,8""#,
        ]
        let ping = try #require(decodeOne(odd).pings.first)
        #expect(ping.vehicleID == "46")
        #expect(ping.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(ping.speed == 8)
    }

    @Test func `an id loses its blanks and nothing else`() {
        #expect(decodeOne(["bus": #"" 046 ""#]).pings.first?.vehicleID == "046")
    }

    @Test(arguments: [#""""#, "null", nil, "{}"])
    func `an entry that names no bus is counted`(value: String?) {
        let frame = decodeOne(["bus": value])
        #expect(frame.notices == [.noVehicle: 1])
        #expect(frame.vehiclesSeen == [])
    }

    @Test(arguments: [#""0""#, #""""#, nil, "null", #""-""#, #""nan""#])
    func `a bus without a fix is seen but gives no ping`(value: String?) {
        let frame = decodeOne(["latitude": value])
        #expect(frame.pings.isEmpty)
        #expect(frame.notices == [.noFix: 1])
        #expect(frame.vehiclesSeen == ["46"])
    }

    @Test func `corridor, direction and route may be missing`() throws {
        let ping = try #require(
            decodeOne(["corridor": nil, "direct": nil, "route": nil])
                .pings.first
        )
        #expect(ping.routeID == nil)
        #expect(ping.directionText == nil)
    }

    @Test(arguments: [
        "", "hello", "{", "[]", "5", #"{"type":"allBusLocation"}"#,
        #"{"type":"allBusLocation","data":{}}"#, #"{"type":"pong","data":[]}"#, "{\"type\":7}",
    ])
    func `any other message is a notice and no ping`(text: String) {
        var decoder = DishubDecoder()
        let frame = decoder.decode(text, receivedAt: arrival)
        #expect(frame.pings.isEmpty)
        #expect(!frame.isFleet)
        #expect(frame.notices[.notJSON, default: 0] + frame.notices[.otherMessage, default: 0] == 1)
    }

    @Test func `an empty fleet is a fleet`() {
        var decoder = DishubDecoder()
        let frame = decoder.decode(frame(), receivedAt: arrival)
        #expect(frame.isFleet)
        #expect(frame.notices == [:])
    }

    @Test(arguments: 0..<300)
    func `whatever is broken in a frame, no unsound ping comes out`(seed: UInt64) {
        var decoder = DishubDecoder()
        let broken = mangled(bytes(frames[Int(seed % 2)]), seed: seed)
        let frame = decoder.decode(String(decoding: broken, as: UTF8.self), receivedAt: arrival)
        #expect(frame.pings.allSatisfy(isSound), "seed \(seed)")
        #expect(
            frame.pings.allSatisfy { BoundingBox.padang.contains($0.coordinate) },
            "seed \(seed)"
        )
    }
}
