import TransitModel

/// Reads rows of `stop_times.txt` that have nothing odd about them, straight from their bytes, cell
/// after cell.
///
/// Nearly all rows are such, and there are millions; any other row is left to ``TableReader``, which
/// knows what to say about it. Both read a row alike.
struct PlainStopTimes {
    /// What a column means here.
    private enum Content {
        case trip
        case stop
        case sequence
        case arrival
        case departure
        case notRead

        static let usualOrder: [Content] = [.trip, .arrival, .departure, .stop, .sequence]

        init(_ column: Column?) {
            switch column {
            case .tripID: self = .trip
            case .stopID: self = .stop
            case .stopSequence: self = .sequence
            case .arrivalTime: self = .arrival
            case .departureTime: self = .departure
            default: self = .notRead
            }
        }
    }

    /// The row that is looked for.
    struct Place {
        /// Number of the trip whose row it must be.
        let trip: Int
        /// The stop that is tried first.
        let likely: StopIndex
        /// Offset of the row.
        let start: Int
        /// Line in the file.
        let line: Int
    }

    /// A row, and the offset of its line end.
    struct Read {
        let row: StopTimeRow
        let end: Int
    }

    /// What has been read of a row, and where its next cell starts.
    private struct Progress {
        var position: Int
        var stop = 0
        var sequence = 0
        var arrival = ServiceTime(0)
        var departure = ServiceTime(0)
    }

    private let contents: [Content]
    private let isInUsualOrder: Bool
    private let trips: IDTable
    private let stops: IDTable
    private let signs: [StopSign]

    /// Nil where the header lacks a column that is needed, or ids can only be told with care.
    init?(_ columns: [Column?], trips: IDTable, stops: IDTable) {
        let needed: [Column] = [.tripID, .stopID, .stopSequence, .arrivalTime, .departureTime]
        guard needed.allSatisfy(columns.contains), trips.isPlain, stops.isPlain else { return nil }
        contents = columns.map(Content.init)
        isInUsualOrder = contents.starts(with: Content.usualOrder)
        self.trips = trips
        self.stops = stops
        signs = (0..<stops.count).map { StopSign(stops.text($0)) }
    }

    /// The row at a place; nil when it is another trip's, does not end in `bytes` or must be looked
    /// at with more care.
    @inline(__always)
    func row(_ bytes: Span<UInt8>, at place: Place) -> Read? {
        if isInUsualOrder, let read = usualRow(bytes, at: place) { return read }
        return anyRow(bytes, at: place)
    }
}

extension PlainStopTimes {
    /// Bytes that hold two times, a stop's short id and what parts them, with room to spare.
    private static let usualRoom = 40

    /// Reads a row whose columns stand in the order of the reference, without quotes.
    ///
    /// The same as ``anyRow(_:at:)`` would, in a third of the time, for no cell need be looked up.
    @inline(__always)
    private func usualRow(_ bytes: Span<UInt8>, at place: Place) -> Read? {
        guard let tripEnd = trips.end(of: place.trip, at: place.start, in: bytes), tripEnd > 0,
            tripEnd &+ Self.usualRoom <= bytes.count, bytes[unchecked: tripEnd] == .comma,
            let arrival = Self.time(bytes, at: tripEnd &+ 1),
            bytes[unchecked: arrival.end] == .comma,
            let departure = Self.departure(bytes, after: arrival, at: tripEnd &+ 1),
            bytes[unchecked: departure.end] == .comma,
            let stop = usualStop(bytes, at: departure.end &+ 1, place.likely),
            let sequence = Self.sequence(bytes, at: stop.end),
            let end = skip(columnsFrom: Content.usualOrder.count, bytes, at: sequence.end)
        else { return nil }
        let row = StopTimeRow(
            trip: place.trip, stop: stop.number, sequence: sequence.number, line: place.line,
            arrival: StopTimeRow.Given(arrival.time),
            departure: StopTimeRow.Given(departure.time))
        return Read(row: row, end: end)
    }

