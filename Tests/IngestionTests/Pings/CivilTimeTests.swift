import Testing
import TransitModel

@testable import Ingestion

@Suite struct `Civil time` {
    @Test(arguments: [
        ("2026-06-22 07:14:31", 1_782_112_471.0, Double?.none),
        ("2026-06-22T07:14:31", 1_782_112_471, nil), ("2026-06-22T07:14:31Z", 1_782_112_471, 0),
        ("2026-06-22T07:14:31+07", 1_782_112_471, 25_200),
        ("2026-06-22T07:14:31-0330", 1_782_112_471, -12_600),
        ("2026-06-22T07:14:31.25+07:00", 1_782_112_471.25, 25_200),
        ("2024-02-29 00:00:00", 1_709_164_800, nil), ("1970-01-01 00:00:00", 0, nil),
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
    ])
    func `dates and times are read with the offset they give`(
        text: String,
        seconds: Double,
        offset: Double?
    ) throws {
        let civil = try #require(CivilTime(text))
        #expect(abs(civil.seconds - seconds) < 1e-6)
        #expect(civil.offset == offset)
    }

    @Test(arguments: [
        "", "2026-06-22", "2026-06-22 07:14", "2026-6-22 07:14:31", "2026-02-29 07:14:31",
        "2026-06-22 24:00:00", "2026-06-22 07:60:00", "2026-06-22 07:14:31 ",
        "2026-06-22 07:14:31+7", "2026-06-22 07:14:31+07:0", "2026-06-22 07:14:31+15:00",
        "2026-06-22  07:14:31", "22-06-2026 07:14:31", "0000-00-00 00:00:00", "+026-06-22 07:14:31",
    ])
    func `anything else is no time`(text: String) {
        #expect(CivilTime(text) == nil)
    }

    @Test func `the zone given counts only where the text has none`() {
        let bare = CivilTime("2026-06-22 07:14:31")?.moment(zoneOffset: 25_200)
        #expect(bare == Timestamp(unix: 1_782_087_271))
        let zoned = CivilTime("2026-06-22T00:14:31Z")?.moment(zoneOffset: 25_200)
        #expect(zoned == bare)
    }

    @Test(arguments: 0..<200)
    func `what is written is read`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let moment = Timestamp(unix: Int64.random(in: 0...4_000_000_000, using: &numbers))
        let zone = Double(Int.random(in: -12...14, using: &numbers) * 3600)
        let text = moment.civilText(zoneOffset: zone)
        #expect(CivilTime(text)?.moment(zoneOffset: zone) == moment, "seed \(seed): \(text)")
        #expect(CivilTime(moment.isoText)?.moment(zoneOffset: 99) == moment, "seed \(seed)")
    }

    @Test func `numbers too great for seconds are milliseconds`() {
        #expect(Timestamp(epoch: 1_782_087_271) == Timestamp(unix: 1_782_087_271))
        #expect(Timestamp(epoch: 1_782_087_271_500) == Timestamp(1_782_087_271.5))
    }

    @Test func `a moment out of all calendars is shown as its seconds`() {
        #expect(Timestamp(1e30).isoText == "1e+30Z")
    }
}
