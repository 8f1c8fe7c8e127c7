import Foundation
import TransparencyLog

/// One head of an access log, as a statement or a list names it.
struct LogHead: Codable, Hashable {
    let origin: String
    let size: UInt64
    /// 32 bytes.
    let root: Data

    init(_ checkpoint: Checkpoint) {
        origin = checkpoint.origin
        size = checkpoint.size
        root = Data(checkpoint.root.bytes)
    }

    /// As it stands in the clear of a log entry.
    var text: String { "\(origin)/\(size)/\(root.hexadecimal)" }
}

/// A restored log's new origin: the entries before it are its first leaves, what follows is signed by another key.
///
/// A restored log is shorter than the one it replaces, and goes on otherwise. Under the old origin that would be a fork
/// that nobody could tell from a forged one.
struct LogBeginning: Codable, Hashable {
    /// The name of the log from here on, and its public key in the text form of a signed note.
    let origin: String
    let key: String
    /// The restored head, and the key it was signed by.
    let former: LogHead
    let formerKey: String
    /// The last head known elsewhere, from the list of removals: what lies between the two is lost.
    let elsewhere: LogHead?

    /// Whether it goes on from where `before` began.
    func follows(_ before: LogBeginning) -> Bool { former.origin == before.origin && formerKey == before.key }

    /// How the first entry under the new origin names both heads.
    var reasons: [String] {
        ["restored:\(former.text)"] + (elsewhere.map { ["elsewhere:\($0.text)"] } ?? [])
    }
}
