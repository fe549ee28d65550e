import Testing

@testable import TransitModel

struct ServiceTests {
    let saturday = ServiceDate(dayNumber: 20_778)

    @Test func `exceptions beat weekdays`() {
        var service = Service(
            id: "s", weekdays: 0b0100000, period: saturday - 30...saturday + 30)
        #expect(service.isActive(on: saturday))
        #expect(!service.isActive(on: saturday + 1))
        #expect(!service.isActive(on: saturday + 35))
        service.removed = [saturday]
        service.added = [saturday + 1, saturday + 100]
        #expect(!service.isActive(on: saturday))
        #expect(service.isActive(on: saturday + 1))
        #expect(service.isActive(on: saturday + 100))
    }

    @Test func `a service of exceptions alone runs on those days`() {
        let service = Service(id: "s", added: [saturday])
        #expect(service.isActive(on: saturday))
        #expect(!service.isActive(on: saturday + 7))
    }
}
