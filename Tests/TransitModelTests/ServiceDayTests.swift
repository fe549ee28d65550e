import Foundation
import Testing

@testable import TransitModel

struct ServiceDayTests {
    @Test func `an unknown zone is refused`() {
        #expect(ServiceDay(timeZoneName: "Asia/Atlantis") == nil)
    }

    @Test func `Jakarta is seven hours ahead`() throws {
        let day = try #require(ServiceDay(timeZoneName: "Asia/Jakarta"))
        let date = try #require(ServiceDate(text: "20261121"))
        let seven = try #require(ServiceTime(text: "07:00:00"))
        #expect(day.moment(seven, on: date) == Timestamp(unix: 1_795_219_200))
        #expect(day.clock(at: Timestamp(unix: 1_795_219_200)) == "07:00:00")
        #expect(day.date(at: Timestamp(unix: 1_795_219_200 - 7 * 3600 - 1)) == date - 1)
    }

    @Test(arguments: [
        ("America/New_York", "20260308", 1_772_942_400),
        ("America/New_York", "20261101", 1_793_509_200),
        ("Europe/Berlin", "20260329", 1_774_735_200),
    ])
    func `the service day starts twelve hours before noon`(
        zone: String, date: String, origin: Int64
    ) throws {
        let day = try #require(ServiceDay(timeZoneName: zone))
        #expect(day.origin(of: try #require(ServiceDate(text: date))) == Timestamp(unix: origin))
    }

    @Test func `moments and times invert each other on every day of a year`() throws {
        let day = try #require(ServiceDay(timeZoneName: "America/New_York"))
        let first = try #require(ServiceDate(text: "20260101"))
        for offset in 0..<365 {
            let time = ServiceTime(offset * 311 % 100_000)
            let moment = day.moment(time, on: first + offset)
            #expect(day.time(at: moment, on: first + offset) == time)
        }
    }

    @Test(arguments: [
        "Asia/Jakarta", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe",
    ])
    func `clocks read what the system's calendar says, also where a zone changes them`(
        zone: String
    ) throws {
        let day = try #require(ServiceDay(timeZoneName: zone))
        let system = try #require(TimeZone(identifier: zone))
        let start = 1_420_070_400
        for unix in stride(from: start, to: start + 15 * 365 * 86_400, by: 5400) {
            let date = Date(timeIntervalSince1970: Double(unix))
            let local = unix + system.secondsFromGMT(for: date)
            #expect(day.date(at: Timestamp(unix: Int64(unix))).dayNumber == local / 86_400)
            #expect(day.clock(at: Timestamp(unix: Int64(unix))) == ServiceTime(local % 86_400).text)
        }
    }
}
