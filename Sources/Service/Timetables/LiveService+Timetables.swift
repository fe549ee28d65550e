import Foundation
import Ingestion
import Logging
import NIOCore
import Storage
import TransitModel

extension LiveService {
    /// Reads a GTFS aside, the present one unless a path is given, and puts it in force; throws and
    /// leaves the old one in force when it cannot be used.
    @discardableResult
    nonisolated func reload(path: String? = nil) async throws -> ServedTimetable {
        try await turnstile.pass {
            try await self.putInForce(self.timetable(at: path), because: "as ordered")
        }
    }

    private func timetable(at path: String?) async throws -> ServedTimetable {
        let path = path.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        let present = timetable
        if let path = path ?? (present?.origin == .argument ? gtfsPath : nil) {
            return try await load(at: path)
        }
        if let path = present?.path, timetables.watches[path] != nil, FeedFiles(path: path) != nil {
            return try await load(at: path)
        }
        guard let kept = try stores.timetables.inForce() else { throw ServiceFault.lostOrder }
        return try await .load(kept, copy: stores.timetables.copy(of: kept))
    }

    private func load(at path: String) async throws -> ServedTimetable {
        try await .load(path: path, origin: path == gtfsPath ? .argument : .order)
    }

    /// Puts a timetable in force and writes down that it is, so that it comes back after a restart;
    /// only inside the turnstile.
    ///
    /// What it throws has stopped it before anything changed. Once it is in force, what fails is
    /// ``Timetables/trouble``.
    @discardableResult
    func putInForce(
        _ next: ServedTimetable, because cause: String
    ) async throws -> ServedTimetable {
        let argument = await argumentFiles(beside: next)
        try await use(next)
        timetables.watches = [gtfsPath: argument.watch]
        watch(next)
        if case .staged(let date) = next.origin {
            timetables.begin(date)
            if let kept = try? stores.timetables.staged().first(where: { $0.startsOn == date }) {
                await watchSource(of: kept)
            }
        }
        timetables.refusal = nil
        timetables.doubt = await writeDown(next, argument)
        if let doubt = timetables.doubt { logger.error("\(doubt)") }
        logger.notice("\(next.path) is in force, \(cause): \(summary(of: next))")
        return next
    }

    /// What lies where `--gtfs` points, without reading it again where that has just been done.
    private func argumentFiles(beside next: ServedTimetable) async -> ArgumentFiles {
        guard next.origin == .argument, let files = next.files else { return await argumentFiles() }
        return ArgumentFiles(files: files, fingerprint: next.fingerprint)
    }

    /// Version and size, for people.
    func summary(of timetable: ServedTimetable) -> String {
        "version \(timetable.network.version), \(size(of: timetable))"
    }

    /// How much there is from today on.
    func size(of timetable: ServedTimetable) -> TimetableSize {
        timetable.network.size(from: timetable.network.serviceDay.date(at: moment()))
    }

    // MARK: - What is followed on the disk

    /// Has a timetable's files watched from the state in which they were read.
    func watch(_ timetable: ServedTimetable) {
        guard let files = timetable.files else { return }
        timetables.watches[timetable.path] = FeedFileWatch(
            files: files, fingerprint: timetable.fingerprint)
    }

    /// Has what lies where an order came from watched; for one that waited for its date, only when
    /// it is still what was ordered, or newer and not meant for another date.
    func watchSource(of kept: KeptTimetable) async {
        guard kept.source != gtfsPath else { return }
        let isShared = timetables.staged.contains { $0 != kept && $0.source == kept.source }
        if kept.startsOn != nil {
            guard !isShared, await Self.isSameOrNewer(kept) else { return }
        }
        timetables.watches[kept.source] = FeedFileWatch(
            files: nil, fingerprint: kept.fingerprint)
    }

    private static func isSameOrNewer(_ kept: KeptTimetable) async -> Bool {
        await LongWork.run {
            guard let files = FeedFiles(path: kept.source) else { return false }
            return files.files.contains { $0.modified > kept.orderedAt.seconds }
                || (try? files.fingerprint()) == kept.fingerprint
        }
    }

    // MARK: - What is written down

    /// Keeps a timetable that has been put in force for the next start; what is wrong where that
    /// fails.
    func writeDown(_ next: ServedTimetable, _ argument: ArgumentFiles) async -> String? {
        do {
            switch next.origin {
            case .argument:
                try await keepCopy(of: next)
                try stores.timetables.begin(
                    KeptArgument(
                        source: gtfsPath, version: next.network.version,
                        fingerprint: next.fingerprint))
            case .order:
                try await keepCopy(of: next)
                try stores.timetables.keep(order(of: next, argument, isInForce: true))
            case .staged(let date):
                try stores.timetables.begin(date, argumentFingerprint: argument.fingerprint)
            }
            timetables.wait(for: try stores.timetables.staged())
            return nil
        } catch {
            return "\(next.path) is in force, but a restart would not know it: \(error)"
        }
    }

    private func keepCopy(of timetable: ServedTimetable) async throws {
        // What came from a copy has one.
        guard timetable.files != nil else { return }
        try await LongWork.run { [stores] in
            try stores.timetables.keepCopy(
                Array(timetable.archive.plain.readableBytesView), timetable.fingerprint)
        }
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

    // MARK: - What waits for its date

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
        try await keepCopy(of: next)
        try stores.timetables.keep(order(of: next, await argumentFiles(), isInForce: false))
        timetables.wait(for: try stores.timetables.staged())
        timetables.order(date)
        return next
    }

    /// Takes back what was ordered for a date; false when nothing was.
    nonisolated func cancel(_ date: ServiceDate) async throws -> Bool {
        try await turnstile.pass { try await self.forget(date) }
    }

    private func forget(_ date: ServiceDate) throws -> Bool {
        let isGone = try stores.timetables.cancel(date)
        timetables.wait(for: try stores.timetables.staged())
        return isGone
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
