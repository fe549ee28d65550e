import Geometry
import TransitModel

extension NetworkCompiler {
    /// Joins lines, patterns, trips and times; trips that cannot run are dropped.
    mutating func assemble(_ compiler: consuming StopTimesCompiler, _ shapes: NamedShapes) {
        var compiler = compiler
        let order = PatternOrder(compiler)
        let source = PatternSource(compiler, shapes)
        let plan = PlacementPlan(order, source)
        let placer = PatternCompiler(parts)
        let matched = placer.matched(
            plan.models.map { source.extent(Int($0)) }, stopTimeCount: compiler.times.count)
        var placed = SideBySide.map(count: plan.models.count) {
            placer.place(source.draft(Int(plan.models[$0])), isMatched: matched[$0])
        }
        report(placed.flatMap(\.remarks))
        borrowLines(
            for: &placed, plan, source, placer,
            budget: MatchingBudget(stopTimeCount: compiler.times.count))
        let patterns = order.drafts.indices.map { number in
            placed[Int(plan.placements[number])].course.map {
                source.pattern(Int(order.drafts[number]), on: $0)
            }
        }
        for trip in compiler.withGaps {
            let number = order.numbers[Int(compiler.timed[trip].pattern)]
            guard let pattern = patterns[Int(number)] else { continue }
            compiler.fillGaps(of: trip, along: pattern.distances)
        }
        parts.stopTimes = compiler.times
        addPatterns(patterns, order, compiler)
    }

    /// Puts patterns that are drawn straight from stop to stop on the roads of others, where these
    /// fit.
    private func borrowLines(
        for placed: inout [PatternCompiler.Placed], _ plan: PlacementPlan, _ source: PatternSource,
        _ placer: PatternCompiler, budget: MatchingBudget
    ) {
        let routes = plan.models.map { source.route(Int($0)) }
        var lines = BorrowedLines(
            placer, parts.shapes, budget: budget, courses: placed.map(\.course), routes: routes)
        for number in placed.indices where placed[number].course?.shape == nil {
            let draft = source.draft(Int(plan.models[number]))
            guard let course = lines.course(for: draft, route: routes[number]) else { continue }
            placed[number].course = course
        }
    }

    /// Tells each remark once.
    private func report(_ remarks: [PatternCompiler.Remark]) {
        var told = Set<PatternCompiler.Remark>()
        for remark in remarks where told.insert(remark).inserted {
            log.report(
                remark.code, file: FeedFile.shapes.rawValue, column: .shapeID,
                value: parts.shapes[remark.shape].id, remark.message)
        }
    }

    /// Adds the patterns that have a line, and the trips that follow them, in order of the file.
    private mutating func addPatterns(
        _ patterns: [TripPattern?], _ order: PatternOrder, _ compiler: borrowing StopTimesCompiler
    ) {
        var indexes = [PatternIndex?](repeating: nil, count: patterns.count)
        for (number, pattern) in patterns.enumerated() {
            guard let pattern else { continue }
            indexes[number] = PatternIndex(parts.patterns.count)
            parts.patterns.elements.append(pattern)
        }
        parts.trips.elements.reserveCapacity(trips.rows.count)
        for (number, row) in trips.rows.enumerated() where row.isKept {
            let timed = compiler.timed[number]
            guard timed.isUsable else {
                if !timed.isSeen {
                    log.reportUnusable(trips, number, "has no stop times; it is dropped")
                }
                continue
            }
            guard let pattern = indexes[Int(order.numbers[Int(timed.pattern)])] else {
                log.reportUnusable(trips, number, "none of its stops has a position; it is dropped")
                continue
            }
            add(row, number, pattern, firstStopTime: Int(timed.firstStopTime))
        }
    }

    private mutating func add(
        _ row: TripRow, _ number: Int, _ pattern: PatternIndex, firstStopTime: Int
    ) {
        parts.trips.elements.append(
            Trip(
                id: trips.id(of: number), pattern: pattern, service: row.service,
                headsign: trips.headsigns.texts[Int(row.headsign)],
                block: row.block == 0 ? nil : trips.blocks.texts[Int(row.block)],
                firstStopTime: firstStopTime, frequencies: trips.frequencies[number] ?? []))
    }
}

extension NoticeLog {
    /// Reports a trip that cannot run.
    func reportUnusable(_ trips: TripRows, _ trip: Int, _ message: @autoclosure () -> String) {
        report(
            .unusableTrip, file: FeedFile.trips.rawValue, line: Int(trips.rows[trip].line),
            column: .tripID, value: trips.id(of: trip), message())
    }
}
