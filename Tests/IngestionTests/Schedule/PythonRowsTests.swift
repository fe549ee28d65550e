import Testing

@testable import Ingestion

/// Rows as the `csv` module of Python 3 reads them, blank lines left out; most feeds come from one
/// that writes as it does.
@Suite struct PythonRowsTests {
    @Test(
        arguments: [
            ("a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"1\",\"2\"\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"1,5\",2\n", [["a", "b"], ["1,5", "2"]]),
            ("a,b\n\"say \"\"hi\"\"\",2\n", [["a", "b"], ["say \"hi\"", "2"]]),
            ("a,b\n\"\",2\n", [["a", "b"], ["", "2"]]),
            ("a,b\n,\n", [["a", "b"], ["", ""]]),
            ("a,b\n\"x\ny\",2\n", [["a", "b"], ["x\ny", "2"]]),
            ("a,b\n\"x\r\ny\",2\n", [["a", "b"], ["x\r\ny", "2"]]),
            ("a,b\n1,\"\"\"\"\n", [["a", "b"], ["1", "\""]]),
            ("a,b\n1,\"a\"\"b\"\"c\"\n", [["a", "b"], ["1", "a\"b\"c"]]),
            ("a,b\nx\"y,2\n", [["a", "b"], ["x\"y", "2"]]),
            ("a,b\nx\"\"y,2\n", [["a", "b"], ["x\"\"y", "2"]]),
            ("a\n1\n\n2\n", [["a"], ["1"], ["2"]]),
            ("a,b,\n1,2,\n", [["a", "b", ""], ["1", "2", ""]]),
            ("a,b\n1,2,3\n", [["a", "b"], ["1", "2", "3"]]),
            ("a,b\n1\n", [["a", "b"], ["1"]]),
            ("a,b\n\"1\"\n", [["a", "b"], ["1"]]),
            ("a,b\n\"é, ü\",停\n", [["a", "b"], ["é, ü", "停"]]),
            ("a,b\n\"\n\n\",2\n", [["a", "b"], ["\n\n", "2"]]),
            ("a,b\n'1,5',2\n", [["a", "b"], ["'1", "5'", "2"]]),
            ("a,b\n1\\,5,2\n", [["a", "b"], ["1\\", "5", "2"]]),
            ("a;b\n1;2\n", [["a;b"], ["1;2"]]),
            ("a,b\n\"1\"\"\",2\n", [["a", "b"], ["1\"", "2"]]),
            ("a,b\n\"\"\"\",\"\"\"\"\"\"\n", [["a", "b"], ["\"", "\"\""]]),
            ("\"a\",\"b\"\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("\"a\nb\",c\n1,2\n", [["a\nb", "c"], ["1", "2"]]),
            ("a,b\n1,\"2\"\r\n3,\"4\"", [["a", "b"], ["1", "2"], ["3", "4"]]),
            ("a,b\n\n\n1,2\n\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"1,2\n3\",4\n5,6\n", [["a", "b"], ["1,2\n3", "4"], ["5", "6"]]),
        ] as [(String, [[String]])])
    func `rows are read as Python reads them`(text: String, rows: [[String]]) {
        var reader = CSVReader(Array(text.utf8))
        var read: [[String]] = []
        while reader.next() {
            read.append(reader.cells.map { CellValues.text(reader.bytes, $0) })
        }
        #expect(read == rows)
    }
}
