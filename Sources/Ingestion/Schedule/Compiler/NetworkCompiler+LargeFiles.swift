import Geometry
import TransitModel

extension NetworkCompiler {
    private struct StopTimes {
        var compiler: StopTimesCompiler
        var figures: FileFigures
    }

    /// Reads the shapes and the stop times at the same time, and makes patterns and trips of them.
    mutating func compileShapesAndTimes() throws(ScheduleError) {
        let (archive, plane, limits) = (archive, parts.plane, limits)
        let timesLog = NoticeLog()
        let (shapes, times) = SideBySide.run({ Self.readShapes(archive, plane, limits) }) {
            readStopTimes(timesLog)
        }
        if shapes.isRefused {
            // The reason goes last.
            log.add(timesLog.findings)
            log.add(shapes.findings)
            throw refused()
        }
        log.add(shapes.findings)
        parts.shapes = shapes.shapes
        close(.shapes, shapes.figures)
        let named = NamedShapes(indexes: shapeIndexes(shapes), lines: shapes.lines)
        log.add(timesLog.findings)
        guard let times else { throw refused() }
        close(.stopTimes, times.figures)
        var overlaps = BlockOverlaps(trips, parts.services, log: log)
        overlaps.check(times.compiler.blockRuns)
        if !otherPlaces.isEmpty { checkOtherPlaces(times.compiler.calls(at: parts.stops.count)) }
        assemble(times.compiler, named)
    }

    private static func readShapes(
        _ archive: FeedArchive, _ plane: LocalPlane, _ limits: FeedLimits
    ) -> CompiledShapes {
        let log = NoticeLog()
        let file = LargeFile(file: .shapes, archive: archive, log: log)
        var isRefused = false
        let taken = file.take { table, _, gathersFirst, log in
            var compiler = ShapesCompiler(
                plane: plane, gathersFirst: gathersFirst, limits: limits, log: log)
            compiler.read(&table)
            isRefused = compiler.failure != nil
            return LargeFile.Taken(
                product: compiler, isScattered: compiler.isScattered, failure: compiler.failure)
        }
        guard let (compiler, figures) = taken else {
            let isUnreadable = archive.files.contains(.shapes)
            return CompiledShapes(
                findings: log.findings, figures: FileFigures(hasLostRows: isUnreadable),
                isRefused: isRefused)
        }
        var compiled = compiler.compiled()
        compiled.findings = log.findings
        compiled.figures = figures
        return compiled
    }

    private func readStopTimes(_ log: NoticeLog) -> StopTimes? {
        let taken = LargeFile(file: .stopTimes, archive: archive, log: log).take {
            table, size, gathersFirst, log in
            var compiler = StopTimesCompiler(self, gathersFirst: gathersFirst, log: log)
            compiler.read(&table, of: size, stops: stopIDs)
            return LargeFile.Taken(
                product: compiler, isScattered: compiler.isScattered, failure: compiler.failure)
        }
        return taken.map { StopTimes(compiler: $0, figures: $1) }
    }

    private mutating func close(_ file: FeedFile, _ figures: FileFigures) {
        if figures.hasLostRows { incomplete.insert(file) }
        guard figures.size > 0 else { return }
        rowCounts[file.rawValue] = figures.rowCount
        contentHash.add(figures)
    }

    /// The shape behind each name that trips use; a trip whose shape does not exist is reported.
    private func shapeIndexes(_ shapes: CompiledShapes) -> [ShapeIndex?] {
        let indexes = (0..<trips.shapes.count).map { shapes.index(of: trips.shapes.text($0)) }
        let isLost = incomplete.contains(.shapes)
        for row in trips.rows where row.shape >= 0 && indexes[Int(row.shape)] == nil {
            log.report(
                .foreignKeyViolation, file: FeedFile.trips.rawValue, line: Int(row.line),
                column: .shapeID, value: trips.shapes.text(Int(row.shape)),
                severity: isLost ? .warning : nil,
                "is not in the feed; the trip is drawn straight from stop to stop"
                    + (isLost ? FeedFile.shapes.mayHoldIt : ""))
        }
        return indexes
    }
}
