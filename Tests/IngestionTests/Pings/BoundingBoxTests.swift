import Geometry
import Ingestion
import Testing

@Suite struct `Bounding box` {
    @Test func `Padang holds its market, and not the market the wrong way round`() {
        let market = Coordinate(latitude: -0.9515, longitude: 100.3609)
        #expect(BoundingBox.padang.contains(market))
        #expect(!BoundingBox.padang.contains(market.swapped))
        #expect(!BoundingBox.padang.contains(Coordinate(latitude: -6.2, longitude: 106.8)))
    }

    @Test func `its sides belong to it`() {
        let box = BoundingBox(latitudes: 0...1, longitudes: 2...3)
        #expect(box.contains(Coordinate(latitude: 0, longitude: 3)))
        #expect(!box.contains(Coordinate(latitude: 0, longitude: 3.001)))
    }
}
