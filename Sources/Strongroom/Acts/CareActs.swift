import Adoption
import EncryptedStore
import Foundation
import Sealing
public import WorkingDays

/// What is needed to open a care record.
public struct CareOpening: Sendable {
    /// Who the child is.
    public var particulars: Particulars
    /// The key worker's short name; without one, the social worker who opens the record.
    public var keyWorker: String?
    /// The manager's short name.
    public var manager: String?
    /// The team's short name; without one, the opener's.
    public var team: String?
    /// The day the record was opened; without one, today.
    public var on: Day?

    /// Asks for a care record of this child.
    public init(
        particulars: Particulars, keyWorker: String? = nil, manager: String? = nil, team: String? = nil, on: Day? = nil
    ) {
        self.particulars = particulars
        self.keyWorker = keyWorker
        self.manager = manager
        self.team = team
        self.on = on
    }
}

/// A care record as a person may see it.
public struct CareView: Sendable, Codable {
    /// The record's reference.
    public let reference: String
    /// Where the record stands in its life.
    public let stage: String
    /// Who the child is.
    public let particulars: Particulars
    /// The day it was opened.
    public let openedOn: String
    /// The key worker's short name.
    public let keyWorker: String?
    /// The manager's short name.
    public let manager: String?
    /// Deputies whose dated grant runs today.
    public let deputies: [String]
    /// Plan type and aim, and nothing more (R8).
    public let plan: String?
    /// That an adoption record exists is no secret before the order; which one is.
    public let hasAdoptionRecord: Bool
    /// What the record waits for.
    public let waitsFor: [WaitLine]
}

/// One thing a record waits for.
public struct WaitLine: Sendable, Codable {
    /// What is waited for.
    public let what: String
    /// Who has to act.
    public let who: String
    /// The command that does it.
    public let command: String

    init(_ wait: Wait) {
        what = wait.words
        who = wait.duty.words
        command = wait.command
    }
}

/// One child found by search.
public struct SearchHit: Sendable, Codable {
    /// The record's reference.
    public let reference: String
    /// The given names.
    public let given: String
    /// The family name.
    public let family: String
    /// The date of birth.
    public let born: String
}

/// What was filed, and what to mind.
public struct Filed: Sendable, Codable {
    /// The entry's identifier; empty where an act files none.
    public let entry: String
    /// The signpost written on the care record, if one was.
    public let signpost: String?
    /// What was allowed and should be minded.
    public let warnings: [String]
}

extension Session {
    /// Opens a care record and returns its reference.
    ///
    /// The vault looks for nobody: an adopted child's new record is an ordinary one (R15).
    public func openCare(_ opening: CareOpening) throws -> Outcome<String> {
        try write(Ask(.careOpen, on: .vault).dated(opening.on).about(opening.keyWorker)) { passage in
            let day = opening.on ?? passage.today
            if case .refused(let refusal) = Lifecycle.judgeOpening(
                of: .care, by: .openCare, day: day, today: passage.today)
            {
                throw refusal
            }
            guard opening.particulars.born.map({ $0 <= passage.today }) ?? true else {
                throw VaultFault.unusable("the date of birth lies in the future", hint: "type it again")
            }
            let record = try passage.makeCareRecord(in: passage.teamGroup(named: opening.team), on: day)
            try passage.fileParticulars(opening.particulars, of: record)
            let isWorker = passage.roster.members[passage.me]?.roles.contains(.socialWorker) ?? false
            if let keyWorker = try opening.keyWorker.map(passage.requireStaff) ?? (isWorker ? passage.me : nil) {
                try passage.assign(keyWorker, as: .keyWorker, of: record.id)
            }
            if let manager = try opening.manager.map(passage.requireStaff) {
                try passage.assign(manager, as: .manager, of: record.id)
            }
            passage.touched(record, as: .careOpen)
            return record.reference
        }
    }

