import Adoption
import Foundation
import Sealing
import WorkingDays

/// Writes a return into the vault, child by child, inside one transaction.
final class ReturnTaking {
    private let passage: Passage
    private let team: GroupManifest
    private let teamHoldKey: EncapsulationPrivateKey
    private let office: GroupManifest
    private let officeKey: EncapsulationPrivateKey
    private let subjects: ReturnSubjects
    private let search: TokenKey
    private let keeping: ReturnKeeping
    private var result = IntakeResult()
    private var annex: [String: Data] = [:]
    private var leaving: Set<String> = []
    private var returnName = ""

    init(passage: Passage, team name: String?) throws {
        self.passage = passage
        team = try passage.teamGroup(named: name)
        guard let teamKey = try passage.groupKeys.asMember(of: team), let office = passage.roster.group(.office),
            let officeKey = try passage.groupKeys.asMember(of: office)
        else { throw NotThere() }
        teamHoldKey = teamKey
        self.office = office
        self.officeKey = officeKey
        subjects = try ReturnSubjects(passage: passage, office: office, key: officeKey)
        search = try TokenKey(
            bytes: passage.groupSecret(team.group, purpose: GroupPurpose.search, with: teamKey).secret)
        keeping = ReturnKeeping(passage: passage)
    }

    func run(_ intake: ReturnIntake, progress: (Int) -> Void) throws -> IntakeResult {
        returnName = ReturnKeeping.name(ofFrame: intake.frame)
        let annexHold = try keeping.annexHold(making: true)
        for (index, child) in intake.children.enumerated() {
            try take(child)
            progress(index + 1)
        }
        try keeping.file(annex, leaving: leaving, in: annexHold)
        try keeping.file(intake.frame, as: .frame, in: annexHold)
        return result
    }

    private func take(_ child: ReturnIntake.Child) throws {
        if try passage.tokens.isClosedSubject(subjects.closed(child)) {
            let lines = ["a child of this identifier and date of birth was closed"]
            if try hold(child, lines: lines, rows: true) { result.recognisedClosed += 1 }
        } else if !child.isHeaded {
            try hold(child, lines: ["rows of a child without a header row"] + child.held, rows: true)
        } else {
            let before = result
            let care = try takeCare(child)
            let adoption = try passage.records.adoptionRecord(of: care.id)
            leaving.insert(child.identifier)
            if let decided = try decidedHere(child, care, adoption) {
                try hold(child, lines: [decided], rows: false)
                annex[child.identifier] = child.sealed
            } else if child.opensAdoption, child.held.isEmpty {
                try takeSealed(child, beside: care, adoption)
            } else if let adoption {
                try keep(child.sealed, on: adoption)
            } else {
                annex[child.identifier] = child.sealed
            }
            if !child.held.isEmpty { try hold(child, lines: child.held, rows: false) }
            if result == before { result.unchanged += 1 }
        }
    }

    /// What people decided here and the return contradicts: an import never undoes it.
    private func decidedHere(
        _ child: ReturnIntake.Child, _ care: RecordRow, _ adoption: RecordRow?
    ) throws -> String? {
        guard child.opensAdoption else { return nil }
        if let adoption {
            if adoption.stage == .securityLifted || adoption.stage == .migrated {
                return "the plan is being reversed here, and the return says adoption"
            }
            let isWithdrawn = try !passage.entries.of(record: care.id, kind: .orderWithdrawn).isEmpty
            return isWithdrawn && child.orderOn != nil && adoption.stage == .open
                ? "an order was withdrawn here, and the return says one" : nil
        }
        let isReversed = try !passage.entries.of(record: care.id, kind: .reversalPlan).isEmpty
        return isReversed ? "the plan was reversed here, and the return says adoption" : nil
    }

    // MARK: the care side

    private func takeCare(_ child: ReturnIntake.Child) throws -> RecordRow {
        let token = subjects.open(child.identifier)
        if let known = try passage.tokens.returnSubject(token).flatMap({ try passage.records.find(id: $0) }) {
            if try update(child.care, of: hold(known)) {
                result.careUpdated += 1
                passage.touched(known, as: .importReturn)
            }
            // A date of birth that was corrected must be the one a closed child is recognised by.
            try passage.tokens.refreshReturnSubject(token, closedToken: subjects.closed(child))
            return known
        }
        let record = try passage.makeCareRecord(in: team, on: passage.today, isImported: true)
        let hold = try hold(record)
        try passage.file(particulars(of: child, record), with: hold)
        try passage.tokens.insertSearch(words(of: child), record: record.id)
        try passage.tokens.insertReturnSubject(token, record: record.id, closedToken: subjects.closed(child))
        _ = try update(child.care, of: hold)
        result.careOpened += 1
        passage.touched(record, as: .importReturn)
        return record
    }

