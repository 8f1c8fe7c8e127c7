import Adoption
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// What is stored stays readable for a hundred years: no identifier of a format is ever respelt.
@Suite("stored spellings")
struct SpellingTests {
    @Test func `the acts of policies and of the log`() {
        #expect(
            Act.allCases.map(\.rawValue).sorted() == [
                "access.grant", "access.list", "access.revoke", "adoption.create", "adoption.decide", "adoption.note",
                "adoption.notify", "adoption.show", "care.assign", "care.note", "care.open", "care.search", "care.show",
                "care.visit", "clock.confirm", "closure.audit", "closure.close", "closure.show", "document.add",
                "document.list", "document.move", "document.read", "document.release", "entry.correct", "entry.read",
                "export.return", "held.show", "import.return", "inbox.list", "inbox.read", "log.checkpoint",
                "log.export", "log.show", "log.verify", "order.record", "order.withdraw.ask", "order.withdraw.confirm",
                "plan.record", "plan.reverse", "policy.approve", "policy.explain", "policy.propose", "policy.replay",
                "policy.show", "recovery.drill", "recovery.include", "recovery.keeper", "recovery.renew",
                "recovery.run", "recovery.split",
                "reversal.lift",
                "reversal.migrate", "reversal.remove", "staff.add", "staff.end", "staff.handover", "staff.list",
                "staff.rekey", "staff.role", "todo.list", "vault.backup", "vault.check", "vault.create",
                "vault.removals", "vault.restore", "vault.rotate",
            ])
    }

    @Test func `the roles`() {
        #expect(
            Role.allCases.map(\.rawValue) == [
                "adoption-administrator", "team-manager", "team-administrator", "social-worker",
                "adopters-social-worker",
                "reviewing-officer", "archive-keeper", "disclosure-authoriser", "auditor", "general-authority",
            ])
    }

    /// The labels are not public, and are held to what they are by the file that is to hold them all.
    @Test func `the labels bound into ciphertexts and signatures`() throws {
        let file = TestVault.policies.deletingLastPathComponent()
            .appendingPathComponent("Sources/Strongroom/Keys/Labels.swift")
        let labels = try String(contentsOf: file, encoding: .utf8).matches(of: /Label\("([^"]+)"\)/).map {
            String($0.1)
        }
        #expect(
            labels.sorted()
                == [
                    "assignment", "closed-subject", "directory-key", "entry", "group-private", "group-secret",
                    "handle", "keyring-mark",
                    "log-entry", "log-key", "log-opening", "notice", "people-listed", "record-key", "records-listed",
                    "recovery-identity", "removals-mark", "return-subject",
                    "roster", "search-word", "secret-origin", "store-key", "used-pin",
                ].map { "strongroom/vault/\($0)/v1" })
    }

    @Test func `the tables and their columns`() throws {
        let vault = try TestVault(people: false)
        let reader = VaultReader(vault)
        #expect(
            try reader.columns() == [
                "alias": "alias record standing",
                "backup_made": "log_size at recovery",
                "assignment": "record relation staff statement",
                "chunk": "document number sealed",
                "closed_subject": "token",
                "document": "id record complete",
                "entry": "id record kind document_kind slot key_epoch happened_on superseded document sealed",
                "group_secret": "group_id purpose sealed",
                "group_wrap": "group_id epoch recipient sealed",
                "log_entry": "position bytes",
                "log_head": "size checkpoint",
                "log_node": "level position hash",
                "notice": "id recipient record sent_on is_read sealed",
                "opening": "position label record salt sealed",
                "pin_used": "token",
                "policy_set": "digest bytes",
                "reading": "entry staff",
                "record": "id reference kind stage classification team holder holder_salt care imported plan_recorded "
                    + "opened_on intention_on intention_forum decision_on order_on audit_signed_on lifted_to "
                    + "reversal_plan_on migrated_count closed_on",
                "record_key": "record slot epoch made_group made_epoch recipient recipient_epoch sealed",
                "removed": "record",
                "restricted_holder": "record holder holder_salt",
                "return_subject": "token record closed_token",
                "roster": "position statement",
                "search_token": "token record",
                "withdrawal": "record asked_by asked_on",
            ])
    }

    /// One vault in which every act of the roster was made, read with the format pages alone.
    @Test func `the roster's acts, and an entry opened by a stranger with its member's keys`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let page = try vault.file("page.txt", Data("a page".utf8))
        let entry = try vault.with("asha") { session in
            _ = try session.addDocument(pin, file: page, kind: "birth-certificate", title: "the page").done()
            let note = try session.note(pin, text: "read it").done()
            return try session.correct(pin, note.entry, text: "read it again", reason: "a slip").done().entry
        }
        let fresh = vault.replaceIdentity("ben")
        try vault.with("admin") { session in
            _ = try session.rekey("ben", card: fresh.card, reason: "lost").done()
            _ = try session.changeRole("oona", add: "auditor").done()
            _ = try session.changeRole("oona", end: "auditor").done()
            try session.endStaff("oona", reason: "left").done()
            _ = try session.splitRecovery(threshold: 2, count: 3).done()
        }
        try vault.close(vault.openSecondChild())
        try vault.adopt(PolicyCopy().replace("(section 8)", by: "(section 8 of the design)", in: "log.cedar"))
        let reader = VaultReader(vault)
        #expect(
            try reader.rosterFields() == [
                "founded": ["card", "handle", "practice", "staff"], "policiesPinned": ["digest"],
                "policiesProposed": ["digest"],
                "staffAdded": ["card", "handle", "staff", "team"], "staffRekeyed": ["card", "staff"],
                "staffEnded": ["staff"], "roleGranted": ["role", "staff"], "roleEnded": ["role", "staff"],
                "group": ["binding", "epoch", "group", "kind", "members", "name", "publicKey"], "groupEnded": ["group"],
                "recovery": ["card", "count", "set", "shares", "threshold"],
            ])
        let content = try reader.content(of: entry, on: pin, by: vault.identity("asha"))
        #expect(
            content.keys.sorted() == [
                "at", "author", "entry", "kind", "on", "reason", "record", "supersedes", "text", "v",
            ])
        #expect(content["text"] as? String == "read it again")
    }
}

extension TestVault {
    /// A second child, whose closing ends a group.
    fileprivate func openSecondChild() throws -> String {
        let care = try openCare("Sandy")
        _ = try openAdoption(of: care)
        return care
    }
}