    /// Shows a care record: who the child is, the plan's type and aim, and what the record waits for.
    public func showCare(_ reference: String) throws -> Outcome<CareView> {
        try read(Ask(.careShow, on: .record(reference))) { passage in
            let record = try passage.requireRecord()
            let hold = try passage.hold(record)
            guard let particulars = try passage.particulars(hold) else { throw VaultFault.damaged("no particulars") }
            let facts = try passage.domainFacts(record)
            let assigned = try passage.verifiedAssignments(of: record.id)
            func people(_ relation: Relation) throws -> [String] {
                try assigned.filter { $0.relation == relation && $0.isCurrent(on: passage.today) }
                    .map { try passage.handle($0.staff) }
            }
            return CareView(
                reference: record.reference, stage: record.stage.rawValue, particulars: particulars,
                openedOn: record.openedOn?.description ?? "", keyWorker: try people(.keyWorker).first,
                manager: try people(.manager).first, deputies: try people(.deputy),
                plan: try passage.latest(.plan, hold)?.content.text,
                hasAdoptionRecord: facts.hasCurrentAdoptionRecord,
                waitsFor: Waiting.waitsFor(facts).map(WaitLine.init))
        }
    }

    /// Finds care records by whole words of a name, a date of birth or an identifier, all of which must match.
    ///
    /// Only what the person may show is found; closed records are found by nobody. Without a word, it is the records
    /// this person is key worker, manager or deputy of.
    public func searchCare(_ words: String) throws -> Outcome<[SearchHit]> {
        var ask = Ask(.careSearch, on: .vault)
        ask.committed.append((label: "words", value: words))
        let found: Outcome<[String]> = try write(ask) { passage in
            var visible: [String] = []
            for record in try passage.searched(words) {
                guard try passage.decide(Ask(.careShow, on: .record(record.reference)), on: record).isAllowed else {
                    continue
                }
                passage.touched(record, as: .careSearch)
                visible.append(record.reference)
            }
            return visible
        }
        return try found.map { references in
            try database.read { statements in
                let passage = try Passage(session: self, statements: statements, target: .vault)
                return try references.compactMap { try passage.hit($0) }
            }
        }
    }

    /// Changes who is key worker, manager or deputy of a care record.
    public func assign(
        _ reference: String, keyWorker: String? = nil, manager: String? = nil, deputy: String? = nil, until: Day? = nil,
        reason: String
    ) throws -> Outcome<Void> {
        let ask = Ask(.careAssign, on: .record(reference)).because(reason).about(keyWorker ?? manager ?? deputy)
        return try write(ask) { passage in
            let record = try passage.requireRecord()
            try passage.requireReason(reason)
            try passage.judge(.assign, on: record)
            if let keyWorker { try passage.assign(passage.requireStaff(keyWorker), as: .keyWorker, of: record.id) }
            if let manager { try passage.assign(passage.requireStaff(manager), as: .manager, of: record.id) }
            if let deputy {
                _ = try Grant(.deputy, from: passage.today, until: until, reason: reason)
                try passage.assign(
                    passage.requireStaff(deputy), as: .deputy, of: record.id, until: until?.description)
            }
            if keyWorker != nil || manager != nil { try passage.renewSecondKey(of: record) }
        }
    }
}

extension Passage {
    /// A new care record of a team, with its first key.
    func makeCareRecord(in team: GroupManifest, on day: Day, isImported: Bool = false) throws -> RecordRow {
        let record = RecordRow(
            id: Identifier.fresh(.record),
            reference: CareReference(random: randomBytes(CareReference.randomByteCount)).description,
            kind: .care, stage: .open, team: team.group, holder: team.group, holderSalt: randomBytes(16), care: nil,
            isImported: isImported, planRecorded: false, openedOn: day)
        try records.insert(record)
        try recordKeys.make(record: record.id, slot: .main, holder: team)
        return record
    }

