import Adoption
import EncryptedStore
import Foundation
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

@Suite("vault time")
struct VaultTimeTests {
    private let vault: TestVault
    private let care: String

    init() throws {
        vault = try TestVault()
        care = try vault.openCare()
    }

    @Test func `a clock set back by more than five minutes is a fault and nothing is done`() throws {
        let store = RawStore(vault)
        let before = try store.dump()
        vault.clock.advance(seconds: -301)
        #expect(throws: VaultFault.clockBehind(seconds: 301)) { try note(by: "asha") }
        #expect(throws: VaultFault.clockBehind(seconds: 301)) { try vault.with("asha") { try $0.showCare(care) } }
        vault.clock.set("2025-01-05")
        #expect(throws: VaultFault.self) { try note(by: "asha") }
        #expect(try store.dump() == before)
        vault.clock.set("2026-01-05")
        try note(by: "asha")
    }

    @Test func `a clock set back by less does not turn vault time back`() throws {
        let before = try lastTime()
        vault.clock.advance(seconds: -299)
        try note(by: "asha")
        #expect(try lastTime() == before)
        vault.clock.advance(seconds: 300)
        try note(by: "asha")
        #expect(try lastTime() > before)
        #expect(try vault.problems() == [])
    }

    @Test func `a clock far ahead is refused until a person says it is right, and that is logged`() throws {
        let store = RawStore(vault)
        let before = try store.dump()
        vault.clock.advance(seconds: 7 * 86_400 + 1)
        let hasty = try vault.open("asha", confirmClock: false)
        #expect(throws: VaultFault.clockAhead(days: 7)) { try hasty.note(care, text: "hasty") }
        #expect(throws: VaultFault.clockAhead(days: 7)) { try hasty.showCare(care) }
        #expect(throws: VaultFault.clockAhead(days: 7)) { try hasty.today() }
        try hasty.close()
        #expect(try store.dump() == before)

        try note(by: "asha")
        try vault.with("asha") { _ = try $0.showCare(care).done() }
        let acts = try vault.with("audrey") { try $0.showLog().done() }.map(\.act)
        #expect(acts.suffix(4) == ["clock.confirm", "care.note", "care.show", "log.show"])

        let calm = try vault.open("asha", confirmClock: false)
        _ = try calm.note(care, text: "after the word was given").done()
        try calm.close()
    }

    @Test func `a week's silence needs nobody's word`() throws {
        vault.clock.advance(seconds: 7 * 86_400 - 1)
        let session = try vault.open("asha", confirmClock: false)
        _ = try session.note(care, text: "after a quiet week").done()
        try session.close()
        #expect(try vault.with("audrey") { try $0.showLog().done() }.allSatisfy { $0.act != "clock.confirm" })
    }

    @Test func `an event has never happened in the future`() throws {
        let tomorrow = Day("2026-01-06")!
        try vault.with("asha") { session in
            #expect(try session.note(care, text: "x", on: tomorrow).refusal == .dayInFuture)
            #expect(try session.notifyIntention(care, forum: .review, on: tomorrow).refusal == .dayInFuture)
            #expect(
                try session.recordPlan(care, type: .permanence, aim: .adoption, on: tomorrow).refusal == .dayInFuture)
            let file = try vault.file("birth.txt", Data("birth".utf8))
            #expect(
                try session.addDocument(care, file: file, kind: "birth-certificate", on: tomorrow).refusal
                    == .dayInFuture)
        }
        let pin = try vault.openAdoption(of: care)
        try vault.with("asha") { session in
            #expect(try session.note(pin, text: "x", on: tomorrow).refusal == .dayInFuture)
            #expect(try session.recordDecision(pin, on: tomorrow).refusal == .dayInFuture)
            #expect(try session.recordOrder(care, on: tomorrow).refusal == .dayInFuture)
            _ = try session.note(pin, text: "today", on: Day("2026-01-05")).done()
        }
        let other = try vault.openCare("Wren", "Lund")
        try vault.with("asha") { _ = try $0.notifyIntention(other, forum: .review, on: Day("2026-01-05")!).done() }
        try vault.with("admin") { (session) throws in
            #expect(try session.createAdoption(other, on: tomorrow).refusal == .dayInFuture)
        }
        #expect(try vault.problems() == [])
    }

    @Test func `what has expired stays expired whatever is done to the clock`() throws {
        let pin = try vault.openAdoption(of: care)
        try vault.with("admin") { session in
            try session.grant(pin, to: "rhian", until: Day("2026-01-06"), reason: "reviews the case").done()
        }
        try vault.with("morgan") { session in
            try session.assign(care, deputy: "ben", until: Day("2026-01-06"), reason: "annual leave").done()
        }
        // Midnight in London: the last second of the last day, and the first after it.
        vault.clock.advance(seconds: 86_400 + 12 * 3600 - 1)
        try vault.with("rhian") { _ = try $0.listEntries(pin).done() }
        try vault.with("ben") { _ = try $0.note(care, text: "as the deputy", visit: true).done() }
        vault.clock.advance(seconds: 1)
        try expectExpired(pin)
        vault.clock.advance(seconds: -60)
        try expectExpired(pin)
        vault.clock.advance(seconds: -86_400)
        for person in ["rhian", "ben"] {
            #expect(throws: VaultFault.self) { try vault.with(person) { try $0.listEntries(pin) } }
        }
    }

    private func expectExpired(_ pin: String) throws {
        try vault.with("rhian") { (session) throws in
            #expect(try session.listEntries(pin).isDenied)
            #expect(try session.note(pin, text: "too late").isDenied)
        }
        try vault.with("ben") { (session) throws in
            #expect(try session.note(care, text: "too late", visit: true).isDenied)
        }
    }

    private func note(by person: String) throws {
        try vault.with(person) { _ = try $0.note(care, text: "a note").done() }
    }

    private func lastTime() throws -> String {
        let last = try RawStore(vault).rows("SELECT bytes FROM log_entry ORDER BY position DESC LIMIT 1")[0]
        let text = String(decoding: try last.blob("bytes"), as: UTF8.self)
        return String(try #require(text.split(separator: "\"t\":\"").last).prefix(24))
    }
}
