import Testing
import TransitModel

@testable import Evaluation

struct CSVFieldTests {
    @Test(
        arguments: [
            ("K1", "K1"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
        ]
    )
    func `only what needs quotes gets them`(text: String, field: String) {
        #expect(String(decoding: CSVField.bytes(text), as: UTF8.self) == field)
    }

    @Test(arguments: [0, 7, 10, 99, 100, 1_700_000_000, -5, .min, .max])
    func `a number is written as its digits`(number: Int64) {
        var bytes: [UInt8] = []
        bytes.append(decimal: number)
        #expect(String(decoding: bytes, as: UTF8.self) == "\(number)")
    }

    @Test(arguments: [0, 3599, 21_605, 90_061])
    func `a time is written as the timetable writes it`(seconds: Int) {
        var bytes: [UInt8] = []
        bytes.append(time: ServiceTime(seconds))
        #expect(String(decoding: bytes, as: UTF8.self) == ServiceTime(seconds).text)
    }
}