    func teamGroup(named name: String?) throws -> GroupManifest {
        let teams = roster.groups.values.filter { $0.kind == .team && !roster.endedGroups.contains($0.group) }
        let mine = teams.filter { $0.isMember(me, on: today.description) }.sorted { $0.group < $1.group }
        guard let name else {
            guard let first = mine.first else {
                throw VaultFault.unusable("you belong to no team", hint: "ask the adoption administrator")
            }
            return first
        }
        let named = try mine.first { group in
            try group.name.map { try session.secrets.openHandle($0, vault: session.vaultID) == name } ?? false
        }
        guard let named else {
            throw VaultFault.unusable("you belong to no team called `\(name)`", hint: "see `strongroom staff list`")
        }
        return named
    }

    func fileParticulars(_ particulars: Particulars, of record: RecordRow) throws {
        let hold = try hold(record)
        var entry = content(.particulars, of: record, on: record.openedOn)
        entry.payload = try CanonicalJSON.encode(particulars)
        try file(entry, with: hold)
        try insertSearchWords(particulars.words, with: hold)
    }

    /// Makes a care record findable by these words, and by no others.
    func insertSearchWords(_ words: Set<String>, with hold: RecordHold) throws {
        try tokens.deleteSearch(record: hold.record.id)
        try tokens.insertSearch(searchTokens(words, hold: hold), record: hold.record.id)
    }

    /// Gives a record's second key to its present key worker and manager alone.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)`` for who is not of the office: the key must never stay behind.
    func renewSecondKey(of care: RecordRow) throws {
        guard let group = try restrictedManifest(of: care) else { return }
        guard let key = try groupKeys.byOffice(group) else {
            throw VaultFault.unusable(
                "this record has entries under a second key, which only the adoption administrator hands on",
                hint: "ask the adoption administrator for `strongroom staff handover` or `care assign`")
        }
        let people = try verifiedAssignments(of: care.id).filter { $0.relation != .deputy }.map(\.staff)
        let members = Set(people).sorted().map { GroupMember(staff: $0, since: today.description, until: nil) }
        try renew(group, members: members, with: key)
    }

    func particulars(_ hold: RecordHold) throws -> Particulars? {
        guard let payload = try latest(.particulars, hold)?.content.payload else { return nil }
        return try CanonicalJSON.decode(Particulars.self, from: payload, what: "particulars do not parse")
    }

    private func searchTokens(_ words: Set<String>, hold: RecordHold) throws -> Set<Data> {
        let secret = try groupSecret(hold.holder.group, purpose: GroupPurpose.search, with: hold.groupKey)
        let key = try TokenKey(bytes: secret.secret)
        return Set(words.map { key.token(Data($0.utf8), label: VaultLabel.searchWord) })
    }

    /// The records of my teams that carry every word of the query.
    func searched(_ query: String) throws -> [RecordRow] {
        let words = SearchWords.query(query)
        guard !words.isEmpty else { return try caseload() }
        var found: [RecordRow] = []
        for team in roster.memberships(of: me) where team.kind == .team {
            guard let groupKey = try groupKeys.asMember(of: team) else { continue }
            let key = try TokenKey(
                bytes: groupSecret(team.group, purpose: GroupPurpose.search, with: groupKey).secret)
            let tokens = words.map { key.token(Data($0.utf8), label: VaultLabel.searchWord) }
            found += try self.tokens.search(tokens).compactMap { try records.find(id: $0) }
        }
        return found
    }

    /// The records this person is assigned to.
    private func caseload() throws -> [RecordRow] {
        let mine = try assignments.of(staff: me).map(\.record)
        return try Set(mine).sorted().compactMap { try records.find(id: $0) }
    }

    func hit(_ reference: String) throws -> SearchHit? {
        guard let record = try records.find(reference: reference),
            let particulars = try particulars(hold(record))
        else { return nil }
        return SearchHit(
            reference: reference, given: particulars.given, family: particulars.family,
            born: particulars.born?.description ?? "")
    }
}
