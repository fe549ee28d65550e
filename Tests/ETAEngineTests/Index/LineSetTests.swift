import Testing
import TransitModel

@testable import ETAEngine

struct LineSetTests {
    let lines = LineSet(network: TestCity.network, reach: 100)

    @Test func `each route and direction has its own line`() {
        #expect(lines.lines.count == 3)
        #expect(lines.line(of: TestCity.pattern("R", 1)) == 1)
    }

    @Test func `headsigns compare without case and blanks`() {
        #expect(lines.headsign("E-A st").map { lines[0].headsigns == [$0] } == true)
        #expect(DirectionText.folded(" Pasar  Raya-2") == "pasarraya2")
    }

    @Test func `patterns that share two neighbouring stops share the link`() {
        let table = LinkTable(network: TestCity.network)
        #expect(table.links.count == 20)
        #expect(
            table.link(of: TestCity.pattern("R", 0), after: 3)
                == table.link(of: TestCity.pattern("T", 0), after: 3))
    }
}
