/// All that past days taught an engine, to be kept for another day and another version of the timetable.
public struct Experience: Hashable, Sendable {
    /// How long buses take from stop to stop.
    public var links: [LinkStatistic]
    /// How drivers keep to the timetable, when they leave, and how wrong predictions were.
    public var lessons: [Lesson]

    /// Whether nothing was learned.
    public var isEmpty: Bool { links.isEmpty && lessons.isEmpty }

    /// Makes what past days taught; nothing by default.
    public init(links: [LinkStatistic] = [], lessons: [Lesson] = []) {
        self.links = links
        self.lessons = lessons
    }
}

/// One thing that was learned, as numbers that only the part of the engine understands that learned it.
public struct Lesson: Hashable, Sendable {
    /// What it is about.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// How much of their time early buses wait, at a stop or anywhere.
        case waiting
        /// How much of their lateness buses make good.
        case recovery
        /// How long after their time buses leave, from a stop or anywhere; ``Lesson/number`` tells
        /// what they are held against.
        case departures
        /// How far from the truth predictions were; ``Lesson/number`` tells of which kind and span.
        case errors
        /// The service date on which all this was last known, in ``Lesson/number``.
        case day
    }

    /// What it is about.
    public var subject: Subject
    /// Where it holds; nil for all of the network.
    public var place: StopPlace?
    /// Tells lessons of the same subject and place apart.
    public var number: Int
    /// What was learned.
    public var values: [Float]

    /// Makes a lesson.
    public init(_ subject: Subject, at place: StopPlace? = nil, number: Int = 0, values: [Float]) {
        self.subject = subject
        self.place = place
        self.number = number
        self.values = values
    }
}
