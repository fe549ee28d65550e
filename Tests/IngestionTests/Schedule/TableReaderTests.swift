import Testing

@testable import Ingestion

@Suite struct TableReaderTests {
    private let log = NoticeLog()

    private func open(_ text: String, _ file: FeedFile = .stops) -> TableReader? {
        try? TableReader.open(file, RowWindow(Array(text.utf8)), log: log)
    }

    private func isRefused(_ text: String) -> Bool {
        if open(text) != nil { return false }
        return true
    }

    private func ids(_ text: String) -> [String] {
        guard var table = open(text) else { return [] }
        var ids: [String] = []
        while table.next() { ids.append(table.text(.stopID)) }
        return ids
    }

    @Test func `columns are found by name, wherever they stand`() throws {
        guard var table = open("zone_id, stop_name ,\"stop_id\"\n1,Market,s") else {
            Issue.record("the header was refused")
            return
        }
        _ = table.next()
        #expect(table.text(.stopID) == "s")
        #expect(table.text(.stopName) == "Market")
        #expect(table.text(.stopCode) == "")
        #expect(log.notices.isEmpty)
    }

    @Test func `a missing column that is required is named`() {
        #expect(isRefused("stop_name\nMarket"))
        #expect(log.notices.map(\.code) == ["missing_required_column"])
        #expect(log.notices.first?.column == "stop_id")
    }

    @Test func `a file without a header is empty`() {
        #expect(isRefused("\n\n"))
        #expect(log.notices.map(\.code) == ["empty_file"])
    }

    @Test func `a column that stands twice is read once`() {
        #expect(ids("stop_id,stop_id\na,b") == ["a"])
        #expect(log.notices.map(\.code) == ["duplicated_column"])
    }

    @Test func `a short row is read as far as it goes`() {
        #expect(ids("stop_id,stop_name\na\nb,B") == ["a", "b"])
        #expect(log.notices.map(\.code) == ["invalid_row_length"])
        #expect(log.notices.first?.line == 2)
    }

    @Test func `a row with more cells than columns has shifted and is dropped`() {
        #expect(ids("stop_id,stop_name\na,Market, South\nb,B,\n") == ["b"])
        #expect(log.notices.map(\.code) == ["invalid_row_length", "invalid_row_length"])
    }

    @Test func `an empty row is skipped`() {
        #expect(ids("stop_id,stop_name,zone_id\na,A,\n,\nb,B,") == ["a", "b"])
        #expect(log.notices.map(\.code) == ["empty_row"])
    }

    @Test func `flaws of quoting are told with their line`() {
        #expect(ids("stop_id,stop_name\na,\"The \"A\"\"\nb,\"B\n") == ["a"])
        #expect(log.notices.map(\.code) == ["unescaped_quote", "csv_parsing_failed"])
        #expect(log.notices.map(\.line) == [2, 3])
    }

    @Test func `a value of the wrong kind is told with its address`() throws {
        guard var table = open("stop_id,location_type\na,x\nb,7\nc,") else {
            Issue.record("the header was refused")
            return
        }
        _ = table.next()
        #expect(table.choice(.locationType, of: 0...4, otherwise: "taken as a stop") == nil)
        _ = table.next()
        #expect(table.choice(.locationType, of: 0...4, otherwise: "taken as a stop") == nil)
        _ = table.next()
        #expect(table.choice(.locationType, of: 0...4, otherwise: "taken as a stop") == nil)
        #expect(
            log.notices.map(\.description) == [
                "stops.txt:2 location_type \"x\": is not a whole number; taken as a stop",
                "stops.txt:3 location_type \"7\": is not one of 0 to 4; taken as a stop",
            ]
        )
    }
}
