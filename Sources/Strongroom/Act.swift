/// Every act a person can ask for, under the spelling that policies and the access log use for ever.
public enum Act: String, Sendable, CaseIterable {
    case vaultCreate = "vault.create"
    case careOpen = "care.open"
    case careShow = "care.show"
    case careSearch = "care.search"
    case careNote = "care.note"
    case careVisit = "care.visit"
    case careAssign = "care.assign"
    case planRecord = "plan.record"
    case planReverse = "plan.reverse"
    case adoptionNotify = "adoption.notify"
    case adoptionCreate = "adoption.create"
    case adoptionShow = "adoption.show"
    case adoptionNote = "adoption.note"
    case adoptionDecide = "adoption.decide"
    case documentAdd = "document.add"
    case documentList = "document.list"
    case documentRead = "document.read"
    case documentRelease = "document.release"
    case documentMove = "document.move"
    case entryRead = "entry.read"
    case entryCorrect = "entry.correct"
    case accessGrant = "access.grant"
    case accessRevoke = "access.revoke"
    case accessList = "access.list"
    case orderRecord = "order.record"
    case orderWithdrawAsk = "order.withdraw.ask"
    case orderWithdrawConfirm = "order.withdraw.confirm"
    case closureAudit = "closure.audit"
    case closureShow = "closure.show"
    case closureClose = "closure.close"
    case reversalLift = "reversal.lift"
    case reversalMigrate = "reversal.migrate"
    case reversalRemove = "reversal.remove"
    case staffAdd = "staff.add"
    case staffList = "staff.list"
    case staffRole = "staff.role"
    case staffHandover = "staff.handover"
    case staffRekey = "staff.rekey"
    case staffEnd = "staff.end"
    case inboxList = "inbox.list"
    case inboxRead = "inbox.read"
    case todoList = "todo.list"
    case recoverySplit = "recovery.split"
    case recoveryRenew = "recovery.renew"
    case recoveryInclude = "recovery.include"
    case recoveryDrill = "recovery.drill"
    case recoveryKeeper = "recovery.keeper"
    case recoveryRun = "recovery.run"
    case importReturn = "import.return"
    case exportReturn = "export.return"
    case heldShow = "held.show"
    case logShow = "log.show"
    case logVerify = "log.verify"
    case logCheckpoint = "log.checkpoint"
    case logExport = "log.export"
    case policyShow = "policy.show"
    case policyExplain = "policy.explain"
    case policyPropose = "policy.propose"
    case policyApprove = "policy.approve"
    case policyReplay = "policy.replay"
    case vaultCheck = "vault.check"
    case vaultBackup = "vault.backup"
    case vaultRemovals = "vault.removals"
    case vaultRestore = "vault.restore"
    case vaultRotate = "vault.rotate"
    case clockConfirm = "clock.confirm"

    /// Whether it is asked of the vault as a whole, and of no record.
    var isOnVault: Bool {
        switch self {
        case .vaultCreate, .careOpen, .careSearch, .staffAdd, .staffList, .staffRole, .staffHandover, .staffRekey,
            .staffEnd, .inboxList, .inboxRead, .todoList, .recoverySplit, .recoveryRenew, .recoveryInclude,
            .recoveryDrill, .recoveryKeeper, .recoveryRun, .importReturn, .exportReturn, .heldShow, .logShow,
            .logVerify, .logCheckpoint, .logExport, .policyShow, .policyExplain, .policyPropose, .policyApprove,
            .policyReplay, .vaultCheck, .vaultBackup, .vaultRemovals, .vaultRestore,
            .vaultRotate, .clockConfirm:
            true
        case .careShow, .careNote, .careVisit, .careAssign, .planRecord, .planReverse, .adoptionNotify, .adoptionCreate,
            .adoptionShow, .adoptionNote, .adoptionDecide, .documentAdd, .documentList, .documentRead, .documentRelease,
            .documentMove, .entryRead, .entryCorrect, .accessGrant, .accessRevoke, .accessList, .orderRecord,
            .orderWithdrawAsk, .orderWithdrawConfirm, .closureAudit, .closureShow, .closureClose, .reversalLift,
            .reversalMigrate, .reversalRemove:
            false
        }
    }
}
