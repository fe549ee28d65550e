import TransitModel

/// A row of `calendar.txt`.
struct CalendarRow {
    let id: Cell
    let service: Service

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.serviceID), table.isGiven(.startDate),
            table.isGiven(.endDate), let start = table.date(.startDate),
            let end = table.date(.endDate)
        else { return nil }
        if end < start {
            table.report(.rangeOutOfOrder, in: .endDate, "is before start_date; no day is in it")
        }
        self.id = id
        service = Service(
            id: table.text(.serviceID),
            weekdays: Self.weekdays(table),
            period: start <= end ? start...end : nil
        )
    }

    private static func weekdays(_ table: borrowing TableReader) -> UInt8 {
        var bits: UInt8 = 0
        var zeros = 0
        for (day, column) in Column.weekdays.enumerated()
        where table.isGiven(column, otherwise: "taken as 0") {
            let value = table.choice(column, of: 0...1, otherwise: "taken as 0")
            if value == 1 { bits |= 1 << UInt8(day) }
            if value == 0 { zeros += 1 }
        }
        if zeros == Column.weekdays.count {
            table.report(
                .serviceWithoutWeekday, in: .serviceID,
                "runs on no day of the week, only on days of calendar_dates.txt if any")
        }
        return bits
    }
}

/// A row of `calendar_dates.txt`.
struct CalendarDateRow {
    let id: Cell
    let date: ServiceDate
    let isAdded: Bool

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.serviceID), table.isGiven(.date),
            table.isGiven(.exceptionType), let date = table.date(.date),
            let type = table.choice(.exceptionType, of: 1...2, otherwise: "the row is dropped")
        else { return nil }
        self.id = id
        self.date = date
        isAdded = type == 1
    }
}

extension NetworkCompiler {
    /// Reads the services of both calendar files, either of which may be missing.
    mutating func readCalendars() throws(ScheduleError) {
        if var table = try open(.calendar) {
            while table.next() {
                if !addCalendar(table) { table.lose() }
                try check(parts.services.count, against: limits.services)
            }
            close(table)
        }
        if var table = try open(.calendarDates) {
            while table.next() {
                if !addDate(table) { table.lose() }
                try check(parts.services.count, against: limits.services)
                try check(table.rowCount, against: limits.serviceDates)
            }
            close(table)
        }
    }

    /// Adds a service; false when the row cannot be used.
    private mutating func addCalendar(_ table: borrowing TableReader) -> Bool {
        guard let row = CalendarRow(table) else { return false }
        guard serviceIDs.insert(row.id, in: table.bytes).isNew else {
            table.report(.duplicateKey, in: .serviceID, "stands twice; the first row is kept")
            return true
        }
        parts.services.elements.append(row.service)
        calendarLines.append(table.line)
        return true
    }

    /// Adds a day to a service, or takes it away; false when the row cannot be used.
    private mutating func addDate(_ table: borrowing TableReader) -> Bool {
        guard let row = CalendarDateRow(table) else { return false }
        let (index, isNew) = serviceIDs.insert(row.id, in: table.bytes)
        if isNew { parts.services.elements.append(Service(id: table.text(.serviceID))) }
        let service = parts.services.elements[index]
        guard !service.added.contains(row.date), !service.removed.contains(row.date) else {
            table.report(
                .duplicateKey,
                in: .date,
                "has two rows for one service; the first is kept"
            )
            return true
        }
        if row.isAdded {
            parts.services.elements[index].added.insert(row.date)
        } else {
            parts.services.elements[index].removed.insert(row.date)
        }
        return true
    }
}
