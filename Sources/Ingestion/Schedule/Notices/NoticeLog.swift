/// Gathers the notices of one load, in order, without letting a broken feed fill the memory.
///
/// A class because readers and compilers on one thread share it; ``Findings`` go to others.
final class NoticeLog {
    /// Notices kept of one code in one file; the rest are counted.
    static let limit = 1000

    /// What was found, free to go from one thread to another.
    struct Findings: Sendable {
        fileprivate struct Kind: Hashable {
            let code: NoticeCode
            let file: String

            /// There are few files, and a bad one has a finding on every line.
            func hash(into hasher: inout Hasher) { hasher.combine(code) }
        }

        fileprivate var kept: [Notice] = []
        fileprivate var counts: [Kind: Int] = [:]

        /// Counts one more of a kind, and returns how many there are.
        fileprivate mutating func add(_ kind: Kind) -> Int {
            func increment(_ count: inout Int) -> Int {
                count += 1
                return count
            }
            return increment(&counts[kind, default: 0])
        }
    }

    /// What was found so far.
    private(set) var findings = Findings()

    /// Adds what another log found, after all that this one did.
    func add(_ others: Findings) {
        findings.kept += others.kept
        findings.counts.merge(others.counts, uniquingKeysWith: +)
    }

    /// Adds a finding, or counts it when there are too many alike, and then makes no message of it.
    func report(
        _ code: NoticeCode,
        file: String,
        line: Int? = nil,
        column: Column? = nil,
        value: @autoclosure () -> String? = nil,
        severity: Notice.Severity? = nil,
        _ message: @autoclosure () -> String
    ) {
        let kind = Findings.Kind(code: code, file: file)
        guard findings.add(kind) <= Self.limit else { return }
        findings.kept.append(
            Notice(
                severity: severity ?? code.severity,
                code: code.rawValue,
                file: file,
                line: line,
                column: column?.name,
                // Scalars, for one letter may have any number of accents.
                value: value().map { String($0.unicodeScalars.prefix(80)) },
                message: message()
            )
        )
    }

    /// Everything found, with a last notice for each kind that was cut short.
    var notices: [Notice] {
        findings.kept
            + overflow.map { kind, count in
                Notice(
                    severity: kind.code.severity,
                    code: kind.code.rawValue,
                    file: kind.file,
                    message: "\(count - Self.limit) more of these are not listed",
                    unlisted: count - Self.limit
                )
            }
    }

    private var overflow: [(Findings.Kind, Int)] {
        findings.counts.filter { $0.value > Self.limit }.map { ($0.key, $0.value) }
            .sorted { ($0.0.file, $0.0.code.rawValue) < ($1.0.file, $1.0.code.rawValue) }
    }
}
