import Foundation
import Sealing

/// Opens what the log only commits to, for a person of the office.
///
/// An opening counts if it is the value that the entry committed to, so nobody with the disk can put another in its place.
struct Openings {
    let passage: Passage
    private let key: EncapsulationPrivateKey?

    init(passage: Passage) throws {
        self.passage = passage
        key = try passage.roster.group(.office).flatMap { try passage.groupKeys.asMember(of: $0) }
    }

    /// The value an entry committed to under a label; nil for somebody outside the office, for what was erased, and for
    /// what was sealed to a former key of the office.
    ///
    /// - Throws: ``VaultFault/damaged(_:)`` if what opens is not what was committed to.
    func open(_ entry: LoggedEntry, _ label: String) throws -> Data? {
        guard let key, let row = try passage.logRows.opening(entry.seq, label: label),
            let value = try? Envelope.open(
                row.sealed, with: key, label: VaultLabel.logOpening, context: Data("\(entry.seq)".utf8))
        else { return nil }
        let digest = AccessEntry.Commitment.digest(label: label, salt: row.salt, value: value)
        guard entry.commit[label] == digest.base64EncodedString() else {
            throw VaultFault.damaged("what entry \(entry.seq) of the access log committed to was altered")
        }
        return value
    }
}
