/// The first row of a file: which column stands where, and what is wrong with it.
struct Header {
    /// Column names in order, without spaces around them.
    private let names: [String]
    private let line: Int

    init(_ names: [String], line: Int) {
        self.names = names
        self.line = line
    }

    /// Where each column that is read stands, -1 for none; nil when rows could not be understood.
    ///
    /// Everything odd is reported.
    func positions(for file: FeedFile, _ log: NoticeLog) -> [Int]? {
        var positions = [Int](repeating: -1, count: Column.allCases.count)
        let columns = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0.name, $0) })
        var seen = Set<String>()
        for (position, name) in names.enumerated() {
            let isNew = seen.insert(name).inserted
            check(name, isNew, file, log)
            guard isNew, let column = columns[name] else { continue }
            positions[column.rawValue] = position
        }
        return checkRequired(positions, file, log) ? positions : nil
    }

    private func check(_ name: String, _ isNew: Bool, _ file: FeedFile, _ log: NoticeLog) {
        func report(_ code: NoticeCode, _ message: String) {
            log.report(code, file: file.rawValue, line: line, value: name, message)
        }
        if name.isEmpty {
            report(.emptyColumnName, "a column of the header has no name; it is not read")
        } else if !isNew {
            report(.duplicatedColumn, "stands twice in the header; the first is read")
        } else if !file.specifiedColumns.contains(name) {
            report(.unknownColumn, "is no column of the specification; it is not read")
        }
    }

    /// Whether rows mean anything; each column that the specification requires is asked for.
    private func checkRequired(_ positions: [Int], _ file: FeedFile, _ log: NoticeLog) -> Bool {
        let missing = file.requiredColumns.filter { positions[$0.rawValue] < 0 }
        let needed = file.neededColumns
        for column in missing {
            log.report(
                .missingRequiredColumn, file: file.rawValue, line: line, column: column,
                needed.contains(column)
                    ? "the header has no such column, so the file cannot be read"
                    : "the header has no such column; the file is read without it")
        }
        if file == .stopTimes, positions[Column.stopID.rawValue] < 0 {
            // The specification wants a stop only of rows that name no area for it.
            log.report(
                .missingRequiredField, file: file.rawValue, line: line, column: .stopID,
                "the header has no such column, so no row says where the bus stops")
        }
        return needed.allSatisfy { positions[$0.rawValue] >= 0 }
    }
}
