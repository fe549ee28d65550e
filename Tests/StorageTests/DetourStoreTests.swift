import Testing
import TransitModel

@testable import Storage

@Suite struct `Detour store` {
    @Test func `what is dismissed stays so until it is over`() throws {
        let scratch = try Scratch()
        let store = DetourStore(try scratch.database())
        try store.dismiss("K1.0.4", at: Timestamp(100))
        try store.dismiss("K2.1.7", at: Timestamp(200))
        try store.dismiss("K1.0.4", at: Timestamp(300))
        #expect(
            try store.dismissed() == ["K1.0.4": Timestamp(300), "K2.1.7": Timestamp(200)])
        try store.forget(["K1.0.4"])
        #expect(try store.dismissed().keys.sorted() == ["K2.1.7"])
    }
}
