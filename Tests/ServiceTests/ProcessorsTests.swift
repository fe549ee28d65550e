import Testing

@testable import Service

struct ProcessorsTests {
    @Test func `the kernel says how many there are`() throws {
        let allowed = try #require(Processors.allowed)
        #expect(1...1024 ~= allowed)
    }
}
