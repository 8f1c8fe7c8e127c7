import Adoption
import Cedar
import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// What the log keeps of each decision, for whom, and what explaining and replaying make of it.
@Suite("explaining and replaying decisions")
struct RecordedFactsTests {
    private static let absent = CareReference(random: Data(0..<UInt8(CareReference.randomByteCount))).description

    // MARK: what is kept

    @Test func `the facts of every decision are what the schema promises the policies`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let shared = try vault.openCare("Sandy")
        try vault.with("morgan") { session in
            try session.assign(shared, deputy: "ben", until: Day("2026-02-01")!, reason: "away").done()
        }
        try vault.with("asha") { session in
            _ = try session.recordOrder(care, on: Day("2026-01-05")!).done()
            _ = try session.withdrawOrder(care, reason: "a slip").done()
        }
        _ = try vault.with("morgan") { try $0.withdrawOrder(pin, reason: "a slip").done() }
        _ = try vault.with("oona") { try $0.showAdoption(pin) }
        _ = try vault.with("admin") { try $0.grant(pin, to: "ben", reason: "joins") }
        let schema = try Schema(
            parsing: String(
                contentsOf: TestVault.policies.appendingPathComponent("strongroom.cedarschema"), encoding: .utf8))
        var acts: Set<String> = []
        for facts in try OfficeReader(vault).openings("facts") where !facts.value.isEmpty {
            let json = try JSONValue(parsing: [UInt8](facts.value))
            #expect(json["v"] == .integer(1))
            let request = try Request(try #require(json["request"]), schema: schema)
            let list = try #require(json["entities"])
            _ = try Entities(list, schema: schema)
            try request.validate(against: schema)
            acts.insert(request.action.id)
            // Whoever a policy may ask for an attribute is there; a group has none.
            let there = try Entities(list)
            for name in Self.names(in: list) + Self.names(in: try #require(json["request"]?["context"])) {
                #expect(name.type == "Group" || there[name] != nil, "entry \(facts.position): \(name)")
            }
            #expect(there[request.principal] != nil && there[request.resource] != nil)
        }
        #expect(acts.count > 10)
        #expect(acts.isSuperset(of: ["order.withdraw.confirm", "access.grant", "care.assign"]), "\(acts)")
    }

    /// The names of entities that values hold.
    private static func names(in json: JSONValue) -> [EntityUID] {
        if let list = json.array { return list.flatMap(names) }
        guard let members = json.object else { return [] }
        if let inner = members["__entity"], let type = inner["type"]?.string, let id = inner["id"]?.string {
            return [EntityUID(type: type, id: id)]
        }
        return members.values.flatMap(names)
    }

