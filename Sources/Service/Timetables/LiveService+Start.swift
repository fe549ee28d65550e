import Ingestion
import Logging
import Storage
import TransitModel

extension LiveService {
    /// Puts in force what was when the service last ran; only inside the turnstile.
    ///
    /// That is a timetable whose date has come meanwhile, one that a dispatcher ordered, or what
    /// `--gtfs` names where that is another by now. Where that cannot be used, the last that could.
    func beginTimetables() async throws {
        timetables.wait(for: try stores.timetables.staged())
        try stores.timetables.deleteStrayCopies()
        let argument = await argumentFiles()
        let order = try stores.timetables.inForce().flatMap { $0.argument == gtfsPath ? $0 : nil }
        if try await beginOverdue(after: order) { return }
        if let order, !(try isNews(argument, since: order)), try await begin(order, argument) {
            return
        }
        try await beginArgument(argument, after: order)
    }

    /// Whether something else lies where `--gtfs` points than when an order was given, unless it has
    /// been refused already.
    private func isNews(_ argument: ArgumentFiles, since order: KeptTimetable) throws -> Bool {
        guard let found = argument.fingerprint, found != order.argumentFingerprint else {
            return false
        }
        return try goodArgument()?.refusedFingerprint != found
    }

    private func goodArgument() throws -> KeptArgument? {
        try stores.timetables.argument().flatMap { $0.source == gtfsPath ? $0 : nil }
    }

    /// Begins with the last timetable whose date has come, since nobody is on a run yet; false when
    /// there is none.
    private func beginOverdue(after order: KeptTimetable?) async throws -> Bool {
        let now = moment()
        // The feed's zone is known only once it is read; somewhere on earth it is a day later.
        let latest = ServiceDate(dayNumber: Int(now.seconds / 86_400) + 1)
        for kept in timetables.staged.reversed() {
            guard let date = kept.startsOn, date <= latest else { continue }
            do {
                let copy = stores.timetables.copy(of: kept)
                let next = try await ServedTimetable.load(kept, copy: copy)
                let day = next.network.serviceDay
                let isOvertaken = order.map { $0.orderedAt >= day.origin(of: date) } ?? false
                guard !isOvertaken, RolloverRule.isDue(date, at: now, in: day, isQuiet: true)
                else { continue }
                try await putInForce(next, because: "as ordered for \(date.dashed)")
                return true
            } catch let error as ScheduleError {
                giveUp(kept, error, at: now)
            }
        }
        return false
    }

    /// Puts an order of before in force; false when its copy cannot be used any more.
    private func begin(_ kept: KeptTimetable, _ argument: ArgumentFiles) async throws -> Bool {
        let next: ServedTimetable
        do {
            next = try await .load(kept, copy: stores.timetables.copy(of: kept))
        } catch {
            logger.error("what was ordered before cannot be put in force: \(error)")
            return false
        }
        try await use(next)
        timetables.watches = [gtfsPath: argument.watch]
        await watchSource(of: kept)
        return true
    }

    private func beginArgument(
        _ argument: ArgumentFiles, after order: KeptTimetable?
    ) async throws {
        let good = try goodArgument()
        let next: ServedTimetable
        do {
            next = try await .load(path: gtfsPath, origin: .argument)
            if let good, good.refusedFingerprint == next.fingerprint {
                throw Shortfall(path: gtfsPath, reason: "it was refused before")
            }
        } catch {
            guard try await beginFormer(order, good, argument, error) else { throw error }
            return
        }
        try await use(next)
        timetables.watches = [:]
        watch(next)
        let ended = try? stores.timetables.inForce()
        timetables.doubt = await writeDown(next, argument)
        if let doubt = timetables.doubt { logger.error("\(doubt)") }
        if let ended {
            logger.notice(
                "\(gtfsPath) takes the place of \(ended.source), which was ordered before")
        }
    }

    /// Goes on with what was in force before `--gtfs` named something that cannot be used; false
    /// when there is nothing.
    private func beginFormer(
        _ order: KeptTimetable?, _ good: KeptArgument?, _ argument: ArgumentFiles,
        _ error: any Error
    ) async throws -> Bool {
        if let order, try await begin(order, argument) {
        } else if let good, try await begin(good) {
        } else {
            return false
        }
        timetables.watches[gtfsPath] = argument.watch(after: error)
        let version = timetable?.network.version ?? ""
        let refusal =
            "\(gtfsPath) cannot be used, so the last good GTFS, version \(version), serves: \(error)"
        timetables.refusal = refusal
        logger.error("\(refusal)")
        return true
    }

    private func begin(_ good: KeptArgument) async throws -> Bool {
        let next: ServedTimetable
        do {
            next = try await .load(good, copy: stores.timetables.copy(of: good))
        } catch {
            logger.error("nor can the copy of what was there before: \(error)")
            return false
        }
        try await use(next)
        return true
    }
}

extension LiveService {
    /// What lies where `--gtfs` points.
    struct ArgumentFiles: Sendable {
        var files: FeedFiles?
        /// Nil when nothing lies there that can be read.
        var fingerprint: String?

        /// Waits for a change; what could not be read is tried again.
        var watch: FeedFileWatch {
            FeedFileWatch(files: fingerprint == nil ? nil : files, fingerprint: fingerprint)
        }

        /// Waits for a change, or tries again after an error that may pass.
        func watch(after error: any Error) -> FeedFileWatch {
            error.condemnsFeed ? watch : FeedFileWatch(files: nil, fingerprint: nil)
        }
    }

    /// Looks at it and reads all of it.
    nonisolated func argumentFiles() async -> ArgumentFiles {
        await LongWork.run { [gtfsPath] in
            let files = FeedFiles(path: gtfsPath)
            return ArgumentFiles(
                files: files, fingerprint: files.flatMap { try? $0.fingerprint() })
        }
    }
}
