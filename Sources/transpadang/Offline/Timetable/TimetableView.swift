/// The answer to one question of a timetable.
protocol TimetableView: Encodable {
    /// The answer for people.
    var text: String { get }
}