    @Test func `the facts name nobody but who asked, and no record, group or reason`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        _ = try vault.with("asha") { try $0.note(pin, text: "seen").done() }
        let store = RawStore(vault)
        let entries = try store.rows("SELECT position, bytes FROM log_entry").reduce(into: [Int64: String]()) {
            let entry = try JSONSerialization.jsonObject(with: $1.blob("bytes")) as! [String: Any]
            $0[try $1.integer("position")] = entry["actor"] as? String
        }
        var seen = 0
        for facts in try OfficeReader(vault).openings("facts") {
            let text = String(decoding: facts.value, as: UTF8.self)
            let names = text.matches(of: /[aigerd]_[0-9a-f]{32}/).map { String($0.output) }
            #expect(Set(names).subtracting([entries[facts.position]!]) == [], "entry \(facts.position)")
            #expect(!text.contains(care) && !text.contains(pin) && !text.contains("joined the case"))
            if text.contains("\"purpose\":\"given\"") { seen += 1 }
        }
        #expect(seen >= 3)
    }

    @Test func `they are erased when the record closes or is removed, and nothing is kept of it afterwards`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let store = RawStore(vault)
        func openings(_ reference: String) throws -> Int64 {
            try store.rows(
                "SELECT count(*) AS n FROM opening JOIN record ON id = record WHERE reference = ?", [.text(reference)]
            )[0].integer("n")
        }
        #expect(try openings(care) > 2 && openings(pin) > 2)
        try vault.close(care)
        #expect(try openings(care) == 0 && openings(pin) == 0)
        // A closed record's denials keep what those of no record keep.
        try vault.with("asha") { session throws in
            #expect(try session.showCare(care).isDenied && session.showCare(Self.absent).isDenied)
        }
        let office = try OfficeReader(vault)
        for label in ["reasons", "facts"] {
            #expect(try office.openings(label).suffix(2).map(\.value) == [Data(), Data()])
        }
    }

    // MARK: explaining

    @Test func `an entry is explained with the text that decided, whatever is in force today`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        _ = try vault.with("oona") { try $0.showCare(care).done() }
        let position = try vault.newest(1)[0].position
        try vault.adopt(
            PolicyCopy().replace(
                "an open care record stays readable", by: "this reason was changed", in: "care.cedar"))
        for handle in ["admin", "audrey"] {
            let found = try vault.with(handle) { try $0.explain(position).done() }
            #expect(found.source == .entry && !found.isInForce && found.line.act == "care.show")
            let policy = try #require(found.policies.first)
            #expect(found.policies.count == 1 && policy.id == "open-care-record-read" && policy.effect == "permit")
            #expect(policy.annotations["reason"]?.hasPrefix("an open care record stays readable") ?? false)
            #expect(policy.text.hasPrefix("@id(\"open-care-record-read\")"))
        }
        #expect(try vault.with("asha") { try $0.explain(position) }.isDenied)
        #expect(throws: VaultFault.self) { try vault.with("admin") { try $0.explain(9_999) } }
    }

    @Test func `why an act on a record was denied is opened by the office alone`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        _ = try vault.with("audrey") { try $0.showAdoption(pin) }
        let position = try vault.newest(1)[0].position
        let opened = try vault.with("admin") { try $0.explain(position).done() }
        #expect(opened.source == .opened && opened.policies.map(\.id) == ["auditor-reads-no-record"])
        let told = try vault.with("audrey") { try $0.explain(position).done() }
        #expect(told.source == .committed && told.policies.isEmpty && told.others.isEmpty)
    }

    @Test func `a reference to nothing and one to a closed record are explained alike`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        _ = try vault.openAdoption(of: care)
        try vault.close(care)
        _ = try vault.with("admin") { session in
            (try session.showCare(care), try session.showCare(Self.absent))
        }
        let positions = try vault.newest(2).map(\.position)
        let found = try vault.with("admin") { session in try positions.map { try session.explain($0).done() } }
        #expect(found.allSatisfy { $0.source == .committed && $0.policies.isEmpty && $0.others.isEmpty })
    }

    @Test func `what was put in an opening's place is found`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        try vault.with("audrey") { session in for _ in 0..<2 { _ = try session.showCare(care) } }
        let positions = try vault.newest(2).map { Int64($0.position) }
        let store = RawStore(vault)
        try store.edit { sql in
            try sql.run(
                "UPDATE opening SET salt = zeroblob(32) WHERE position = ?", [.integer(positions[0])])
        }
        #expect(throws: VaultFault.self) {
            try vault.with("admin") { try $0.explain(UInt64(positions[0])) }
        }
        #expect(try vault.with("admin") { try $0.explain(UInt64(positions[1])).done().source } == .opened)
    }

    // MARK: replaying

    @Test func `a candidate is run over recorded decisions, and what would change is listed`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        _ = try vault.with("oona") { try $0.showCare(care).done() }
        _ = try vault.with("asha") { try $0.showCare(care).done() }
        let positions = try vault.newest(2).map(\.position)
        let same = try vault.with("admin") { try $0.replayPolicies(TestVault.policies).done() }
        #expect(same.changes.isEmpty && same.replayedCount > 10)
        let candidate = try PolicyCopy().add(
            """
            @id("general-authority-is-shown-nothing")
            forbid (principal, action == Action::"care.show", resource)
            when { principal.roles.contains("general-authority") };
            """)
        let found = try vault.with("admin") { try $0.replayPolicies(candidate.directory).done() }
        #expect(found.changes.map(\.position) == [positions[0]])
        #expect(found.changes.first?.then == "allow" && found.changes.first?.now == "deny")
        #expect(found.changes.first?.thenBy == ["care.cedar/open-care-record-read"])
        #expect(found.changes.first?.nowBy == ["care.cedar/general-authority-is-shown-nothing"])
        #expect(found.unopenedCount == 0 && found.factsCount == found.replayedCount)
        let short = try vault.with("admin") { try $0.replayPolicies(candidate.directory, last: 2).done() }
        #expect(short.entryCount == 2 && short.changes.isEmpty)
        for handle in ["asha", "audrey", "morgan"] {
            #expect(try vault.with(handle) { try $0.replayPolicies(candidate.directory) }.isDenied)
        }
    }

    @Test func `the decisions of records closed since are not there to be replayed, and are counted`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        _ = try vault.openAdoption(of: care)
        let open = try vault.with("admin") { try $0.replayPolicies(TestVault.policies).done() }
        try vault.close(care)
        let closed = try vault.with("admin") { try $0.replayPolicies(TestVault.policies).done() }
        #expect(open.unopenedCount == 0 && closed.unopenedCount > 4)
        #expect(closed.changes.isEmpty)
    }

    @Test func `what was sealed to a former key of the office is counted, and not replayed`() throws {
        let vault = try TestVault()
        try vault.with("admin") {
            _ = try $0.addStaff("ida", card: vault.identity("ida").card, roles: ["adoption-administrator"]).done()
        }
        let before = try vault.with("ida") { try $0.replayPolicies(TestVault.policies).done() }
        #expect(before.unopenedCount == 0 && before.replayedCount > 8)
        let card = vault.replaceIdentity("ida").card
        try vault.with("admin") { _ = try $0.rekey("ida", card: card, reason: "lost").done() }
        let after = try vault.with("ida") { try $0.replayPolicies(TestVault.policies).done() }
        // The replacing and this very look are sealed to the new key.
        #expect(after.unopenedCount == before.replayedCount && after.replayedCount == 2)
    }
}
