import ETAEngine
import Geometry
import Testing

@testable import Storage

@Suite struct `Travel time store` {
    let scratch: Scratch
    let store: TravelTimeStore

    init() throws {
        scratch = try Scratch()
        store = TravelTimeStore(try scratch.database())
    }

    private func link(_ from: String, period: Int = 7, mean: Double = 4.5) -> LinkStatistic {
        LinkStatistic(
            from: StopPlace(
                id: from,
                name: "Pasar Raya",
                coordinate: Coordinate(latitude: -0.95, longitude: 100.36)
            ),
            to: StopPlace(id: "b"),
            period: period,
            count: 12.25,
            mean: mean,
            variance: 0.1
        )
    }

    @Test func `before the first save there is nothing`() throws {
        #expect(try store.load() == [])
    }

    @Test func `what was saved comes back exactly, in the same order`() throws {
        let links = [link("c"), link("a", period: 7, mean: 1.0 / 3), link("a", period: 6)]
        try store.save(links)
        #expect(try store.load() == links)
    }

    @Test func `a save replaces all that was kept`() throws {
        try store.save([link("a"), link("c")])
        try store.save([link("d")])
        #expect(try store.load() == [link("d")])
    }

    @Test func `a save that fails leaves what was kept`() throws {
        try store.save([link("a")])
        #expect(throws: StorageFault.self) { try store.save([link("e", mean: .nan)]) }
        #expect(try store.load() == [link("a")])
    }

    @Test func `a file of any name holds them too`() throws {
        let file = scratch.file("history")
        let first = try Database(file: file)
        try TravelTimeStore(first).save([link("a")])
        try first.close()
        #expect(try TravelTimeStore(Database(file: file)).load() == [link("a")])
    }
}
