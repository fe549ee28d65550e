import TransitModel

extension Service {
    /// The first date on which both services run.
    ///
    /// - Parameters:
    ///   - other: The other service.
    ///   - looked: Raised by the dates looked at, which are no more than both name in rows, and a
    ///     week.
    /// - Returns: The date, or nil when there is none.
    func firstDate(sharedWith other: Service, looked: inout Int) -> ServiceDate? {
        let dates = [
            firstAdded(sharedWith: other, &looked), other.firstAdded(sharedWith: self, &looked),
            firstRegularDate(sharedWith: other, &looked),
        ]
        return dates.compactMap { $0 }.min()
    }

    /// The last date on which the service runs.
    var lastDate: ServiceDate? {
        [added.max(), lastRegularDate].compactMap { $0 }.max()
    }

    /// The first added date on which another service runs.
    private func firstAdded(sharedWith other: Service, _ looked: inout Int) -> ServiceDate? {
        let isRegular = other.period != nil && other.weekdays & 0x7F != 0
        if isRegular || added.count < other.added.count {
            looked += added.count
            return added.lazy.filter(other.isActive).min()
        }
        looked += other.added.count
        return other.added.lazy.filter(added.contains).min()
    }

    private func firstRegularDate(
        sharedWith other: Service, _ looked: inout Int
    ) -> ServiceDate? {
        guard weekdays & other.weekdays & 0x7F != 0, let period, let others = other.period else {
            return nil
        }
        var date = max(period.lowerBound, others.lowerBound)
        while date <= min(period.upperBound, others.upperBound) {
            looked += 1
            if isActive(on: date), other.isActive(on: date) { return date }
            date = date + 1
        }
        return nil
    }

    /// Looks at no more days than are taken away, and a week.
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
