import Adoption
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// Random people ask for random acts, allowed or not. Whatever is answered, everything derives again afterwards.
struct RandomWalkTests {
    static let environment = ProcessInfo.processInfo.environment
    static let seeds: Range<UInt64> = {
        let first = environment["STRONGROOM_SOAK_SEED"].flatMap { UInt64($0) } ?? 1
        return first..<first + (environment["STRONGROOM_SOAK_COUNT"].flatMap { UInt64($0) } ?? 2)
    }()
    static let stepsPerWalk = 40

    @Test(arguments: seeds)
    func `after every step of a walk everything derives again`(seed: UInt64) throws {
        let walk = try Walk(seed: seed)
        for step in 0..<Self.stepsPerWalk {
            let what = try walk.step()
            let problems = try walk.vault.problems()
            #expect(problems == [], "seed \(seed), step \(step): \(what)")
            guard problems.isEmpty else { break }
        }
        #expect(walk.doneCount > Self.stepsPerWalk / 8, "seed \(seed): hardly anything was allowed")
    }
}

/// One walk through one vault.
private final class Walk {
    let vault: TestVault
    private(set) var doneCount = 0
    private var draw: SeededDraw
    private var cares: [String] = []
    private var pins: [String] = []
    private var newcomers = 0
    private var shares: [RecoveryShare]?

    init(seed: UInt64) throws {
        vault = try TestVault()
        draw = SeededDraw(seed: seed)
        for given in ["Robin", "Wren", "Jay"] {
            let care = try vault.openCare(given)
            cares.append(care)
            pins.append(try vault.openAdoption(of: care))
        }
    }

    /// Lets one person ask for one act and says which.
    func step() throws -> String {
        let act = Step.allCases.randomElement(using: &draw)!
        // Mostly somebody who may, so that the walk gets somewhere.
        let person = Int.random(in: 0..<4, using: &draw) == 0 ? anybody() : act.usual
        vault.clock.advance(seconds: Int64.random(in: 0...40_000, using: &draw))
        do {
            if try vault.with(person, { try act.isDone(self, $0, by: person) }) { doneCount += 1 }
        } catch VaultFault.unusable {
            // What was named cannot be used, such as somebody who is not in the group.
        }
        return "\(act) by \(person)"
    }

    enum Step: CaseIterable {
        case openCare, showCare, note, secureNote, add, read, correct, move, grant, grantUntil, revoke, assign, plan
        case notify, create, order, withdraw, audit, close, lift, migrate, reverse, remove, handover, rekey, join, end,
            role
        case split, search, todo, inbox

        var usual: String {
            switch self {
            case .grant, .grantUntil, .revoke, .create, .lift, .remove, .handover, .rekey, .join, .end, .role, .split:
                "admin"
            case .assign: "morgan"
            case .migrate: "tariq"
            default: "asha"
            }
        }

