import TransitModel

extension NetworkCompiler {
    /// Reads what the feed says of itself, if it does.
    mutating func readFeedInfo() throws(ScheduleError) {
        guard var table = try open(.feedInfo) else { return }
        while table.next() {
            if parts.version.isEmpty { parts.version = table.text(.feedVersion) }
            for column in FeedFile.feedInfo.requiredColumns {
                table.expect(column, otherwise: "riders do not learn whose timetable this is")
            }
            checkPeriod(table)
        }
        close(table)
    }

    private func checkPeriod(_ table: borrowing TableReader) {
        let start = table.date(.feedStartDate, otherwise: "not used")
        guard let end = table.date(.feedEndDate, otherwise: "not used") else { return }
        if let start, end < start {
            table.report(.rangeOutOfOrder, in: .feedEndDate, "is before feed_start_date; not used")
        }
        guard let today else { return }
        if end <= today + 7 {
            table.report(
                .feedExpiresIn7Days, in: .feedEndDate,
                end < today
                    ? "the timetable has ended; publish the next one"
                    : "the timetable ends within a week; publish the next one")
        } else if end <= today + 30 {
            table.report(
                .feedExpiresIn30Days, in: .feedEndDate,
                "the timetable ends within a month; publish the next one soon")
        }
    }
}
