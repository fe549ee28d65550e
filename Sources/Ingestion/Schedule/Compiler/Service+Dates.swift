import TransitModel

extension Service {
    /// The first date on which both services run.
    func firstDate(sharedWith other: Service) -> ServiceDate? {
        let exception = added.union(other.added)
            .filter { isActive(on: $0) && other.isActive(on: $0) }.min()
        return [exception, firstRegularDate(sharedWith: other)].compactMap { $0 }.min()
    }

    /// The last date on which the service runs.
    var lastDate: ServiceDate? {
        [added.max(), lastRegularDate].compactMap { $0 }.max()
    }

    /// No period is walked through for longer than days of it are taken away, and a week.
    private func firstRegularDate(sharedWith other: Service) -> ServiceDate? {
        guard weekdays & other.weekdays & 0x7F != 0, let period, let others = other.period else {
            return nil
        }
        var date = max(period.lowerBound, others.lowerBound)
        while date <= min(period.upperBound, others.upperBound) {
            if isActive(on: date), other.isActive(on: date) { return date }
            date = date + 1
        }
        return nil
    }

    private var lastRegularDate: ServiceDate? {
        guard weekdays & 0x7F != 0, let period else { return nil }
        var date = period.upperBound
        while date >= period.lowerBound {
            if isActive(on: date) { return date }
            date = date - 1
        }
        return nil
    }
}
