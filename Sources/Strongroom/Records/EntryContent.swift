import Adoption
import Foundation

/// What an entry says. Signed by its author, then sealed under its record's key; nothing of it stands in the clear.
struct EntryContent: Codable {
    var v = 1
    var entry: String
    var record: String
    var kind: EntryKind
    var documentKind: String?
    /// The day it happened, as the author says.
    var on: String
    /// When it was recorded, in vault time.
    var at: String
    var author: String
    var title: String?
    var text: String?
    var fileName: String?
    var byteCount: UInt64?
    /// SHA-256 of the whole document. It stands only under the seal, so equal files do not show as equal.
    var digest: Data?
    var supersedes: String?
    var reason: String?
    var fields: [String: String]?
    /// Structured content of its own format: a manifest, a certificate, an imported return's rows.
    var payload: Data?
    /// The signed statement this entry was re-sealed from, when it was moved or migrated.
    var original: Data?
}

/// An entry whose seal and signature verified.
struct OpenedEntry {
    let row: EntryRow
    let content: EntryContent
    /// The signed statement, as it was sealed.
    let signed: Data
}