    /// The departure, which is written as the arrival is as often as not.
    @inline(__always)
    private static func departure(
        _ bytes: Span<UInt8>, after arrival: (time: ServiceTime, end: Int), at start: Int
    ) -> (time: ServiceTime, end: Int)? {
        let next = arrival.end &+ 1
        // Eight bytes: a time, or a short one and the comma after it.
        if bytes.word(at: start) == bytes.word(at: next) {
            return (arrival.time, next &+ arrival.end &- start)
        }
        guard let departure = time(bytes, at: next), arrival.time <= departure.time else {
            return nil
        }
        return departure
    }

    /// The stop whose id stands at an offset, and where the cell after it starts.
    @inline(__always)
    private func usualStop(
        _ bytes: Span<UInt8>, at start: Int, _ likely: StopIndex
    ) -> (number: Int, end: Int)? {
        if let end = signs[likely.position].end(bytes, at: start) { return (likely.position, end) }
        guard let stop = anyStop(bytes, at: start, likely), stop.end < bytes.count,
            bytes[unchecked: stop.end] == .comma
        else { return nil }
        return (stop.number, stop.end &+ 1)
    }

    /// Moves over the columns from one on to the line end.
    @inline(__always)
    private func skip(columnsFrom first: Int, _ bytes: Span<UInt8>, at start: Int) -> Int? {
        var end = start
        for _ in first..<contents.count {
            guard end < bytes.count, bytes[unchecked: end] == .comma,
                let next = Self.skip(bytes, at: end &+ 1)
            else { return nil }
            end = next
        }
        return end < bytes.count && bytes[unchecked: end].isLineEnd ? end : nil
    }
}

extension PlainStopTimes {
    /// Reads a row in any order of columns, with quotes around any of them.
    private func anyRow(_ bytes: Span<UInt8>, at place: Place) -> Read? {
        var progress = Progress(position: place.start)
        for column in contents.indices {
            if column > 0 {
                guard bytes[progress.position] == .comma else { return nil }
                progress.position += 1
            }
            guard take(contents[column], bytes, place, &progress),
                progress.position < bytes.count
            else { return nil }
        }
        guard bytes[progress.position].isLineEnd, progress.arrival <= progress.departure else {
            return nil
        }
        let row = StopTimeRow(
            trip: place.trip, stop: progress.stop, sequence: progress.sequence, line: place.line,
            arrival: StopTimeRow.Given(progress.arrival),
            departure: StopTimeRow.Given(progress.departure))
        return Read(row: row, end: progress.position)
    }

    /// Moves over a cell and its quotes; false when it is not as expected.
    @inline(__always)
    private func take(
        _ content: Content, _ bytes: Span<UInt8>, _ place: Place, _ progress: inout Progress
    ) -> Bool {
        guard progress.position < bytes.count else { return false }
        let isQuoted = bytes[progress.position] == .quote
        if isQuoted { progress.position += 1 }
        guard let end = end(of: content, bytes, place, &progress), end < bytes.count else {
            return false
        }
        guard isQuoted else {
            progress.position = end
            return true
        }
        progress.position = end + 1
        return bytes[end] == .quote
    }

    /// Reads a cell, and tells where it ends; nil when it is not as expected.
    @inline(__always)
    private func end(
        of content: Content, _ bytes: Span<UInt8>, _ place: Place, _ progress: inout Progress
    ) -> Int? {
        let start = progress.position
        switch content {
        case .trip: return trips.end(of: place.trip, at: start, in: bytes)
        case .notRead: return Self.skip(bytes, at: start)
        case .arrival, .departure:
            guard start > 0, start + 8 <= bytes.count, let read = Self.time(bytes, at: start) else {
                return nil
            }
            if content == .arrival {
                progress.arrival = read.time
            } else {
                progress.departure = read.time
            }
            return read.end
        case .stop:
            guard let read = anyStop(bytes, at: start, place.likely) else { return nil }
            progress.stop = read.number
            return read.end
        case .sequence:
            guard let read = Self.sequence(bytes, at: start) else { return nil }
            progress.sequence = read.number
            return read.end
        }
    }
}

