import GRDB

/// Why storage could not do what was asked, in one line that says what to do about it.
public struct StorageFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is, for those who must answer differently to each.
    public enum Kind: Hashable, Sendable {
        /// The directory or file cannot be made, opened or written.
        case unwritable
        /// The file is there, but is no database of ours, or it is damaged.
        case notDatabase
        /// The database comes from a later version of the program.
        case newerVersion
        /// The disk is full.
        case diskFull
        /// Another process held the database for too long.
        case busy
        /// A signed message came before.
        case replayed
        /// More is waiting to be written than is kept in memory.
        case overloaded
        /// The caller asked for something that cannot be, such as an id twice.
        case refused
        /// The disk or SQLite failed in another way.
        case failed
    }

    /// What kind of trouble it is.
    public var kind: Kind
    /// One line for a person: what failed and what to do.
    public var description: String

    /// Makes a fault.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

extension StorageFault {
    /// Words any error that came out of SQLite while it worked on the file at `path`.
    init(_ error: any Error, path: String) {
        switch error {
        case let fault as StorageFault: self = fault
        case let error as DatabaseError: self.init(sqlite: error, path: path)
        default: self.init(.failed, "\(path): \(oneLine("\(error)"))")
        }
    }

    private init(sqlite error: DatabaseError, path: String) {
        let text = oneLine(error.message ?? "error \(error.extendedResultCode.rawValue)")
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self.init(.notDatabase, "\(path) is damaged or no database (\(text)): \(Self.moveHint)")
        case .SQLITE_FULL:
            self.init(.diskFull, "\(path): the disk is full: free some space")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "\(path) is held by another process: stop it, then try again")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
            self.init(.unwritable, "\(path) cannot be written (\(text)): \(Self.permissionHint)")
        default:
            self.init(.failed, "\(path): \(text)")
        }
    }

    static let moveHint = "move it away to start afresh, or restore a copy"
    static let permissionHint = "check its owner and permissions, or choose another --data"
}

private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
}
