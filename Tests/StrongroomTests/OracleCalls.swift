import Adoption
import Foundation
import Strongroom
import StrongroomTesting
import WorkingDays

/// One call of a session that takes a reference, with its answer put into words.
struct OracleCall {
    let name: String
    /// The act its log entry names.
    let act: Act
    let run: (Session, String) throws -> String

    init<Answer>(_ name: String, _ act: Act, _ run: @escaping (Session, String) throws -> Outcome<Answer>) {
        self.name = name
        self.act = act
        self.run = { session, reference in
            switch try run(session, reference) {
            case .done: "done"
            case .denied(let denial): "denied \(denial.typed ?? "")"
            case .refused(let refusal): "refused \(refusal.kind.rawValue)"
            }
        }
    }

    /// Every call of a session on a record. A test holds this list against the acts, so that a new one is not forgotten.
    static func all(vault: TestVault) throws -> [OracleCall] {
        let day = Day("2026-01-05")!
        let file = try vault.file("page.txt", Data("a page".utf8))
        let out = vault.directory.appendingPathExtension("files").appendingPathComponent("never-written")
        return [
            OracleCall("showCare", .careShow) { try $0.showCare($1) },
            OracleCall("assign", .careAssign) { try $0.assign($1, keyWorker: "ben", reason: "why") },
            OracleCall("recordPlan", .planRecord) { try $0.recordPlan($1, type: .permanence, aim: .adoption) },
            OracleCall("recordReversalPlan", .planReverse) { try $0.recordReversalPlan($1, background: "why") },
            OracleCall("notifyIntention", .adoptionNotify) { try $0.notifyIntention($1, forum: .review, on: day) },
            OracleCall("createAdoption", .adoptionCreate) { try $0.createAdoption($1) },
            OracleCall("showAdoption", .adoptionShow) { try $0.showAdoption($1) },
            OracleCall("recordDecision", .adoptionDecide) { try $0.recordDecision($1, on: day) },
            OracleCall("addDocument", .documentAdd) { try $0.addDocument($1, file: file, kind: "care-plan") },
            OracleCall("listEntries", .documentList) { try $0.listEntries($1) },
            OracleCall("readEntry", .entryRead) { try $0.readEntry($1, "e_0") },
            OracleCall("readDocument", .documentRead) { try $0.readDocument($1, "e_0") },
            OracleCall("readDocument to a file", .documentRelease) { try $0.readDocument($1, "e_0", out: out) },
            OracleCall("correct", .entryCorrect) { try $0.correct($1, "e_0", text: "other", reason: "why") },
            OracleCall("moveEntry", .documentMove) { try $0.moveEntry($1, "e_0", to: $1, reason: "why") },
            OracleCall("grant", .accessGrant) { try $0.grant($1, to: "ben", reason: "why") },
            OracleCall("revoke", .accessRevoke) { try $0.revoke($1, from: "ben", reason: "why") },
            OracleCall("listAccess", .accessList) { try $0.listAccess($1) },
            OracleCall("recordOrder", .orderRecord) { try $0.recordOrder($1, on: day) },
            OracleCall("withdrawOrder", .orderWithdrawAsk) { try $0.withdrawOrder($1, reason: "why") },
            OracleCall("audit", .closureAudit) { try $0.audit($1) },
            OracleCall("audit, signed", .closureAudit) { try $0.audit($1, sign: true) },
            OracleCall("showClosure", .closureShow) { try $0.showClosure($1) },
            OracleCall("close", .closureClose) { try $0.close($1) },
            OracleCall("close, previewed", .closureShow) { try $0.close($1, preview: true) },
            OracleCall("liftSecurity", .reversalLift) { try $0.liftSecurity($1, to: "tariq", reason: "why") },
            OracleCall("migrate", .reversalMigrate) { try $0.migrate($1, confirmAll: true) },
            OracleCall("migrate, previewed", .documentList) { try $0.migrate($1, preview: true) },
            OracleCall("remove", .reversalRemove) { try $0.remove($1) },
            OracleCall("remove, previewed", .adoptionShow) { try $0.remove($1, preview: true) },
        ]
    }

    /// The calls whose act depends on what the reference reads like, which the person typed and knows.
    static func noting(_ reference: String) -> [OracleCall] {
        let isPIN = TypedReference.isPIN(reference)
        return [
            OracleCall("note", isPIN ? .adoptionNote : .careNote) { try $0.note($1, text: "a note") },
            OracleCall("note of a visit", isPIN ? .adoptionNote : .careVisit) {
                try $0.note($1, text: "seen", visit: true)
            },
        ]
    }

    /// The acts that are on no record, or never asked for by themselves.
    static let actsOnTheVault: Set<Act> = [
        .vaultCreate, .careOpen, .careSearch, .staffAdd, .staffList, .staffRole, .staffHandover, .staffRekey, .staffEnd,
        .inboxList, .inboxRead, .todoList, .recoverySplit, .recoveryRenew, .recoveryInclude,
        .recoveryDrill, .recoveryKeeper, .recoveryRun, .importReturn, .exportReturn, .heldShow,
        .logShow, .logVerify, .logCheckpoint, .logExport, .policyShow, .policyExplain, .policyPropose,
        .policyApprove, .policyReplay, .vaultCheck, .vaultBackup, .vaultRemovals, .vaultRestore, .vaultRotate,
        .clockConfirm,
        // Logged only for a person who may confirm; anybody else is logged as asking.
        .orderWithdrawConfirm,
    ]
}
