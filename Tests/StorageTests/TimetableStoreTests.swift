import Foundation
import Testing
import TransitModel

@testable import Storage

@Suite struct `Timetable store` {
    let store: TimetableStore
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        store = TimetableStore(try scratch.database())
    }

    private func order(_ version: String, from date: String? = nil) -> KeptTimetable {
        KeptTimetable(
            startsOn: date.flatMap { ServiceDate(text: $0) },
            source: "/feeds/\(version).zip",
            version: version,
            fingerprint: fingerprint(version),
            argument: "/gtfs",
            argumentFingerprint: "a",
            orderedAt: Timestamp(100),
            isInForce: date == nil
        )
    }

    /// Stands for a content's SHA-256.
    private func fingerprint(_ version: String) -> String {
        String(repeating: version.utf8.first.map { String($0 % 10) } ?? "", count: 64)
    }

    private func argument(_ version: String) -> KeptArgument {
        KeptArgument(source: "/gtfs", version: version, fingerprint: fingerprint(version))
    }

    /// Names of the copies of versions.
    private func names(_ versions: String...) -> [String] {
        versions.map { fingerprint($0) + ".zip" }.sorted()
    }

    private func keep(_ timetable: KeptTimetable) throws {
        try store.keepCopy(Array(timetable.version.utf8), timetable.fingerprint)
        try store.keep(timetable)
    }

    private var copies: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: scratch.file("timetables"))
        return (names ?? []).sorted()
    }

    @Test func `an order comes back with its copy`() throws {
        let given = order("2")
        try keep(given)
        #expect(try store.inForce() == given)
        #expect(FileManager.default.contents(atPath: store.copy(of: given)) == Data("2".utf8))
        let again = TimetableStore(try scratch.database())
        #expect(try again.list() == [given])
    }

    @Test func `a new order takes the place of the one in force and its copy`() throws {
        try keep(order("2"))
        try keep(order("3"))
        #expect(try store.list() == [order("3")])
        #expect(copies == names("3"))
    }

    @Test func `dates wait in order, each with one timetable`() throws {
        for (version, date) in [("4", "20261220"), ("2", "20261201"), ("3", "20261201")] {
            try keep(order(version, from: date))
        }
        #expect(try store.staged().map(\.version) == ["3", "4"])
        #expect(try store.inForce() == nil)
        #expect(copies == names("3", "4"))
    }

    @Test func `what begins takes the place of all before it`() throws {
        try keep(order("1"))
        for (version, date) in [("2", "20261201"), ("3", "20261202"), ("4", "20261203")] {
            try keep(order(version, from: date))
        }
        let date = try #require(ServiceDate(text: "20261202"))
        try store.begin(date, argumentFingerprint: "b")
        var begun = order("3", from: "20261202")
        (begun.isInForce, begun.argumentFingerprint) = (true, "b")
        #expect(try store.list() == [begun, order("4", from: "20261203")])
        #expect(copies == names("3", "4"))
        try keep(order("5", from: "20261202"))
        #expect(try store.staged().map(\.version) == ["5", "4"])
    }

    @Test func `what is taken back is gone, and nothing else`() throws {
        let date = try #require(ServiceDate(text: "20261201"))
        try keep(order("1"))
        try keep(order("2", from: "20261201"))
        #expect(try store.cancel(date))
        #expect(try !store.cancel(date))
        #expect(try store.list() == [order("1")])
        #expect(copies == names("1"))
        try store.begin(argument("5"))
        #expect(try store.list().isEmpty)
        #expect(copies == [])
    }

    @Test func `the last good argument stays with its copy, whatever is ordered`() throws {
        #expect(try store.argument() == nil)
        for version in ["1", "2"] {
            try store.keepCopy([1], fingerprint(version))
            try store.begin(argument(version))
        }
        try keep(order("3"))
        var kept = argument("2")
        #expect(try store.argument() == kept)
        #expect(copies == names("2", "3"))
        try store.refuseArgument("bad")
        kept.refusedFingerprint = "bad"
        #expect(try store.argument() == kept)
        try store.begin(argument("2"))
        #expect(try store.argument() == argument("2"))
        #expect(try store.list().isEmpty)
        #expect(copies == names("2"))
    }

    @Test func `what an operator keeps in the data folder is never deleted`() throws {
        let digits = fingerprint("9")
        let theirs = [
            "gtfs/stops.txt", "timetables/mine.zip", "timetables/\(digits).zip.txt",
            "timetables/\(digits.dropLast()).zip", "timetables/\(fingerprint("8")).zip/stops.txt",
        ]
        let ours = ["timetables/\(digits).zip", "timetables/\(digits).zip.part"]
        for name in theirs + ours {
            let url = URL(filePath: scratch.file(name))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: url)
        }
        try keep(order("1"))
        #expect(theirs.allSatisfy { FileManager.default.fileExists(atPath: scratch.file($0)) })
        #expect(!ours.contains { FileManager.default.fileExists(atPath: scratch.file($0)) })
    }

    @Test func `a copy that two orders share stays while one needs it`() throws {
        var later = order("2", from: "20261201")
        later.fingerprint = order("1").fingerprint
        try keep(order("1"))
        try keep(later)
        try store.begin(argument("5"))
        #expect(copies == names("1"))
    }

    @Test func `too many dates are refused`() throws {
        let first = try #require(ServiceDate(text: "20261201"))
        for day in 0..<TimetableStore.mostStaged { try keep(order("v", from: (first + day).text)) }
        let next = order("v", from: (first + TimetableStore.mostStaged).text)
        let fault = #expect(throws: StorageFault.self) { try keep(next) }
        #expect(fault?.kind == .refused)
        try keep(order("w", from: first.text))
        #expect(try store.staged().first?.version == "w")
    }

    @Test func `a copy that cannot be written is said in one line`() throws {
        try Data().write(to: URL(filePath: scratch.file("timetables")))
        let fault = #expect(throws: StorageFault.self) { try keep(order("1")) }
        #expect(fault?.kind == .unwritable)
        #expect(try store.list().isEmpty)
    }
}
