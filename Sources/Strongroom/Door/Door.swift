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
    /// 5. the transaction commits with synchronous=FULL. A crash before it leaves nothing, after it everything;
    /// 6. if it changed who may or what is gone, the list of removals beside the store is written anew. A crash before
    ///    that is mended at the next opening.
    func write<Answer>(_ ask: Ask, _ change: (Passage) throws -> Answer) throws -> Outcome<Answer> {
        var verdict = Verdict.undecided()
        var changesRemovals = false
        do {
            let outcome: Outcome<Answer> = try database.write { statements in
                let passage = try Passage(session: self, statements: statements, target: ask.target)
                verdict = try passage.decide(ask, on: passage.record)
                guard verdict.isAllowed else {
                    try enter(ask, .deny, verdict, passage)
                    let restated = try passage.restatedRefusal(ask, reasons: verdict.reasons)
                    return restated.map { .refused($0) } ?? .denied(ask.denial)
                }
                let answer = try change(passage)
                try enter(ask, .allow, verdict, passage)
                changesRemovals = passage.changesRemovals
                return .done(answer)
            }
            if changesRemovals { try writeRemovals() }
            return outcome
        } catch let refusal as Refusal {
            try logUndone(ask, .refuse, verdict.because(["rule:\(refusal.kind.rawValue)"]))
            return .refused(refusal)
        } catch is NotThere {
            try logUndone(ask, .deny, verdict.because([]))
            return .denied(ask.denial)
        } catch let fault as VaultFault {
            // What a person gave could not be used: nothing was done, and that they asked is written down all the same.
            switch fault {
            case .unusable: try logUndone(ask, .refuse, verdict.because(["rule:unusable"]))
            case .policies: try logUndone(ask, .refuse, verdict.because(["rule:policies"]))
            default: break
            }
            throw fault
        }
    }

    /// Logs an act that came to nothing after its transaction was undone.
    private func logUndone(_ ask: Ask, _ decision: AccessEntry.Decision, _ verdict: Verdict) throws {
        try database.write { statements in
            let passage = try Passage(session: self, statements: statements, target: ask.target)
            try enter(ask, decision, verdict, passage)
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
            let verdict = try passage.decide(ask, on: passage.record)
            try enter(ask, verdict.isAllowed ? .allow : .deny, verdict, passage)
            if verdict.isAllowed { try noting(passage) }
            return verdict.isAllowed
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

    /// Appends the entries of one passage and signs the head over them.
    func enter(_ ask: Ask, _ decision: AccessEntry.Decision, _ verdict: Verdict, _ passage: Passage) throws {
        let policyDigest = try verdict.policyDigest ?? profile(passage.statements, roster: passage.roster).digest
        let opener = try passage.opener()
        func append(
            _ act: Act, alias: String?, about record: String? = nil, _ reasons: [String],
            _ committed: [(label: String, value: Data)] = [], _ decision: AccessEntry.Decision = decision
        ) throws {
            let entry = AccessEntry(
                time: passage.now, act: act, actor: staff, key: identity.card.keyID, alias: alias, decision: decision,
                reasons: reasons, policyDigest: policyDigest, rosterHead: passage.roster.head ?? Data(),
                commitments: committed.map { AccessEntry.Commitment(label: $0.label, value: $0.value) })
            try passage.log.append(entry, about: record, by: identity, opener: opener)
        }
        // In the same transaction, so that an act after a leap never stands without the word it rests on; and an act of
        // its own, so that it says nothing of what was asked next.
        func confirmClock() throws {
            guard passage.clockHasLeapt else { return }
            try append(.clockConfirm, alias: nil, ["rule:confirmed-by-a-person"], [], .allow)
        }
        // The first entry of a new origin is the one that says where it comes from.
        if passage.beginning == nil { try confirmClock() }
        let committed = ask.committed.map { (label: $0.label, value: Data($0.value.utf8)) }
        let facts = verdict.facts.map { [(label: RecordedFacts.label, value: $0.canonical)] } ?? []
        switch (ask.target, decision) {
        case (.vault, _):
            let set = passage.policySet.map { ["set:\($0.hexadecimal)"] } ?? []
            let heads = passage.beginning?.reasons ?? []
            try append(ask.act, alias: nil, verdict.reasons + set + heads, committed + facts)
            if passage.beginning != nil { try confirmClock() }
        case (.record(let typed), .deny):
            // "Not there", "not yours" and "closed" leave the same entry: a fresh alias and salted commitments. Which
            // policies decided would tell them apart, so that is committed to and not said; of a closed record not even
            // that, since not even the office is to be told. A policy that failed is said: the set must be mended.
            let alias = try passage.logRows.freshAlias(of: passage.record?.id)
            let isTold = passage.record.map { $0.stage != .closed } ?? false
            let committed = [
                (label: "typed", value: Data(typed.utf8)),
                (label: "reasons", value: Data((isTold ? verdict.reasons : []).joined(separator: " ").utf8)),
                (label: RecordedFacts.label, value: isTold ? facts.first?.value ?? Data() : Data()),
            ]
            try append(ask.act, alias: alias, about: passage.record?.id, verdict.errors, committed)
        case (.record, _):
            let isRemoved = passage.aliasBeforeRemoval != nil
            let alias =
                try passage.aliasBeforeRemoval ?? passage.record.map { try passage.logRows.standingAlias(of: $0.id) }
            try append(
                ask.act, alias: alias, about: isRemoved ? nil : passage.record?.id, verdict.reasons,
                passage.erasesOpenings ? [] : committed + facts)
        }
        if decision == .allow {
            for other in passage.also {
                try append(other.act, alias: try passage.logRows.standingAlias(of: other.record), verdict.reasons)
            }
            for alias in passage.alsoRemoved { try append(.reversalRemove, alias: alias, verdict.reasons) }
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
