import GRDB
import Testing

@testable import Storage

@Suite struct `Storage fault` {
    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StorageFault.Kind.diskFull),
        (.SQLITE_NOTADB, .notDatabase), (.SQLITE_CORRUPT, .notDatabase),
        (.SQLITE_BUSY, .busy), (.SQLITE_LOCKED, .busy), (.SQLITE_CANTOPEN, .unwritable),
        (.SQLITE_READONLY, .unwritable), (.SQLITE_IOERR, .failed), (.SQLITE_NOMEM, .failed),
    ])
    func `each trouble of SQLite has its kind, file and one line`(
        code: ResultCode,
        kind: StorageFault.Kind
    ) {
        let error = DatabaseError(resultCode: code, message: "two\nlines")
        let fault = StorageFault(error, path: "/var/lib/transpadang.db")
        #expect(fault.kind == kind)
        #expect(fault.description.contains("/var/lib/transpadang.db"))
        #expect(!fault.description.contains("\n"))
    }

    @Test func `a fault of ours passes through unchanged`() {
        let fault = StorageFault(.refused, "device a exists: choose another id")
        #expect(StorageFault(fault, path: "x") == fault)
    }

    @Test func `any other error is worded too`() {
        struct Odd: Error {}
        #expect(StorageFault(Odd(), path: "x").kind == .failed)
    }
}
