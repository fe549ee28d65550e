import CGTFSRealtime

/// A list of periods as protobuf-c holds it.
typealias TimeRangeList = UnsafeMutablePointer<UnsafeMutablePointer<TransitRealtime__TimeRange>?>

/// `Alert.active_period`: deprecated in the specification, yet all that older clients read.
///
/// Through the protocol the deprecated field can be used knowingly, without a warning.
private protocol OldPeriods {
    var activePeriods: (count: Int, ranges: TimeRangeList?) { get set }
}

extension TransitRealtime__Alert: OldPeriods {
    @available(*, deprecated, message: "Only through the protocol.")
    fileprivate var activePeriods: (count: Int, ranges: TimeRangeList?) {
        get { (n_active_period, active_period) }
        set { (n_active_period, active_period) = newValue }
    }
}

private func periods(of alert: some OldPeriods) -> (count: Int, ranges: TimeRangeList?) {
    alert.activePeriods
}

private func set(_ alert: inout some OldPeriods, _ periods: (Int, TimeRangeList?)) {
    alert.activePeriods = periods
}

extension TransitRealtime__Alert {
    /// The periods under their old name.
    var oldPeriods: (count: Int, ranges: TimeRangeList?) { periods(of: self) }

    /// Says the periods under their old name too.
    mutating func setOldPeriods(count: Int, _ ranges: TimeRangeList?) {
        set(&self, (count, ranges))
    }
}
