import Cedar
import Foundation

/// Makes recorded decisions again, under the set that made them and under a candidate.
struct Replay {
    /// How many entries a proposal looks back upon.
    static let proposalCount = 1_000

    let passage: Passage
    let candidate: PolicyProfile

    /// - Parameter last: only so many of the newest entries.
    func run(last: Int?) throws -> ReplayView {
        let size = try passage.logRows.head()?.size ?? 0
        let first = last.map { size - min(size, UInt64($0)) } ?? 0
        let openings = try Openings(passage: passage)
        var factsCount = 0
        var replayed = 0
        var changes: [ReplayedChange] = []
        for position in first..<size {
            let entry = try LoggedEntry.parse(passage.logRows.entry(position))
            guard entry.commit[RecordedFacts.label] != nil else { continue }
            factsCount += 1
            guard let bytes = try openings.open(entry, RecordedFacts.label), !bytes.isEmpty else { continue }
            replayed += 1
            if let change = try change(entry, bytes) { changes.append(change) }
        }
        return ReplayView(
            digest: candidate.digest.hexadecimal, entryCount: size - first, factsCount: factsCount,
            unopenedCount: factsCount - replayed, replayedCount: replayed, changes: changes)
    }

    /// The decision then and now, if it is another. Which policies decide alone is no other decision.
    private func change(_ entry: LoggedEntry, _ bytes: Data) throws -> ReplayedChange? {
        guard let digest = Data(hexadecimal: entry.policy_sha256) else {
            throw VaultFault.damaged("entry \(entry.seq) of the access log names no policy set")
        }
        let (request, entities) = try RecordedFacts.read(bytes)
        let then = try passage.session.profile(digest, passage.statements).decide(request, entities)
        let now = candidate.decide(request, entities)
        guard then.isAllowed != now.isAllowed else { return nil }
        func word(_ isAllowed: Bool) -> String { isAllowed ? "allow" : "deny" }
        return ReplayedChange(
            position: entry.seq, act: entry.ev, then: word(then.isAllowed), thenBy: then.reasons,
            now: word(now.isAllowed), nowBy: now.reasons)
    }
}
