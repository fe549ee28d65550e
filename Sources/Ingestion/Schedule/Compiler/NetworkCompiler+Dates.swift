import TransitModel

extension NetworkCompiler {
    /// Days before and after today on which trips are counted; no timetable is longer in earnest.
    private static let horizon = 800

    /// Reports what has run out, or soon will, where it is known which day it is and on which days
    /// trips run.
    func checkDates() {
        checkAnyDay()
        guard let today, incomplete.isDisjoint(with: [.calendar, .calendarDates]) else {
            return
        }
        checkExpired(today)
        checkCoverage(today)
    }

    /// Reports that no trip has a day to run on, whichever day it is.
    private func checkAnyDay() {
        let used = Set(parts.trips.elements.map(\.service))
        guard !used.isEmpty, !used.contains(where: { parts.services[$0].lastDate != nil }) else {
            return
        }
        log.report(
            .noServiceDay, file: FeedFile.trips.rawValue,
            "no trip runs on any day, so that no bus is ever expected; give its services days in "
                + "calendar.txt or calendar_dates.txt")
    }

    private func checkExpired(_ today: ServiceDate) {
        let services = parts.services.elements
        if !calendarLines.isEmpty {
            for (service, line) in zip(services, calendarLines) {
                guard let last = service.lastDate, last < today else { continue }
                log.report(
                    .expiredCalendar, file: FeedFile.calendar.rawValue, line: line,
                    column: .serviceID, value: service.id,
                    "ran for the last time on \(last.text); its trips are not expected any more")
            }
        } else if let last = services.compactMap(\.lastDate).max(), last < today {
            log.report(
                .expiredCalendar, file: FeedFile.calendarDates.rawValue, line: 2, column: .date,
                value: last.text, "is the last day of all services; no trip runs any more")
        }
    }

    /// Most trips must run from today for a week.
    private func checkCoverage(_ today: ServiceDate) {
        guard let period = mainPeriod(around: today),
            period.lowerBound > today || period.upperBound < today + 7
        else { return }
        log.report(
            .tripCoverageNotActive, file: FeedFile.trips.rawValue,
            "most trips run from \(period.lowerBound.text) to \(period.upperBound.text) only, "
                + "which does not cover the next seven days")
    }

    /// The first and the last day with nearly as many trips as on the busiest days, of which the
    /// very busiest are left out.
    private func mainPeriod(around today: ServiceDate) -> ClosedRange<ServiceDate>? {
        let days = tripCounts(around: today)
        let counts = days.map(\.count).sorted()
        guard !counts.isEmpty else { return nil }
        let busiest = counts[max(Int(Double(counts.count) * 0.9), counts.count - 10)]
        let enough = Int(Double(busiest) * 0.75)
        guard let first = days.first(where: { $0.count >= enough }),
            let last = days.last(where: { $0.count >= enough })
        else { return nil }
        return first.date...last.date
    }

    /// How many runs there are on each day that has any.
    private func tripCounts(around today: ServiceDate) -> [(date: ServiceDate, count: Int)] {
        var runs = [Int](repeating: 0, count: parts.services.count)
        for trip in parts.trips.elements { runs[trip.service.position] += trip.runCount }
        var counts = [Int](repeating: 0, count: 2 * Self.horizon + 1)
        let first = today - Self.horizon
        for (service, count) in zip(parts.services.elements, runs) where count > 0 {
            for date in service.dates(in: first...today + Self.horizon) {
                counts[Int(date.dayNumber - first.dayNumber)] += count
            }
        }
        return counts.enumerated().filter { $0.element > 0 }.map { (first + $0.offset, $0.element) }
    }
}

extension Trip {
    /// How many runs a day the trip stands for.
    fileprivate var runCount: Int {
        guard !frequencies.isEmpty else { return 1 }
        return frequencies.reduce(0) { count, frequency in
            count + Int(frequency.end.seconds - frequency.start.seconds) / frequency.headway
        }
    }
}

extension Service {
    /// The dates of a period on which the service runs.
    fileprivate func dates(in range: ClosedRange<ServiceDate>) -> [ServiceDate] {
        let exceptions = added.filter(range.contains)
        guard let period, period.overlaps(range) else { return Array(exceptions) }
        let regular = period.clamped(to: range)
        let days = Int(regular.upperBound.dayNumber - regular.lowerBound.dayNumber)
        return (0...days).map { regular.lowerBound + $0 }
            .filter { isActive(on: $0) && !exceptions.contains($0) } + exceptions
    }
}
