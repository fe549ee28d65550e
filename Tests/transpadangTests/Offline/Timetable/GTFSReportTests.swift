import Foundation
import Ingestion
import Testing

@testable import transpadang

struct GTFSReportTests {
    private func object(_ report: GTFSReport) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(report.timetableJSON().utf8))
        return try #require(json as? [String: Any])
    }

    @Test func `JSON has the summary, the rows of each file and every notice`() throws {
        let stops = try #require(Village.files["stops.txt"]) + "\nlost,Lost,0,100,0,nowhere"
        let load = try Village.load(["stops.txt": stops])
        let json = try object(GTFSReport(load.notices, load, today: try Village.january(7)))
        #expect(json["usable"] as? Bool == true)
        #expect(json["version"] as? String == "v7")
        #expect(json["time_zone"] as? String == "Asia/Jakarta")
        #expect((json["counts"] as? [String: Int])?["stop_times"] == 12)
        #expect((json["service"] as? [String: Any])?["first_day"] as? String == "20260106")
        #expect((json["rows"] as? [String: Int])?["stops.txt"] == 6)
        let notice = try #require((json["notices"] as? [[String: Any]])?.first)
        #expect(notice["code"] as? String == "foreign_key_violation")
        #expect(notice["effect"] as? String == "texts_wrong")
        #expect(notice["line"] as? Int == 7)
        #expect(notice["column"] as? String == "parent_station")
        #expect(notice["value"] as? String == "nowhere")
    }

    @Test func `a feed that cannot be used is said to be so, with the reason`() throws {
        let reason = Notice(
            severity: .error, code: "missing_required_file", file: "stops.txt",
            message: "is missing")
        let report = GTFSReport([reason], nil)
        #expect(try object(report)["usable"] as? Bool == false)
        #expect(
            report.text == """
                This feed cannot be used.

                The feed cannot be used:
                  error missing_required_file
                    stops.txt: is missing

                1 error, 0 warnings, 0 notes.
                """)
    }

    @Test func `what is not there is unreachable, what cannot be used is a finding`() {
        let missing = CommandFault.refusal(of: "/nowhere/at-all.zip", [])
        #expect(missing.kind == .unreachable)
        let reason = Notice(
            severity: .error, code: "archive_unreadable", file: "GTFSReportTests.swift",
            message: "is no zip archive")
        let refused = CommandFault.refusal(of: #filePath, [reason])
        #expect(refused.kind == .findings)
        #expect(refused.description == "\(#filePath): is no zip archive")
    }
}
