import Testing

@testable import Feeds

struct ProblemTests {
    @Test func `a problem says its parts and leaves out what it has not`() throws {
        #expect(
            try json(Problem(status: 404, title: "No such stop", detail: "S9 is not in the GTFS"))
                == """
                {"detail":"S9 is not in the GTFS","status":404,"title":"No such stop",\
                "type":"about:blank"}
                """
        )
    }
}
