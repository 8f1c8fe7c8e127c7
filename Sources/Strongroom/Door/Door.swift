import Adoption
import EncryptedStore
import Foundation
import Sealing

/// The one door. Every read and write of a record passes here: decide, log durably, act.
extension Session {
    /// Does an act that changes something: the change and its log entry become durable together, or neither does.
    ///
    /// 1. the facts are loaded, nothing sealed;
    /// 2. the policies decide; a deny is logged, and that entry is all that becomes durable;
    /// 3. `change` runs; a rule that refuses rolls everything back, and the refusal is logged in its place;
    /// 4. the entries and one signed checkpoint over them are written;
    /// 5. the transaction commits with synchronous=FULL. A crash before it leaves nothing, after it everything.
    func write<Answer>(_ ask: Ask, _ change: (Passage) throws -> Answer) throws -> Outcome<Answer> {
        do {
            return try database.write { statements in
                let passage = try Passage(session: self, statements: statements, target: ask.target)
                let decision = try passage.decide(ask, on: passage.record)
                guard decision.isAllowed else {
                    try enter(ask, .deny, decision.reasons, passage)
                    let restated = try passage.restatedRefusal(ask, reasons: decision.reasons)
                    return restated.map { .refused($0) } ?? .denied(ask.denial)
                }
                let answer = try change(passage)
                try enter(ask, .allow, decision.reasons, passage)
                return .done(answer)
            }
        } catch let refusal as Refusal {
            return try log(refusal, of: ask)
        } catch is NotThere {
            return try logNotThere(ask)
        } catch let fault as VaultFault {
            // What a person typed could not be used: nothing was done, and that they asked is written down all the same.
            if case .unusable = fault { try logUnusable(ask) }
            throw fault
        }
    }

    /// Does an act that only reads: its log entry is durable before `open` runs, and without it `open` never does.
    ///
    /// - Parameter noting: what is kept together with the entry, before anything is opened.
    func read<Answer>(
        _ ask: Ask, noting: (Passage) throws -> Void = { _ in }, _ open: (Passage) throws -> Answer
    ) throws -> Outcome<Answer> {
        let isAllowed = try database.write { statements in
            let passage = try Passage(session: self, statements: statements, target: ask.target)
            let decision = try passage.decide(ask, on: passage.record)
            try enter(ask, decision.isAllowed ? .allow : .deny, decision.reasons, passage)
            if decision.isAllowed { try noting(passage) }
            return decision.isAllowed
        }
        guard isAllowed else { return .denied(ask.denial) }
        do {
            return try database.read { statements in
                .done(try open(Passage(session: self, statements: statements, target: ask.target)))
            }
        } catch let refusal as Refusal {
            return .refused(refusal)
        } catch is NotThere {
            return .denied(ask.denial)
        }
    }

    private func log<Answer>(_ refusal: Refusal, of ask: Ask) throws -> Outcome<Answer> {
        try database.write { statements in
            let passage = try Passage(session: self, statements: statements, target: ask.target)
            try enter(ask, .refuse, ["rule:\(refusal.kind.rawValue)"], passage)
            return .refused(refusal)
        }
    }

    private func logUnusable(_ ask: Ask) throws {
        try database.write { statements in
            let passage = try Passage(session: self, statements: statements, target: ask.target)
            try enter(ask, .refuse, ["rule:unusable"], passage)
        }
    }

    private func logNotThere<Answer>(_ ask: Ask) throws -> Outcome<Answer> {
        try database.write { statements in
            let passage = try Passage(session: self, statements: statements, target: ask.target)
            try enter(ask, .deny, [], passage)
            return .denied(ask.denial)
        }
    }

    /// Appends the entries of one passage and signs the head over them.
    func enter(
        _ ask: Ask, _ decision: AccessEntry.Decision, _ reasons: [String], _ passage: Passage
    ) throws {
        let profile = try profile(passage.statements, roster: passage.roster)
        let opener = try passage.opener()
        func append(
            _ act: Act, alias: String?, about record: String? = nil, _ decision: AccessEntry.Decision,
            _ reasons: [String], _ committed: [(label: String, value: String)] = []
        ) throws {
            let entry = AccessEntry(
                time: passage.now, act: act, actor: staff, key: identity.card.keyID, alias: alias, decision: decision,
                reasons: reasons, policyDigest: profile.digest, rosterHead: passage.roster.head ?? Data(),
                commitments: committed.map { AccessEntry.Commitment(label: $0.label, value: $0.value) })
            try passage.log.append(entry, about: record, by: identity, opener: opener)
        }
        // In the same transaction, so that an act after a leap never stands without the word it rests on; and an act of
        // its own, so that it says nothing of what was asked next.
        if passage.clockHasLeapt { try append(.clockConfirm, alias: nil, .allow, ["rule:confirmed-by-a-person"]) }
        switch (ask.target, decision) {
        case (.vault, _):
            try append(ask.act, alias: nil, decision, reasons, ask.committed)
        case (.record(let typed), .deny):
            // "Not there", "not yours" and "closed" leave the same entry: a fresh alias and salted commitments. Which
            // policies decided would tell them apart, so that is committed to and not said.
            let alias = try passage.logRows.freshAlias(of: passage.record?.id)
            let committed = [(label: "typed", value: typed), (label: "reasons", value: reasons.joined(separator: " "))]
            try append(ask.act, alias: alias, about: passage.record?.id, decision, [], committed)
        case (.record, _):
            let isRemoved = passage.aliasBeforeRemoval != nil
            let alias =
                try passage.aliasBeforeRemoval ?? passage.record.map { try passage.logRows.standingAlias(of: $0.id) }
            try append(
                ask.act, alias: alias, about: isRemoved ? nil : passage.record?.id, decision, reasons,
                isRemoved ? [] : ask.committed)
        }
        if decision == .allow {
            for other in passage.also {
                try append(other.act, alias: try passage.logRows.standingAlias(of: other.record), decision, reasons)
            }
        }
        try passage.log.sign()
    }
}

extension Ask {
    var denial: Denial {
        if case .record(let typed) = target { Denial(typed: typed) } else { Denial(typed: nil) }
    }
}

/// Something named inside a record is not there. Answered as a denial, so that guessing teaches nothing.
struct NotThere: Error {}

extension Passage {
    /// The public key that committed values are kept for: the office's.
    func opener() throws -> EncapsulationPublicKey {
        guard let office = roster.group(.office) else { throw VaultFault.rosterAltered("there is no office") }
        return try EncapsulationPublicKey(bytes: office.publicKey)
    }
}
