import Testing
import TransitModel

@testable import ETAEngine

struct SourceWordsTests {
    private let network = TestCity.network
    private let lines = LineSet(network: TestCity.network, reach: 100)

    @Test func `what a source names is found in the timetable`() {
        var words = SourceWords()
        words.hear(Self.ping(trip: "T-8", route: "T", text: "e a s t"), network, lines)
        #expect(words.trip == network.trip(id: "T-8"))
        #expect(words.route == network.route(id: "T"))
        #expect(words.headsign == lines.headsign("East"))
        #expect(words.headsign != nil)
    }

    @Test func `names that the timetable has not say nothing`() {
        var words = SourceWords()
        words.hear(Self.ping(trip: "T-8", route: "T", text: "East"), network, lines)
        words.hear(Self.ping(trip: "T-99", route: "Q", text: "Nowhere"), network, lines)
        #expect(words.trip == nil && words.route == nil && words.headsign == nil)
    }

    @Test func `only what changed changes`() {
        var words = SourceWords()
        words.hear(Self.ping(trip: "T-8", route: "T", text: "East"), network, lines)
        words.hear(Self.ping(trip: "T-9", route: "T", text: nil), network, lines)
        #expect(words.trip == network.trip(id: "T-9"))
        #expect(words.route == network.route(id: "T"))
        #expect(words.headsign == nil)
    }

    private static func ping(trip: String?, route: String?, text: String?) -> Ping {
        var ping = Ping(
            vehicleID: "7", timestamp: TestCity.moment(8), receivedAt: TestCity.moment(8),
            coordinate: TestCity.place(0), routeID: route, tripID: trip)
        ping.directionText = text
        return ping
    }
}