    private func particulars(of child: ReturnIntake.Child, _ record: RecordRow) throws -> EntryContent {
        var entry = passage.content(.particulars, of: record)
        entry.payload = try CanonicalJSON.encode(Particulars(returned: child.identifier, born: child.born))
        return entry
    }

    private func words(of child: ReturnIntake.Child) -> Set<Data> {
        var words = Set(([child.identifier] + child.otherIdentifiers).map(SearchWords.identifier))
        if let born = child.born { words.insert(born.description) }
        words.remove("")
        return Set(words.map { search.token(Data($0.utf8), label: VaultLabel.searchWord) })
    }

    // MARK: the sealed side

    private func takeSealed(_ child: ReturnIntake.Child, beside care: RecordRow, _ known: RecordRow?) throws {
        var care = care
        var adoption: RecordRow
        if let known {
            adoption = known
        } else {
            adoption = try passage.makeAdoptionRecord(of: care, on: passage.today, isImported: true)
            try passage.filePlan(PlanOnCare(), on: care, with: hold(care))
            care.planRecorded = true
            try passage.records.update(care)
            result.adoptionOpened += 1
            passage.touched(adoption, as: .importReturn)
        }
        try keep(child.sealed, on: adoption)
        guard let orderOn = child.orderOn, adoption.stage == .open, care.stage == .open else { return }
        for var record in [care, adoption] {
            record.stage = .awaitingClosure
            record.orderOn = orderOn
            try passage.records.update(record)
        }
        // A return's own identifier is never a later record's, a date of birth may be.
        let identifier = search.token(
            Data(SearchWords.identifier(child.identifier).utf8), label: VaultLabel.searchWord)
        try passage.tokens.deleteSearch(record: care.id)
        try passage.tokens.insertSearch([identifier], record: care.id)
        adoption.stage = .awaitingClosure
        result.awaitingClosure += 1
    }

    // MARK: keeping

    private func keep(_ sealed: Data?, on adoption: RecordRow) throws {
        guard let sealed, try update(sealed, of: passage.holdAsMemberOrOffice(adoption)) else { return }
        result.adoptionUpdated += 1
        passage.touched(adoption, as: .importReturn)
    }

    private func hold(_ record: RecordRow) throws -> RecordHold {
        record.holder == team.group
            ? RecordHold(record: record, slot: .main, holder: team, groupKey: teamHoldKey)
            : try passage.hold(record)
    }

    /// Files a part if it differs from the one kept before, which it then supersedes.
    private func update(_ payload: Data, of hold: RecordHold) throws -> Bool {
        let before = try passage.latest(.returnRows, hold)
        let isSameReturn = before?.content.fields?[ReturnKeeping.returnField] == returnName
        guard before?.content.payload != payload || !isSameReturn else { return false }
        var entry = passage.content(.returnRows, of: hold.record)
        entry.fields = [ReturnKeeping.returnField: returnName]
        entry.payload = payload
        entry.supersedes = before?.row.id
        try passage.file(entry, with: hold)
        if let before { try passage.entries.supersede(before.row.id) }
        return before != nil
    }

    @discardableResult
    private func hold(_ child: ReturnIntake.Child, lines: [String], rows: Bool) throws -> Bool {
        let kept = KeptHeld(
            identifier: child.identifier, ofReturn: rows ? returnName : nil, lines: lines,
            care: rows ? child.care : nil, sealed: rows ? child.sealed : nil
        )
        guard try keeping.hold(kept) else { return false }
        result.held += 1
        return true
    }
}

/// The tokens a return's children are recognised by.
struct ReturnSubjects {
    private let openKey: TokenKey
    private let closedKey: TokenKey

    init(passage: Passage, office: GroupManifest, key: EncapsulationPrivateKey) throws {
        openKey = try TokenKey(
            bytes: passage.groupSecret(office.group, purpose: GroupPurpose.returnSubjects, with: key).secret)
        closedKey = try TokenKey(
            bytes: passage.groupSecret(office.group, purpose: GroupPurpose.closedSubjects, with: key).secret)
    }

    func open(_ identifier: String) -> Data {
        openKey.token(Data(identifier.utf8), label: VaultLabel.returnSubject)
    }

    /// Only together with the date of birth, and under a key of its own, so that neither leads to the other.
    func closed(_ child: ReturnIntake.Child) -> Data {
        closedKey.token(
            Data("\(child.identifier) \(child.born?.description ?? "")".utf8), label: VaultLabel.closedSubject)
    }
}
