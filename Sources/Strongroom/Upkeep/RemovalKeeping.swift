import EncryptedStore
public import Foundation
import Sealing
import TransparencyLog
import WorkingDays

/// Keeps the list of removals beside the store as the store has it.
extension Session {
    /// Writes the list of removals to a file, to be kept where the backups are.
    ///
    /// - Returns: how many entries the log has that it goes by.
    /// - Throws: ``VaultFault/exists(_:)`` if the file is there.
    public func writeRemovals(to file: URL) throws -> Outcome<UInt64> {
        try read(Ask(.vaultRemovals, on: .vault)) { passage in
            guard !FileManager.default.fileExists(atPath: file.path) else { throw VaultFault.exists(file.path) }
            return try passage.logRows.head()?.size ?? 0
        }.map { size in
            try writeRemovals()
            try writeRemovals(besides: file)
            return size
        }
    }

    /// Writes the list anew, in its place beside the store.
    func writeRemovals() throws {
        try listing(keeping: try? RemovalList.load(from: removalsFile)).save(to: removalsFile)
    }

    /// Copies the list that lies beside the store.
    func writeRemovals(besides file: URL) throws {
        try RemovalList.load(from: removalsFile).save(to: file)
    }

    /// Writes the list anew if the store has gone on since: after a crash between an act and its list, or where the list
    /// was lost.
    func reconcileRemovals() throws {
        let known = try? RemovalList.load(from: removalsFile)
        let isAsItShould = try database.read { statements in
            let roster = try verifiedRoster(statements)
            let records = try recordsMark(statements)
            return known?.recordsMark == records
                && (known?.peopleMark == peopleMark(roster) || !isAdministrator(roster))
        }
        DurableFile.removeRemains(of: removalsFile)
        if !isAsItShould { try writeRemovals() }
    }

    private var removalsFile: URL { directory.appendingPathComponent(Vault.removalsName) }

    /// Who may is signed by administrators alone; whoever else is at work leaves that part as it was.
    private func listing(keeping known: RemovalList?) throws -> RemovalList {
        try database.read { statements in
            let roster = try verifiedRoster(statements)
            let records = try recordsListed(statements, roster)
            var list = RemovalList(
                vault: vaultID, people: known?.people, peopleMark: known?.peopleMark,
                records: try seal(records, VaultLabel.recordsListed), recordsMark: try recordsMark(statements))
            if isAdministrator(roster), known?.peopleMark != peopleMark(roster) {
                list.people = try seal(peopleListed(roster, at: records.at), VaultLabel.peopleListed)
                list.peopleMark = peopleMark(roster)
            }
            return list
        }
    }

    private func isAdministrator(_ roster: Roster) -> Bool {
        roster.members[staff]?.roles.contains(.adoptionAdministrator) ?? false
    }

    private func seal(_ part: some Encodable, _ label: Label) throws -> Data {
        try RemovalList.seal(part, label, by: identity, secrets: secrets, vault: vaultID)
    }

    private func peopleMark(_ roster: Roster) -> Data {
        secrets.token(roster.head ?? Data(), VaultLabel.removalsMark)
    }

    /// Records are only ever added to the removed and to the closed, so their numbers tell.
    private func recordsMark(_ statements: any Statements) throws -> Data {
        let removed = try RemovedRows(statements: statements).count()
        let closed = try RecordRows(statements: statements).closedCount()
        return secrets.token(Data("\(keyring.logOrigin) \(removed) \(closed)".utf8), VaultLabel.removalsMark)
    }

    private func peopleListed(_ roster: Roster, at: String) -> PeopleListed {
        let staff = roster.members.filter(\.value.isActive).sorted { $0.key < $1.key }.map { staff, member in
            PeopleListed.Person(
                staff: staff, card: member.card.encoded, handle: member.handle, team: member.team,
                roles: member.roles.map(\.rawValue).sorted())
        }
        let groups = roster.groups.values.filter { roster.activeGroup($0.group) != nil }
            .sorted { $0.group < $1.group }.map { PeopleListed.Group(group: $0.group, members: $0.members) }
        return PeopleListed(
            v: 1, vault: vaultID, at: at, statementCount: roster.verified.count, staff: staff, groups: groups,
            recovery: roster.recovery)
    }

    private func recordsListed(_ statements: any Statements, _ roster: Roster) throws -> RecordsListed {
        let logRows = LogRows(statements: statements)
        guard let head = try logRows.head(), head.size > 0 else {
            throw VaultFault.damaged("the access log has no head")
        }
        let checkpoint = try Checkpoint.open(
            head.checkpoint, origin: logSigner.name, verifier: logSigner.verifier)
        return RecordsListed(
            v: 1, vault: vaultID, at: try LoggedEntry.parse(logRows.entry(head.size - 1)).t,
            head: LogHead(checkpoint), restored: roster.logBeginnings.map(\.former),
            removed: try RemovedRows(statements: statements).all(),
            closed: try RecordRows(statements: statements).closed().map {
                RecordsListed.Closed(record: $0.id, on: $0.closedOn?.description ?? "")
            })
    }
}
