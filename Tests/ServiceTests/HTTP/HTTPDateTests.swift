import Testing

@testable import Service

struct HTTPDateTests {
    @Test func `the example of the specification reads and writes`() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    }

    @Test(arguments: [0, 951_782_400, 1_794_790_820, 4_102_444_799] as [Int64])
    func `what is written reads the same`(seconds: Int64) {
        #expect(HTTPDate.seconds(HTTPDate.text(seconds)) == seconds)
    }

    @Test(arguments: ["", "yesterday", "Sun, 31 Feb 2026 00:00:00 GMT", "0"])
    func `anything else is no date`(text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }
}
