import Testing

@testable import Ingestion
@testable import transpadang

struct FindingEffectTests {
    private func notice(
        _ code: String, _ file: String, line: Int? = 2, column: String? = nil,
        severity: Notice.Severity = .error
    ) -> Notice {
        Notice(
            severity: severity, code: code, file: file, line: line, column: column,
            message: "is odd")
    }

    @Test func `a code says more than a file, a column more than its file`() {
        #expect(FindingEffect(notice("no_usable_agency", "agency.txt")) == .refused)
        #expect(FindingEffect(notice("foreign_key_violation", "stop_times.txt")) == .serviceMissing)
        let station = notice("foreign_key_violation", "stops.txt", column: "parent_station")
        #expect(FindingEffect(station) == .textsWrong)
        #expect(FindingEffect(notice("unheard_of", "attributions.txt")) == .none)
    }

    @Test func `every code with an effect of its own is one that is reported`() {
        let known = Set(NoticeCode.allCases.map(\.rawValue))
        #expect(FindingEffect.byCode.keys.filter { !known.contains($0) } == [])
    }

    @Test func `what refuses a feed stands first, whatever its column`() {
        let reason = notice("invalid_timezone", "agency.txt", column: "agency_timezone")
        let text = FindingList([notice("empty_row", "stops.txt"), reason], refusal: reason).text
        #expect(text.hasPrefix("The feed cannot be used:\n  error invalid_timezone\n"))
    }

    @Test func `findings stand under what they do, the gravest first`() {
        let notices = [
            notice("empty_row", "stops.txt", severity: .warning),
            notice("stop_too_far_from_shape", "shapes.txt", severity: .warning),
            notice("duplicate_key", "trips.txt", line: 4),
            notice("duplicate_key", "trips.txt", line: 5),
            notice("duplicate_key", "trips.txt", line: 6),
        ]
        #expect(
            FindingList(notices, firstOfEach: 2).text == """
                Trips, stops or days are missing from the service:
                  error duplicate_key
                    trips.txt:4: is odd
                    trips.txt:5: is odd
                    … and 1 more

                Buses are placed less exactly on their lines:
                  warning stop_too_far_from_shape
                    shapes.txt:2: is odd

                No effect on real-time service:
                  warning empty_row
                    stops.txt:2: is odd

                3 errors, 2 warnings, 0 notes.
                """)
    }

    @Test func `findings that the reader only counted are counted here`() throws {
        let colours = (1...1_005).map { "r\($0),v,\($0),,3,none" }
        let routes =
            (["route_id,agency_id,route_short_name,route_long_name,route_type,route_color"]
            + colours).joined(separator: "\n")
        let text = FindingList(try Village.load(["routes.txt": routes]).notices).text
        #expect(text.contains("… and 1,002 more"))
        #expect(text.hasSuffix("1,005 errors, 0 warnings, 0 notes."))
    }

    @Test func `a feed cannot steer the terminal`() {
        let hostile = Notice(
            severity: .error, code: "invalid_time", file: "stop_\u{1B}[2Jtimes.txt",
            message: "is\u{7}odd")
        #expect(
            !(FindingList([hostile]).text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        )
    }
}
