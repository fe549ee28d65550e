import Testing

@testable import Ingestion

@Suite struct NoticeTests {
    @Test func `a notice reads as an address and a sentence`() {
        let notice = Notice(
            severity: .error,
            code: "invalid_time",
            file: "stop_times.txt",
            line: 1042,
            column: "departure_time",
            value: "25:61:00",
            message: "is not a time"
        )
        #expect(
            notice.description == #"stop_times.txt:1042 departure_time "25:61:00": is not a time"#
        )
    }

    @Test func `a value with a newline stays on one line`() {
        let notice = Notice(
            severity: .info,
            code: "x",
            file: "f.txt",
            value: "a\nb",
            message: "m"
        )
        #expect(notice.description == #"f.txt "a\nb": m"#)
    }

    @Test func `an error names the feed, the last error and how many more there are`() {
        let first = Notice(severity: .error, code: "x", file: "a.txt", message: "one")
        let second = Notice(severity: .error, code: "y", file: "b.txt", message: "two")
        let error = ScheduleError(path: "feed.zip", notices: [first, second])
        #expect(error.description == "feed.zip: b.txt: two (and 1 more error)")
        let more = Notice(
            severity: .error, code: "x", file: "a.txt", message: "7 more of these are not listed",
            unlisted: 7)
        let longer = ScheduleError(path: "feed.zip", notices: [first, second, more])
        #expect(longer.description == "feed.zip: b.txt: two (and 8 more errors)")
        #expect(ScheduleError(path: "p", notices: []).description == "p: not a GTFS feed")
    }

    @Test func `notices of one kind are cut short and counted`() {
        let log = NoticeLog()
        for line in 0..<(NoticeLog.limit + 5) {
            log.report(.invalidTime, file: "f.txt", line: line, "m")
        }
        #expect(log.notices.count == NoticeLog.limit + 1)
        #expect(log.notices.last?.message == "5 more of these are not listed")
    }

    @Test func `a long value is cut`() {
        let log = NoticeLog()
        log.report(.invalidTime, file: "f.txt", value: String(repeating: "x", count: 500), "m")
        #expect(log.notices[0].value?.count == 80)
    }
}
