import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Dishub clock` {
    private let hour = 3600.0

    /// A frame with so many buses whose fixes were taken `age` seconds before `arrival + time`.
    private func frame(
        _ buses: Int = 4,
        at time: Double = 0,
        age: Double = 3,
        speed: Double = 8,
        zone: Double = 25_200
    ) -> String {
        DishubEncoder(zoneOffset: zone).encode(
            (0..<buses).map { bus in
                Ping(
                    vehicleID: "\(bus)",
                    timestamp: arrival + time - age - Double(bus),
                    receivedAt: arrival + time,
                    coordinate: Coordinate(latitude: -0.93, longitude: 100.39),
                    speed: speed
                )
            }
        )
    }

    private func one(_ lastUpdate: String) -> (frame: DishubFrame, time: Timestamp?) {
        var decoder = DishubDecoder()
        let text =
            #"{"type":"allBusLocation","data":[{"bus":"46","latitude":"100.4","#
            + #""longitude":"-0.9","speed":"27","last_update":\#(lastUpdate)}]}"#
        let frame = decoder.decode(text, receivedAt: arrival)
        return (frame, frame.pings.first?.timestamp)
    }

    @Test(arguments: [
        #""2026-06-22 07:14:31""#, #""2026-06-22T07:14:31+07:00""#, #""2026-06-22T00:14:31.000Z""#,
        #""1782087271""#, "1782087271", "1782087271000", #""1782087271000""#,
    ])
    func `every likely way to write a time is read`(text: String) {
        let (frame, time) = one(text)
        #expect(time == Timestamp(unix: 1_782_087_271))
        #expect(frame.notices == [:])
    }

    @Test(arguments: [
        #""0000-00-00 00:00:00""#, #""1970-01-01 07:00:00""#, #""2099-01-01 00:00:00""#,
        #""just now""#, "null", #""""#, "true", "-5", "1e300", #""inf""#,
    ])
    func `where the time cannot be true the time of receipt stands in and it is told`(
        text: String
    ) {
        let (frame, time) = one(text)
        #expect(time == arrival)
        #expect(frame.notices == [.unreadableTime: 1])
    }

    @Test func `driving buses that are seven hours off mean that times are in UTC`() {
        var decoder = DishubDecoder()
        let frame = decoder.decode(frame(zone: 0), receivedAt: arrival)
        #expect(frame.notices == [.wrongZone: 1])
        #expect(frame.pings.map { arrival - $0.timestamp } == [3, 4, 5, 6])
        #expect(decoder.zoneOffset == 0)
        let next = decoder.decode(self.frame(at: 2, zone: 0), receivedAt: arrival + 2)
        #expect(next.notices == [:])
        #expect(next.pings.count == 4)
    }

    @Test func `one bus whose time moves is enough, even at rest`() {
        var decoder = DishubDecoder()
        let first = decoder.decode(frame(1, speed: 0, zone: 0), receivedAt: arrival)
        #expect(first.notices == [:])
        let second = decoder.decode(frame(1, at: 2, speed: 0, zone: 0), receivedAt: arrival + 2)
        #expect(second.notices == [.wrongZone: 1])
        #expect(second.pings.map { arrival + 2 - $0.timestamp } == [3])
    }

    @Test func `buses parked for seven hours are parked, in whatever frame`() {
        var decoder = DishubDecoder()
        let parked = frame(40, age: 7 * hour, speed: 0)
        for second in 0..<10 {
            let frame = decoder.decode(parked, receivedAt: arrival + Double(2 * second))
            #expect(frame.notices[.wrongZone] == nil)
        }
        #expect(decoder.zoneOffset == 25_200)
    }

    @Test func `one straggler does not turn the clock of the fleet`() {
        var decoder = DishubDecoder()
        _ = decoder.decode(frame(4), receivedAt: arrival)
        let straggler = frame(5, at: 2).replacing(
            #""bus":"4""#,
            with: #""bus":"late""#
        )
        _ = decoder.decode(straggler, receivedAt: arrival + 2)
        #expect(decoder.zoneOffset == 25_200)
    }

    @Test(arguments: [0.0, 28_800, 32_400])
    func `a clock set wrong finds the zone of Padang`(zone: Double) {
        var decoder = DishubDecoder(settings: WireSettings(zoneOffset: zone))
        let frame = decoder.decode(frame(), receivedAt: arrival)
        #expect(frame.notices == [.wrongZone: 1])
        #expect(decoder.zoneOffset == 25_200)
    }

    @Test func `a zone that changes back is followed back`() {
        var decoder = DishubDecoder()
        _ = decoder.decode(frame(zone: 0), receivedAt: arrival)
        let back = decoder.decode(frame(at: 2), receivedAt: arrival + 2)
        #expect(back.notices == [.wrongZone: 1])
        #expect(back.pings.allSatisfy { arrival + 2 - $0.timestamp < 10 })
    }
}