        func isDone(_ walk: Walk, _ session: Session, by asking: String) throws -> Bool {
            let (care, pin, person) = (walk.care(), walk.pin(), walk.anybody())
            let today = try session.today()
            switch self {
            case .openCare:
                let particulars = try Particulars(given: "Ash", family: "Fell", born: Day("2024-01-02")!)
                guard
                    case .done(let reference) = try session.openCare(
                        CareOpening(particulars: particulars, keyWorker: "asha", manager: "morgan"))
                else { return false }
                walk.cares.append(reference)
                return true
            case .showCare: return try session.showCare(care).isDone
            case .note: return try session.note(care, text: "a telephone call").isDone
            case .secureNote: return try session.note(pin, text: "met the adopters").isDone
            case .add: return try session.addDocument(pin, file: walk.file(), kind: walk.kind()).isDone
            case .read:
                guard let entry = try walk.entry(of: pin, session) else { return false }
                return try session.readEntry(pin, entry).isDone
            case .correct:
                guard let entry = try walk.entry(of: pin, session) else { return false }
                return try session.correct(pin, entry, text: "put right", reason: "a slip").isDone
            case .move:
                guard let entry = try walk.entry(of: pin, session) else { return false }
                return try session.moveEntry(pin, entry, to: care, reason: "misfiled").isDone
            case .grant: return try session.grant(pin, to: person, reason: "joined the case").isDone
            case .grantUntil:
                return try session.grant(pin, to: person, until: today.adding(days: 3), reason: "covers the case")
                    .isDone
            case .revoke: return try session.revoke(pin, from: person, reason: "left the case").isDone
            case .assign:
                return try session.assign(care, deputy: person, until: today.adding(days: 5), reason: "leave").isDone
            case .plan: return try session.recordPlan(care, type: .permanence, aim: .adoption).isDone
            case .notify: return try session.notifyIntention(care, forum: .review, on: today).isDone
            case .create:
                guard case .done(let created) = try session.createAdoption(care) else { return false }
                walk.pins.append(created.pin)
                return true
            case .order: return try session.recordOrder(care, on: today).isDone
            case .withdraw: return try session.withdrawOrder(care, reason: "a mistake").isDone
            case .audit:
                guard case .done(let audit) = try session.audit(care) else { return false }
                let excuses = Dictionary(uniqueKeysWithValues: audit.missing.map { ($0.kind, "none in practice") })
                return try session.audit(care, excuses: excuses, sign: true).isDone
            case .close: return try session.close(care).isDone
            case .lift: return try session.liftSecurity(pin, to: "tariq", reason: "the plan was reversed").isDone
            case .migrate: return try session.migrate(pin, confirmAll: Bool.random(using: &walk.draw)).isDone
            case .reverse: return try session.recordReversalPlan(care, background: "it did not hold").isDone
            case .remove: return try session.remove(pin).isDone
            case .handover: return try session.handover(from: person, to: walk.anybody(), reason: "a new team").isDone
            case .rekey:
                guard asking == "admin" else {
                    return try session.rekey(person, card: Identity().card, reason: "lost").isDone
                }
                return try session.rekey(person, card: walk.vault.replaceIdentity(person).card, reason: "lost").isDone
            case .join:
                walk.newcomers += 1
                let handle = "new-\(walk.newcomers)"
                return try session.addStaff(handle, card: walk.vault.identity(handle).card, roles: ["social-worker"])
                    .isDone
            case .end: return try session.endStaff("new-\(max(walk.newcomers, 1))", reason: "left").isDone
            case .role: return try session.changeRole(person, add: "reviewing-officer").isDone
            case .split: return try walk.split(session)
            case .search: return try session.searchCare("hale").isDone
            case .todo: return try session.todo().isDone
            case .inbox:
                guard case .done(let lines) = try session.listInbox() else { return false }
                return try lines.first.map { try session.readNotice($0.id).isDone } ?? true
            }
        }
    }

    /// Recovery is split once and renewed from then on, with the shares before it or without.
    private func split(_ session: Session) throws -> Bool {
        guard let former = shares else {
            let split = try session.splitRecovery(threshold: 2, count: 3)
            if case .done(let made) = split { shares = made.shares }
            return split.isDone
        }
        let brought = Bool.random(using: &draw) ? former.suffix(2) : nil
        let split = try session.renewRecovery(with: brought.map(Array.init), threshold: 2, count: 3)
        if case .done(let made) = split { shares = made.shares }
        return split.isDone
    }

    private func care() -> String { cares.randomElement(using: &draw)! }
    private func pin() -> String { pins.randomElement(using: &draw)! }
    private func anybody() -> String { TestVault.people.map(\.handle).randomElement(using: &draw)! }
    private func kind() -> String {
        ["childs-permanence-report", "new-identity", "birth-certificate", "detailed-adoption-plan"].randomElement(
            using: &draw)!
    }

    private func file() throws -> URL {
        let bytes = (0..<Int.random(in: 0...70_000, using: &draw)).map { UInt8(truncatingIfNeeded: $0) }
        return try vault.file("file.bin", Data(bytes))
    }

    private func entry(of pin: String, _ session: Session) throws -> String? {
        guard case .done(let lines) = try session.listEntries(pin) else { return nil }
        return lines.randomElement(using: &draw)?.id
    }
}

extension Outcome {
    fileprivate var isDone: Bool { if case .done = self { true } else { false } }
}
