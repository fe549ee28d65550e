import Foundation
import Ingestion
import Logging
import NIOCore
import Storage
import TransitModel

extension LiveService {
    /// Puts in force what was when the service last ran; only inside the turnstile.
    ///
    /// That is a timetable which a dispatcher ordered, or what `--gtfs` names where that is another
    /// by now.
    func beginTimetables() async throws {
        staged = try stores.timetables.staged()
        let argument = await argumentFiles()
        if let kept = try stores.timetables.inForce() {
            let isOutdated = argument.fingerprint.map { $0 != kept.argumentFingerprint } ?? false
            if kept.argument == gtfsPath, !isOutdated, try await begin(kept, argument) { return }
            try stores.timetables.endOrder()
            logger.notice("\(gtfsPath) takes the place of \(kept.source), which was ordered before")
        }
        let first = try await ServedTimetable.load(path: gtfsPath, origin: .argument)
        try await use(first)
        watch(first)
    }

    /// Puts an order of before in force; false when its copy cannot be used any more.
    private func begin(_ kept: KeptTimetable, _ argument: ArgumentFiles) async throws -> Bool {
        do {
            let copy = stores.timetables.copy(of: kept)
            try await use(try await ServedTimetable.load(kept, copy: copy))
        } catch let error as ScheduleError {
            logger.error("what was ordered before cannot be put in force: \(error)")
            return false
        }
        watches = [gtfsPath: argument.watch]
        if kept.startsOn == nil {
            watches[kept.source] = FeedFileWatch(files: nil, fingerprint: kept.fingerprint)
        }
        return true
    }

    // MARK: - Orders

    /// Reads a GTFS aside, the present one unless a path is given, and puts it in force; throws and
    /// leaves the old one in force when it cannot be used.
    @discardableResult
    nonisolated func reload(path: String? = nil) async throws -> ServedTimetable {
        try await turnstile.pass { try await self.putInForce(self.timetable(at: path)) }
    }

    private func timetable(at path: String?) async throws -> ServedTimetable {
        let path = path.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        let present = timetable?.origin ?? .argument
        if let path, path != gtfsPath { return try await .load(path: path, origin: .order) }
        if path != nil || present == .argument {
            return try await .load(path: gtfsPath, origin: .argument)
        }
        guard let kept = try stores.timetables.inForce() else { throw ServiceFault.lostOrder }
        if present == .order, FeedFiles(path: kept.source) != nil {
            return try await .load(path: kept.source, origin: .order)
        }
        return try await .load(kept, copy: stores.timetables.copy(of: kept))
    }

    /// Puts a timetable in force and writes down that it is; only inside the turnstile.
    ///
    /// So it comes back after a restart.
    func putInForce(_ next: ServedTimetable) async throws -> ServedTimetable {
        let argument = await argumentFiles()
        if next.origin == .order { try keepCopy(of: next) }
        try await use(next)
        watches = [gtfsPath: argument.watch]
        watch(next)
        switch next.origin {
        case .argument: try stores.timetables.endOrder()
        case .order: try stores.timetables.keep(order(of: next, argument, isInForce: true))
        case .staged(let date):
            try stores.timetables.begin(date, argumentFingerprint: argument.fingerprint)
        }
        staged = try stores.timetables.staged()
        return next
    }

    private func watch(_ timetable: ServedTimetable) {
        guard let files = timetable.files else { return }
        watches[timetable.path] = FeedFileWatch(files: files, fingerprint: timetable.fingerprint)
    }

    /// Checks a GTFS now, keeps a copy, and has it take over by ``RolloverRule`` on a date.
    @discardableResult
    nonisolated func stage(path: String, from date: ServiceDate) async throws -> ServedTimetable {
        try await turnstile.pass { try await self.keep(path: path, from: date) }
    }

    private func keep(path: String, from date: ServiceDate) async throws -> ServedTimetable {
        guard let today = timetable?.network.serviceDay.date(at: moment()), date >= today else {
            throw ServiceFault("\(date.dashed) is over: leave --from out to use a GTFS at once")
        }
        let next = try await ServedTimetable.load(path: path, origin: .staged(date))
        try keepCopy(of: next)
        try stores.timetables.keep(order(of: next, await argumentFiles(), isInForce: false))
        staged = try stores.timetables.staged()
        failedDates.remove(date)
        return next
    }

    private func keepCopy(of timetable: ServedTimetable) throws {
        try stores.timetables.keepCopy(
            Array(timetable.archive.plain.readableBytesView), timetable.fingerprint)
    }

    /// Takes back what was ordered for a date; false when nothing was.
    nonisolated func cancel(_ date: ServiceDate) async throws -> Bool {
        try await turnstile.pass { try await self.forget(date) }
    }

    private func forget(_ date: ServiceDate) throws -> Bool {
        let isGone = try stores.timetables.cancel(date)
        staged = try stores.timetables.staged()
        return isGone
    }

    private func order(
        of timetable: ServedTimetable, _ argument: ArgumentFiles, isInForce: Bool
    ) -> KeptTimetable {
        var kept = KeptTimetable(
            source: timetable.path, version: timetable.network.version,
            fingerprint: timetable.fingerprint, argument: gtfsPath,
            argumentFingerprint: argument.fingerprint, orderedAt: moment(), isInForce: isInForce)
        if case .staged(let date) = timetable.origin { kept.startsOn = date }
        return kept
    }

    // MARK: - What lies on the disk

    /// What lies where `--gtfs` points.
    struct ArgumentFiles: Sendable {
        var files: FeedFiles?
        /// Nil when nothing lies there that can be read.
        var fingerprint: String?

        var watch: FeedFileWatch { FeedFileWatch(files: files, fingerprint: fingerprint) }
    }

    @concurrent
    private nonisolated func argumentFiles() async -> ArgumentFiles {
        let files = FeedFiles(path: gtfsPath)
        return ArgumentFiles(files: files, fingerprint: files.flatMap { try? $0.fingerprint() })
    }
}

extension ServiceFault {
    fileprivate static let lostOrder = ServiceFault(
        "the GTFS in force is not in the data folder any more: name one with `gtfs use PATH`")
}

extension ServiceDate {
    /// As people write it: `2026-12-01`.
    var dashed: String { "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))" }

    /// Reads `2026-12-01` or `20261201`; nil for anything else.
    init?(dashed text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
        guard parts == [4, 2, 2] || parts == [8] else { return nil }
        self.init(text: text.filter { $0 != "-" })
    }
}
