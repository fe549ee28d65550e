import ETAEngine
import Geometry
import Testing

@testable import Storage

@Suite struct `Experience store` {
    let scratch: Scratch
    let store: ExperienceStore

    init() throws {
        scratch = try Scratch()
        store = ExperienceStore(try scratch.database())
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
        #expect(try store.load().isEmpty)
    }

    @Test func `what was saved comes back exactly, in the same order`() throws {
        let links = [link("c"), link("a", period: 7, mean: 1.0 / 3), link("a", period: 6)]
        try store.save(Experience(links: links))
        #expect(try store.load() == Experience(links: links))
    }

    @Test func `a save replaces all that was kept`() throws {
        try store.save(Experience(links: [link("a"), link("c")]))
        try store.save(Experience(links: [link("d")]))
        #expect(try store.load().links == [link("d")])
    }

    @Test func `a save that fails leaves what was kept`() throws {
        try store.save(Experience(links: [link("a")]))
        #expect(throws: StorageFault.self) {
            try store.save(Experience(links: [link("e", mean: .nan)]))
        }
        #expect(try store.load().links == [link("a")])
    }

    @Test func `a file of any name holds them too`() throws {
        let file = scratch.file("history")
        let first = try Database(file: file)
        try ExperienceStore(first).save(Experience(links: [link("a")]))
        try first.close()
        #expect(try ExperienceStore(Database(file: file)).load().links == [link("a")])
    }

    @Test func `lessons come back with their places and numbers`() throws {
        let place = StopPlace(
            id: "s", name: "Pasar Raya", coordinate: Coordinate(latitude: -0.95, longitude: 100.36))
        let lessons = [
            Lesson(.waiting, values: [1e8, -12.5]),
            Lesson(.departures, at: place, number: 2, values: [0, 1.5, 1e-20]),
            Lesson(.errors, number: 27, values: []),
        ]
        try store.save(Experience(links: [], lessons: lessons))
        #expect(try store.load().lessons == lessons)
    }
}
