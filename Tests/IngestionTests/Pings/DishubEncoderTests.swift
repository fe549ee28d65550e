import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Dishub encoder` {
    private let ping = Ping(
        vehicleID: "46",
        timestamp: Timestamp(unix: 1_782_087_271),
        receivedAt: arrival,
        coordinate: Coordinate(latitude: -0.934401, longitude: 100.398153),
        speed: 7.5,
        routeID: "K6",
        directionText: "Unand"
    )

    @Test func `a frame looks as the transport office sends it`() {
        #expect(
            DishubEncoder().encode([ping])
                == #"{"type":"allBusLocation","data":[{"bus":"46","latitude":"100.398153","#
                + #""longitude":"-0.934401","corridor":"K6","speed":"27","route":"Unand","#
                + #""direct":"Unand","last_update":"2026-06-22 07:14:31"}]}"#
        )
    }

    @Test(arguments: [true, false], [0.0, 25_200])
    func `what is encoded is decoded`(isSwapped: Bool, zone: Double) {
        var decoder = DishubDecoder(settings: WireSettings(zoneOffset: zone))
        let text = DishubEncoder(isSwapped: isSwapped, zoneOffset: zone).encode([ping])
        #expect(decoder.decode(text, receivedAt: arrival).pings == [ping])
    }

    @Test func `absent values are empty texts and odd ones are escaped`() {
        var odd = ping
        (odd.speed, odd.routeID) = (nil, nil)
        odd.directionText = "Pasar \"Raya\"\n\\ Ünand"
        var decoder = DishubDecoder()
        let text = DishubEncoder().encode([odd])
        #expect(text.contains(#""corridor":"","speed":"""#))
        #expect(!text.contains("\n"))
        #expect(decoder.decode(text, receivedAt: arrival).pings.count == 1)
    }

    @Test func `no buses are an empty fleet`() {
        var decoder = DishubDecoder()
        #expect(decoder.decode(DishubEncoder().encode([]), receivedAt: arrival).isFleet)
    }
}