extension PlainStopTimes {
    /// `HH:MM:SS` or `H:MM:SS` at an offset that is not the first and has eight bytes after it.
    @inline(__always)
    private static func time(
        _ bytes: Span<UInt8>, at start: Int
    ) -> (time: ServiceTime, end: Int)? {
        let text = bytes.word(at: start)
        if let time = usualTime(text) { return (time, start &+ 8) }
        guard let time = usualTime(text &<< 8 | 0x30) else { return nil }
        return (time, start &+ 7)
    }

    /// `HH:MM:SS`, all eight bytes at once; nil for anything else.
    @inline(__always)
    private static func usualTime(_ word: UInt64) -> ServiceTime? {
        // Digits become their values and colons 0; a byte that is neither gets its top bit set.
        let values = word ^ 0x3030_3A30_303A_3030
        let checks = (values &+ 0x7676_7F76_767F_7676) | values
        guard checks & 0x8080_8080_8080_8080 == 0 else { return nil }
        let pairs = values &* 10 &+ values >> 8
        let (hours, minutes, seconds) = (pairs & 0xFF, pairs >> 24 & 0xFF, pairs >> 48 & 0xFF)
        guard minutes < 60, seconds < 60 else { return nil }
        return ServiceTime(Int(hours * 3600 + minutes * 60 + seconds))
    }

    /// The stop whose id stands at an offset, and where it ends.
    private func anyStop(
        _ bytes: Span<UInt8>, at start: Int, _ likely: StopIndex
    ) -> (number: Int, end: Int)? {
        if let end = stops.end(of: likely.position, at: start, in: bytes), end < bytes.count,
            // The id of another stop may begin like this one.
            bytes[end] == .comma || bytes[end] == .quote || bytes[end].isLineEnd
        {
            return (likely.position, end)
        }
        guard let end = Self.skip(bytes, at: start), end > start,
            let stop = stops.index(of: Cell(start: start, end: end), in: bytes)
        else { return nil }
        return (stop, end)
    }

    /// A number of at most nine digits, and where it ends.
    @inline(__always)
    private static func sequence(
        _ bytes: Span<UInt8>, at start: Int
    ) -> (number: Int, end: Int)? {
        var number = 0
        var end = start
        while end < bytes.count {
            let digit = bytes[unchecked: end] &- 0x30
            guard digit < 10 else { break }
            number = number &* 10 &+ Int(digit)
            end &+= 1
        }
        return 1...9 ~= end &- start ? (number, end) : nil
    }

    /// Where a cell ends whatever it holds; nil where it holds a blank, which may not count, or is
    /// not whole.
    @inline(__always)
    private static func skip(_ bytes: Span<UInt8>, at start: Int) -> Int? {
        var end = start
        while end < bytes.count {
            let byte = bytes[unchecked: end]
            if byte <= .comma {
                if byte == .comma || byte == .quote || byte.isLineEnd { return end }
                if byte.isBlank { return nil }
            }
            end &+= 1
        }
        return nil
    }
}

extension Span<UInt8> {
    /// The eight bytes at an offset, which must be there; the first of them lowest.
    @inline(__always)
    fileprivate func word(at start: Int) -> UInt64 {
        UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: start, as: UInt64.self))
    }
}

/// A stop's short id and the comma after it as one word, so that both are compared at once.
private struct StopSign {
    private let letters: UInt64
    private let mask: UInt64
    /// 0 where the id is too long for a word.
    private let length: Int

    init(_ id: String) {
        let text = Array((id + ",").utf8)
        length = text.count <= 8 ? text.count : 0
        mask = length > 0 ? UInt64.max >> (64 - 8 * length) : 0
        letters = text.prefix(length).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Where the comma after the id ends when both stand at an offset that has eight bytes after it.
    @inline(__always)
    func end(_ bytes: Span<UInt8>, at start: Int) -> Int? {
        guard length > 0, (bytes.word(at: start) ^ letters) & mask == 0 else {
            return nil
        }
        return start &+ length
    }
}
