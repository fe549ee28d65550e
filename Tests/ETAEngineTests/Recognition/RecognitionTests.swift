import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct RecognitionTests {
    private let recognition = Recognition(TestCity.network)

    private func place(
        _ number: Int, id: String = "new", name: String? = nil, east: Double = 0
    ) -> StopPlace {
        let metres = Double(number % TestCity.stopCount) * TestCity.stopSpacing + east
        return StopPlace(
            id: id, name: name ?? "Stop \(number)", coordinate: TestCity.place(metres))
    }

    @Test func `a stop whose id is new is found where it is, on its own kerb`() {
        #expect(recognition.stop(place(3)) == StopIndex(3))
        #expect(recognition.stop(place(14)) == StopIndex(14))
        #expect(recognition.stop(place(3, east: 25)) == StopIndex(3))
    }

    @Test func `a stop that was renamed is found where it is`() {
        #expect(recognition.stop(place(3, name: "Pasar")) == StopIndex(3))
    }

    @Test func `an id that was given to another stop counts for nothing`() {
        #expect(recognition.stop(place(3, id: "S7")) == StopIndex(3))
        #expect(recognition.stop(place(3, id: "S14")) == StopIndex(3))
    }

    @Test func `a stop that keeps name and id may move a little`() {
        #expect(recognition.stop(place(3, id: "S3", east: 250)) == StopIndex(3))
        #expect(recognition.stop(place(3, id: "S3", east: -310)) == nil)
        #expect(recognition.stop(place(3, id: "S3", name: "Pasar", east: 250)) == nil)
    }

    @Test func `a stop that is gone is not found`() {
        #expect(recognition.stop(place(3, east: 31)) == nil)
        #expect(recognition.stop(place(3, id: "S3", east: 1e9)) == nil)
    }

    @Test func `a stop of which only the id is known is found by it`() {
        #expect(recognition.stop(StopPlace(id: "S5")) == StopIndex(5))
        #expect(recognition.stop(StopPlace(id: "none")) == nil)
    }

    @Test func `a station is no stop, however near`() {
        var station = place(3, id: "S3")
        station.kind = .station
        #expect(recognition.stop(station) == nil)
    }

    @Test(arguments: Array(TestCity.network.stops.indices))
    func `every stop is found after all ids were dealt anew`(stop: StopIndex) throws {
        let found = try #require(
            Recognition(TestCity.renumbered).stop(StopPlace(TestCity.network.stops[stop])))
        #expect(TestCity.renumbered.stops[found].name == TestCity.network.stops[stop].name)
        #expect(TestCity.renumbered.stops[found].id != TestCity.network.stops[stop].id)
    }

    @Test func `a route is found by its names before its id`() {
        #expect(recognition.route(RouteSign(id: "x", shortName: "T")) == RouteIndex(1))
        #expect(recognition.route(RouteSign(id: "R", shortName: "T")) == RouteIndex(1))
        #expect(recognition.route(RouteSign(id: "T", shortName: "9")) == RouteIndex(1))
        #expect(recognition.route(RouteSign(id: "T")) == RouteIndex(1))
        #expect(recognition.route(RouteSign(id: "x", shortName: "9")) == nil)
    }

    @Test func `an agency is found by its name or its id`() {
        #expect(recognition.agency(id: "x", name: "Test") == AgencyIndex(0))
        #expect(recognition.agency(id: "TP", name: nil) == AgencyIndex(0))
        #expect(recognition.agency(id: "x", name: "Other") == nil)
    }
}
