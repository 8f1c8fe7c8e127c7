import EncryptedStore
import Foundation
import Sealing

/// Looks at every wrapped key: each is well formed, and addressed to somebody whom the verified roster lets hold it.
///
/// Whether a wrap opens, only its recipient can tell: those of the person who checks are opened.
struct WrapCheck {
    let passage: Passage
    private let living: Set<String>

    init(passage: Passage) {
        self.passage = passage
        living = Set(passage.roster.members.values.filter(\.isActive).map(\.card.keyID))
    }

    func run(records: [RecordRow]) throws -> [String] {
        try keyring() + groups() + secrets() + records.flatMap(keys) + closedWithoutKeeper()
    }

    // MARK: the keyring

    private func keyring() throws -> [String] {
        let keyring = passage.session.keyring
        let recovery = Set([passage.roster.recoveryCard?.keyID].compactMap { $0 })
        // While a restore is under way there is none yet.
        guard !keyring.wraps.isEmpty else { return [] }
        var problems: [String] = []
        if Set(keyring.wraps.map(\.recipient)) != living {
            problems.append("the keyring is not for those who work here")
        }
        if Set(keyring.recoveryWraps.map(\.recipient)) != recovery {
            problems.append("the keyring is not for the recovery key in force")
        }
        for wrap in keyring.wraps + keyring.recoveryWraps where !isKey(wrap.bytes) {
            problems.append("the keyring's wrap of the \(wrap.purpose) for \(wrap.recipient) is malformed")
        }
        return problems
    }

    // MARK: groups

    private func groups() throws -> [String] {
        let wraps = Dictionary(grouping: try passage.keyRows.everyGroupWrap(), by: \.group)
        let strays = wraps.keys.filter { passage.roster.activeGroup($0) == nil }.sorted()
            .map { "group \($0) is no more, and its key is still wrapped" }
        let groups = passage.roster.groups.values.filter { passage.roster.activeGroup($0.group) != nil }
        return try strays
            + groups.sorted { $0.group < $1.group }.flatMap { try check($0, wraps[$0.group] ?? []) }
    }

    private func check(_ group: GroupManifest, _ wraps: [GroupWrapRow]) throws -> [String] {
        let name = "group \(group.group)"
        var problems = wraps.filter { !isKey($0.sealed) }.map { "\(name): its wrap for \($0.recipient) is malformed" }
        let members = Set(group.members.compactMap { passage.roster.members[$0.staff]?.card.keyID })
        let current = Set(wraps.filter { $0.epoch == group.epoch }.map(\.recipient))
        let others: Set<String> =
            switch group.kind {
            case .office, .archive: passage.roster.recoveryCard == nil ? [] : [KeyRows.recovery]
            case .team, .privileged, .restricted: [KeyRows.office]
            }
        let wanted = members.intersection(living).union(others)
        problems += current.subtracting(wanted).sorted().map { "a key of \(name) is wrapped to nobody here: \($0)" }
        // An archive whose keepers were there before recovery has no wrap to it until it is renewed.
        let due = group.kind == .archive ? members.intersection(living) : wanted
        problems += due.subtracting(current).sorted().map { "\(name) has no key for \($0)" }
        // The archive keeps its earlier epochs with those who held them, under whatever card that was.
        if group.kind != .archive, wraps.contains(where: { $0.epoch != group.epoch }) {
            problems.append("\(name): a key of an earlier epoch is still wrapped")
        }
        if wraps.contains(where: { $0.epoch > group.epoch }) {
            problems.append("\(name): a key of an epoch nobody signed")
        }
        return problems + (try opened(group, wraps))
    }

    /// Every wrap of this person's own must open, and be the key that the manifest names.
    private func opened(_ group: GroupManifest, _ wraps: [GroupWrapRow]) throws -> [String] {
        wraps.filter { $0.recipient == passage.identity.card.keyID }.compactMap { wrap in
            do {
                _ = try passage.groupKeys.asMember(of: group, epoch: wrap.epoch)
                return nil
            } catch {
                return "group \(group.group): \(error)"
            }
        }
    }

    private func secrets() throws -> [String] {
        try passage.keyRows.everyGroupSecret().compactMap { group, sealed in
            guard passage.roster.activeGroup(group) != nil else {
                return "group \(group) is no more, and shares a secret still"
            }
            return Envelope.isWellFormed(sealed) ? nil : "group \(group): a secret it shares is malformed"
        }
    }

    // MARK: records

    /// Each key of a record is wrapped to its holder as it is now, and beside it to recovery alone.
    private func keys(of record: RecordRow) throws -> [String] {
        let restricted = try passage.keyRows.restrictedHolder(record.id)?.holder
        let stray = try passage.keyRows.recordKeys(record.id).contains { row in
            if row.recipient == KeyRows.recovery { return passage.roster.recoveryCard == nil }
            guard row.recipient == (row.slot == .main ? record.holder : restricted),
                let holder = passage.roster.activeGroup(row.recipient)
            else { return true }
            return holder.kind == .archive ? row.recipientEpoch > holder.epoch : row.recipientEpoch != holder.epoch
        }
        let malformed = try passage.keyRows.recordKeys(record.id).contains { !isKey($0.sealed) }
        return (stray ? ["\(record.reference): a key is wrapped to another than its holder"] : [])
            + (malformed ? ["\(record.reference): a wrapped key is malformed"] : [])
    }

    /// Every closed record must have a living keeper who can open it.
    private func closedWithoutKeeper() throws -> [String] {
        guard let archive = passage.roster.group(.archive)?.group else { return [] }
        return try passage.keyRows.closedEpochs(archive).filter { epoch in
            try !living.contains { try passage.keyRows.groupWrap(archive, epoch: epoch, recipient: $0) != nil }
        }.map { "closed records of archive epoch \($0) can be opened by no living keeper" }
    }

    private func isKey(_ sealed: Data) -> Bool { Envelope.isWellFormed(sealed, holding: VaultSecrets.byteCount...) }
}
