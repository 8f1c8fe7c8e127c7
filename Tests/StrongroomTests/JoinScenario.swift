import Adoption
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import WorkingDays

/// Children who were adopted and came back: each has two old records and, opened at a random day by a random worker of
/// the same team, a new one in the adoptive name. Every seventh comes back between the order and the closing.
final class JoinScenario {
    /// One child, and the references of all three records.
    struct Child {
        let given: String
        let birthFamily: String
        let adoptiveFamily: String
        let born: Day
        /// Social care numbers that a person may type on both records; they must not join them.
        let pupilNumber: String
        let worker: String
        let laterWorker: String
        let closesBeforeReturn: Bool
        var care = ""
        var pin = ""
        var later = ""
    }

    static let workers = ["asha", "ben", "cara", "dev", "ella", "finn"]
    private static let firstDay = Day("2022-01-03")!

    let vault: TestVault
    private(set) var children: [Child] = []
    private var draw: SeededDraw

    init(childCount: Int, seed: UInt64) throws {
        vault = try TestVault(clock: SettableClock(at: "2022-01-03"))
        draw = SeededDraw(seed: seed)
        try vault.with("admin") { session in
            for worker in Self.workers.dropFirst(2) {
                _ = try session.addStaff(worker, card: vault.identity(worker).card, roles: ["social-worker"]).done()
            }
        }
        children = (0..<childCount).map { makeChild($0) }
        try play()
    }

    private func makeChild(_ number: Int) -> Child {
        Child(
            given: "Given\(number)", birthFamily: "Birth\(number)", adoptiveFamily: "Adoptive\(number)",
            born: Day("2018-01-01")!.adding(days: Int.random(in: 0..<1400, using: &draw)),
            pupilNumber: "A82040321\(1000 + number)", worker: Self.workers.randomElement(using: &draw)!,
            laterWorker: Self.workers.randomElement(using: &draw)!, closesBeforeReturn: number % 7 != 6)
    }

    // MARK: the years

    /// One step of one child's life on one day.
    private struct Step {
        let day: Int
        let run: (JoinScenario) throws -> Void
    }

    private func play() throws {
        var steps: [Step] = []
        for number in children.indices {
            var day = Int.random(in: 1..<300, using: &draw)
            func after(_ days: Range<Int>, _ run: @escaping (JoinScenario) throws -> Void) {
                day += Int.random(in: days, using: &draw)
                steps.append(Step(day: day, run: run))
            }
            after(0..<1) { try $0.openOld(number) }
            after(1..<60) { try $0.openSecure(number) }
            after(60..<200) { try $0.order(number) }
            if children[number].closesBeforeReturn { after(1..<60) { try $0.close(number) } }
            after(1..<400) { try $0.openLater(number) }
        }
        for (index, step) in steps.sorted(by: { $0.day < $1.day }).enumerated() {
            vault.clock.set(Self.firstDay.adding(days: step.day).description)
            // No two steps happen at one moment, as no two acts of people do.
            vault.clock.advance(seconds: Int64(index) * 7 + 1)
            try step.run(self)
        }
    }

    private var today: Day { Day(inLondonAt: vault.clock.now / 1000) }

    private func openOld(_ number: Int) throws {
        let child = children[number]
        children[number].care = try vault.with(child.worker) { session in
            let care = try session.openCare(
                CareOpening(
                    particulars: Particulars(
                        given: child.given, family: child.birthFamily, born: child.born,
                        other: ["upn": child.pupilNumber]),
                    keyWorker: child.worker, manager: "morgan")
            ).done()
            _ = try session.note(care, text: "first visit").done()
            _ = try session.notifyIntention(care, forum: .review, on: today).done()
            return care
        }
    }

    private func openSecure(_ number: Int) throws {
        let child = children[number]
        let pin = try vault.with("admin") { session in
            let pin = try session.createAdoption(child.care, decisionOn: today).done().pin
            for member in [child.worker, "morgan"] { try session.grant(pin, to: member, reason: "on the case").done() }
            return pin
        }
        children[number].pin = pin
        try vault.with(child.worker) { session in
            _ = try session.recordPlan(child.care, type: .permanence, aim: .adoption).done()
            let report = try vault.file("report.txt", Data("the child's permanence report".utf8))
            _ = try session.addDocument(pin, file: report, kind: "childs-permanence-report").done()
            _ = try session.note(pin, text: "introductions at the adopters' home").done()
        }
        _ = try vault.with("ben") { try $0.searchCare(child.given).done() }
        _ = try vault.with("oona") { try $0.showAdoption(pin) }
    }

    private func order(_ number: Int) throws {
        let care = children[number].care
        _ = try vault.with(children[number].worker) { try $0.recordOrder(care, on: today).done() }
    }

    private func close(_ number: Int) throws {
        let care = children[number].care
        try vault.with(children[number].worker) { session in
            _ = try session.audit(care, excuses: vault.excuses(session, care), sign: true).done()
            _ = try session.close(care).done()
        }
    }

    private func openLater(_ number: Int) throws {
        let child = children[number]
        children[number].later = try vault.with(child.laterWorker) { session in
            let later = try session.openCare(
                CareOpening(
                    particulars: Particulars(
                        given: child.given, family: child.adoptiveFamily, born: child.born,
                        other: ["upn": child.pupilNumber]),
                    keyWorker: child.laterWorker, manager: "morgan")
            ).done()
            let letter = try vault.file("report.txt", Data("the child's permanence report".utf8))
            _ = try session.addDocument(later, file: letter, kind: "care-plan").done()
            _ = try session.note(later, text: "first visit").done()
            _ = try session.searchCare("\(child.given) \(child.born)").done()
            return later
        }
        _ = try vault.with("oona") { try $0.showCare(later(number)).done() }
    }

    private func later(_ number: Int) -> String { children[number].later }
}
