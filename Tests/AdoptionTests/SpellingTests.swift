import Adoption
import Testing

/// Stored spellings are for ever: what is frozen here stands in vaults, logs and policies.
struct SpellingTests {
    @Test func `kinds and stages keep their spelling`() {
        #expect(RecordKind.allCases.map(\.rawValue) == ["care", "adoption", "return"])
        #expect(
            Stage.allCases.map(\.rawValue) == [
                "open", "order-made-awaiting-closure", "closed", "security-lifted", "migrated", "removed",
            ])
        #expect(Forum.allCases.map(\.rawValue) == ["review", "panel", "parents-request"])
    }

    @Test func `events keep their spelling`() {
        #expect(
            Event.allCases.map(\.rawValue) == [
                "open-care", "notify-intention", "create-adoption", "record-decision", "note", "visit", "add-document",
                "correct", "move", "assign", "record-plan", "record-reversal-plan", "grant", "revoke", "record-order",
                "withdraw-order", "sign-audit", "close", "lift-security", "migrate", "remove", "import",
            ])
    }

    @Test func `entry kinds keep their spelling`() {
        #expect(
            EntryKind.allCases.map(\.rawValue) == [
                "particulars", "note", "visit", "signpost", "plan", "reversal-plan", "document", "intention",
                "decision", "order", "order-withdrawn", "audit", "return-rows", "migration-manifest",
                "closure-certificate", "restricted", "correction",
            ])
    }

    @Test func `the classification and the prefixes keep their spelling`() {
        #expect(Classification.secureAdoptionRecord == "Secure Adoption Record")
        #expect([AdoptionSeries.prefix, CareSeries.prefix, ReturnSeries.prefix] == ["AR", "C", "R"])
    }

    @Test func `filing words keep their spelling`() {
        #expect(FilingPlace.allCases.map(\.rawValue) == ["adoption", "care", "adopter"])
        #expect(
            FilingManner.allCases.map(\.rawValue) == [
                "original", "only", "copy", "copy-at-opening", "source", "signpost", "never",
            ])
    }

    @Test func `duties, standings and plans keep their spelling`() {
        #expect(
            Duty.allCases.map(\.rawValue) == ["key-worker", "manager", "adoption-administrator", "team-administrator"])
        #expect(Grant.Standing.allCases.map(\.rawValue) == ["member", "deputy"])
        #expect(PlanType.allCases.map(\.rawValue) == ["permanence", "care", "child-in-need", "pathway"])
        #expect(
            PlanAim.allCases.map(\.rawValue) == [
                "adoption", "return-home", "family-and-friends", "special-guardianship", "long-term-fostering",
                "residential-care", "independence", "undecided",
            ])
    }
}
