import Adoption
import Crypto
import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing

/// The policies change by two people alone, and to nothing that could not decide.
@Suite("changing the policies")
struct PolicyChangeTests {
    /// A rule that passes every check and is easy to see: a colleague with general authority is shown no care record.
    private static func stricter() throws -> PolicyCopy {
        try PolicyCopy().add(
            """
            @id("general-authority-is-shown-nothing")
            @reason("a test")
            forbid (principal, action == Action::"care.show", resource)
            when { principal.roles.contains("general-authority") };
            """)
    }

    // MARK: creation

    @Test func `creation pins the shipped set as entry 0`() throws {
        let vault = try TestVault(people: false)
        let store = RawStore(vault)
        let set = try store.rows("SELECT digest, bytes FROM policy_set")
        #expect(set.count == 1)
        let (digest, bytes) = (try set[0].blob("digest"), try set[0].blob("bytes"))
        #expect(Data(SHA256.hash(data: bytes)) == digest)
        let files = try JSONDecoder().decode([String: Data].self, from: bytes)
        for (name, content) in files {
            #expect(try Data(contentsOf: TestVault.policies.appendingPathComponent(name)) == content)
        }
        #expect(files.keys.contains("invariants.cedar") && files.keys.contains("strongroom.cedarschema"))
        let entry = String(
            decoding: try store.rows("SELECT bytes FROM log_entry WHERE position = 0")[0].blob("bytes"), as: UTF8.self)
        #expect(entry.contains("\"ev\":\"vault.create\""))
        #expect(entry.contains("\"policy_sha256\":\"\(digest.hexadecimalText)\""))
        let pin = try SignedStatement(
            encoded: store.rows("SELECT statement FROM roster WHERE position = 1")[0].blob("statement"))
        #expect(String(decoding: pin.body, as: UTF8.self).contains("\"policiesPinned\":{\"digest\":"))
        #expect(try vault.with("admin") { try $0.showPolicy().done().digest } == digest.hexadecimalText)
    }

    @Test func `the shipped set passes its own check`() throws {
        let report = try PolicyReport(directory: TestVault.policies)
        #expect(report.faults == [] && report.failures == [] && report.warnings == [])
        #expect(report.policyCount > 80 && report.testCount > 1_000)
    }

    // MARK: what cannot come into force

    /// One way to spoil a set, and a word of what is said of it.
    struct Spoilt: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let spoil: @Sendable (PolicyCopy) throws -> Void

        init(_ name: String, says: String, _ spoil: @escaping @Sendable (PolicyCopy) throws -> Void) {
            testDescription = name
            self.says = says
            self.spoil = spoil
        }
    }

    static let spoilt = [
        Spoilt("does not parse", says: "care.cedar:") { try $0.add("permit (principal, action") },
        Spoilt("asks for an attribute that nobody has", says: "care.cedar:") {
            try $0.add("forbid (principal, action, resource) when { principal.clearance > 3 };")
        },
        Spoilt("compares what has no order", says: "care.cedar:") {
            try $0.add("forbid (principal, action == Action::\"care.show\", resource) when { resource.kind < 1 };")
        },
        Spoilt("asks for an optional attribute unasked", says: "care.cedar:") {
            try $0.add(
                "permit (principal, action == Action::\"care.show\", resource) when { resource.keyWorker == principal };"
            )
        },
        Spoilt("names an act that the schema lacks", says: "care.cedar:") {
            try $0.add("permit (principal, action == Action::\"care.burn\", resource);")
        },
        Spoilt("has no schema", says: "there must be one schema") {
            try FileManager.default.removeItem(at: $0.directory.appendingPathComponent("strongroom.cedarschema"))
        },
        Spoilt("has a schema without an act the vault asks for", says: "`inbox.read`") {
            try $0.replace("\"inbox.list\", \"inbox.read\", ", by: "\"inbox.list\", ", in: "strongroom.cedarschema")
            try $0.replace(
                "Action::\"inbox.list\", Action::\"inbox.read\", ", by: "Action::\"inbox.list\", ", in: "staff.cedar")
        },
        Spoilt("has a schema that promises what the vault does not tell", says: "`clearance`") {
            try $0.replace(
                "\"active\": Bool,", by: "\"active\": Bool,\n    \"clearance\": Long,", in: "strongroom.cedarschema")
        },
        Spoilt("has a schema that calls certain what is not", says: "certain") {
            try $0.replace("\"keyWorker\"?: Staff", by: "\"keyWorker\": Staff", in: "strongroom.cedarschema")
        },
        Spoilt("lets nobody propose", says: "nobody could propose") {
            try $0.replace(
                "action in [Action::\"policy.replay\", Action::\"policy.propose\"]",
                by: "action == Action::\"policy.replay\"", in: "policy.cedar")
        },
        Spoilt("lets nobody approve", says: "nobody could approve") {
            try $0.replace("    !context.sameStaff", by: "    context.sameStaff", in: "policy.cedar")
        },
        Spoilt("has two policies of one name", says: "two policies") {
            try $0.add("@id(\"twice\") permit (principal, action == Action::\"care.show\", resource) when { false };")
            try $0.add("@id(\"twice\") permit (principal, action == Action::\"care.show\", resource) when { false };")
        },
    ]

    @Test(arguments: spoilt) func `a set that could not decide cannot become active`(spoilt: Spoilt) throws {
        let copy = try PolicyCopy()
        try spoilt.spoil(copy)
        let report = try PolicyReport(directory: copy.directory)
        #expect(report.faults.contains { "\($0)".contains(spoilt.says) }, "\(report.faults)")
        try expectNoWay(for: copy)
    }

    private static let forbids: [String] = {
        let text =
            (try? String(
                contentsOf: TestVault.policies.appendingPathComponent("invariants.cedar"), encoding: .utf8)) ?? ""
        return text.matches(of: /@id\("([^"]+)"\)/).map { String($0.1) }
    }()

    @Test func `a set without a required forbid, or with it emptied, is refused by code`() throws {
        #expect(Self.forbids.count == 12)
        for id in Self.forbids {
            let copy = try PolicyCopy()
            let text = try PolicyCopy.policy(id, in: copy.text("invariants.cedar"))
            try copy.replace(text, by: "", in: "invariants.cedar")
            #expect(
                try PolicyReport(directory: copy.directory).faults.contains {
                    $0.message.contains("`\(id)` is missing")
                })
            try copy.add("@id(\"\(id)\")\nforbid (principal, action, resource) when { false };", to: "invariants.cedar")
            #expect(
                try PolicyReport(directory: copy.directory).faults.contains {
                    $0.message.contains("`\(id)` is not the one that is required")
                })
        }
        let copy = try PolicyCopy()
        let id = "one-person-does-not-approve-their-own-policies"
        try copy.replace(
            PolicyCopy.policy(id, in: copy.text("invariants.cedar")), by: "", in: "invariants.cedar")
        try expectNoWay(for: copy)
    }

    @Test func `a set under which the people of this vault could not be two is refused`() throws {
        let vault = try TestVault()
        let before = try vault.with("admin") { try $0.showPolicy().done().digest }
        // Somebody with the role could approve, and nobody here has it.
        #expect(throws: VaultFault.self) { try vault.propose(Self.stricter()) }
        try vault.addAuthoriser()
        let copy = try Self.stricter().replace(
            "[\"adoption-administrator\", \"disclosure-authoriser\"]", by: "[\"adoption-administrator\"]",
            in: "policy.cedar")
        #expect(try PolicyReport(directory: copy.directory).isSound)
        #expect(throws: VaultFault.self) { try vault.propose(copy) }
        #expect(try vault.newest(1)[0].reasons == ["rule:policies"])
        #expect(try vault.with("admin") { try $0.showPolicy().done() }.proposal == nil)
        #expect(try vault.with("admin") { try $0.showPolicy().done().digest } == before)
    }

    @Test func `a set that fails a test of its own is not proposed`() throws {
        let vault = try TestVault()
        try vault.addAuthoriser()
        let copy = try PolicyCopy(tests: true)
        try copy.replace(
            "principal.roles.containsAny([\"adoption-administrator\", \"auditor\"])",
            by: "principal.roles.contains(\"auditor\")", in: "policy.cedar")
        let report = try PolicyReport(directory: copy.directory)
        #expect(report.faults == [] && report.failures.contains { $0.file == "tests/policy.json" })
        #expect(throws: VaultFault.self) { try vault.propose(copy) }
    }

    /// Neither a new vault nor an old one takes the set.
    private func expectNoWay(for copy: PolicyCopy) throws {
        let place = copy.directory.appendingPathComponent("vault")
        #expect(throws: VaultFault.self) {
            try Vault.create(
                at: place, founder: Identity(), handle: "admin", team: "children", practice: true,
                policies: copy.directory, clock: SettableClock().clock)
        }
        #expect(!FileManager.default.fileExists(atPath: place.path))
        let vault = try TestVault(people: false)
        try vault.addAuthoriser()
        let before = try vault.with("admin") { try $0.showPolicy().done() }
        #expect(throws: VaultFault.self) { try vault.propose(copy) }
        let after = try vault.with("admin") { try $0.showPolicy().done() }
        #expect(after.digest == before.digest && after.proposal == nil)
    }

    // MARK: two people

    @Test func `the next decision uses the approved set, and the old one stays`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        #expect(try !vault.with("oona") { try $0.showCare(care) }.isDenied)
        let before = try vault.with("admin") { try $0.showPolicy().done().digest }
        let digest = try vault.adopt(Self.stricter())
        #expect(digest != before)
        #expect(try vault.with("oona") { try $0.showCare(care) }.isDenied)
        let entries = try vault.entries().map(\.text)
        let approval = entries.lastIndex { $0.contains("\"ev\":\"policy.approve\"") }!
        #expect(entries[approval].contains("\"policy_sha256\":\"\(before)\""))
        #expect(entries[approval].contains("\"set:\(digest)\""))
        #expect(entries[approval + 1].contains("\"policy_sha256\":\"\(digest)\""))
        let proposal = entries.last { $0.contains("\"ev\":\"policy.propose\"") }
        #expect(proposal?.contains("\"set:\(digest)\"") ?? false)
        let store = RawStore(vault)
        let kept = Set(try store.rows("SELECT digest FROM policy_set").map { try $0.blob("digest").hexadecimalText })
        #expect(kept == [before, digest])
        #expect(try store.refusal(of: "DELETE FROM policy_set") == "a policy set is never deleted")
        #expect(try store.refusal(of: "UPDATE policy_set SET bytes = x'00'") == "a policy set never changes")
        #expect(try vault.problems() == [])
    }

    @Test func `who proposed does not approve, not even with another card`() throws {
        let vault = try TestVault()
        try vault.addAuthoriser()
        try vault.with("admin") {
            _ = try $0.addStaff("ida", card: vault.identity("ida").card, roles: ["adoption-administrator"]).done()
        }
        let before = try vault.with("admin") { try $0.showPolicy().done().digest }
        let digest = try vault.propose(Self.stricter(), by: "ida")
        #expect(try vault.with("ida") { try $0.approvePolicies(digest) }.refusal == .samePerson)
        // The same person with new keys is the same person.
        let card = vault.replaceIdentity("ida").card
        try vault.with("admin") { _ = try $0.rekey("ida", card: card, reason: "lost").done() }
        #expect(try vault.with("ida") { try $0.approvePolicies(digest) }.refusal == .samePerson)
        #expect(try vault.newest(1)[0].decision == "deny")
        #expect(try vault.with("admin") { try $0.showPolicy().done().digest } == before)
        #expect(try vault.with("admin") { try $0.approvePolicies(digest).done().digest } == digest)
    }

    @Test func `a changed program of one person's cannot do it either: the roster does not count it`() throws {
        let vault = try TestVault()
        let digest = try vault.with("admin") { session in
            let set = try session.showPolicy().done().digest
            return try #require(Data(hexadecimalText: set))
        }
        let program = ChangedProgram(vault: vault)
        let act = ["digest": digest.base64EncodedString()]
        try program.sign(["policiesProposed": act], by: vault.administrator)
        #expect(try vault.with("admin") { try $0.showPolicy().done().proposal?.by } == "admin")
        try program.sign(["policiesPinned": act], by: vault.administrator)
        let fault = #expect(throws: VaultFault.self) { try vault.open("asha") }
        #expect(fault?.description.contains("without a second person") ?? false)
    }

    @Test func `nobody pins what nobody proposed, and not everybody may pin`() throws {
        for (handle, isProposed) in [("admin", false), ("morgan", true)] {
            let vault = try TestVault()
            let digest = try #require(
                Data(hexadecimalText: vault.with(handle) { try $0.showPolicy().done().digest }))
            let act = ["digest": digest.base64EncodedString()]
            let program = ChangedProgram(vault: vault)
            if isProposed { try program.sign(["policiesProposed": act], by: vault.administrator) }
            try program.sign(["policiesPinned": act], by: vault.identity(handle))
            #expect(throws: VaultFault.self) { try vault.open("asha") }
        }
    }

    @Test func `what was proposed and does not validate any more is not approved`() throws {
        let vault = try TestVault()
        try vault.addAuthoriser()
        let copy = try PolicyCopy().add(
            "forbid (principal, action, resource) when { principal.clearance > 3 };")
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: copy.directory.path)
        where name.contains(".cedar") {
            files[name] = try Data(contentsOf: copy.directory.appendingPathComponent(name))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(files)
        let digest = Data(SHA256.hash(data: bytes))
        try ChangedProgram(vault: vault).sign(
            ["policiesProposed": ["digest": digest.base64EncodedString()]], by: vault.administrator,
            keeping: (digest, bytes))
        let before = try vault.with("admin") { try $0.showPolicy().done() }
        #expect(before.proposal?.digest == digest.hexadecimalText)
        #expect(throws: VaultFault.self) { try vault.with("dara") { try $0.approvePolicies(digest.hexadecimalText) } }
        #expect(try vault.newest(1)[0].reasons == ["rule:policies"])
        #expect(try vault.with("admin") { try $0.showPolicy().done().digest } == before.digest)
    }

    @Test func `an approval names the digest, twelve digits of it at least, and a later proposal takes the place`()
        throws
    {
        let vault = try TestVault()
        try vault.addAuthoriser()
        let first = try vault.propose(Self.stricter())
        let second = try vault.propose(Self.stricter().replace("a test", by: "another test", in: "care.cedar"))
        try vault.with("dara") { session throws in
            for wrong in [first, String(second.prefix(11)), "", second + "0"] {
                #expect(throws: VaultFault.self) { try session.approvePolicies(wrong) }
            }
            #expect(try session.todo().done().contains { $0.command == "policy show --proposal" })
            #expect(try session.approvePolicies(String(second.prefix(12))).done().digest == second)
            #expect(throws: VaultFault.self) { try session.approvePolicies(second) }
        }
        #expect(try vault.with("asha") { try $0.approvePolicies(second) }.isDenied)
        let copy = try Self.stricter()
        #expect(try vault.with("asha") { try $0.proposePolicies(copy.directory, reason: "why") }.isDenied)
    }

    // MARK: errors

    @Test func `an erroring forbid denies, and the log says so on a record too`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let absent = CareReference(random: Data(0..<UInt8(CareReference.randomByteCount))).description
        // The one way that the validator leaves: a number too large.
        try vault.adopt(
            PolicyCopy().add(
                """
                @id("overflows")
                @reason("a test")
                forbid (principal, action in [Action::"care.show", Action::"inbox.list"], resource)
                when { context.on + 9223372036854775807 < 0 };
                """))
        try vault.with("asha") { session throws in
            #expect(try session.showCare(care).isDenied)
            #expect(try session.showCare(absent).isDenied)
            #expect(try session.listInbox().isDenied)
            #expect(try session.note(care, text: "other acts go on").refusal == nil)
        }
        let lines = try vault.newest(4)
        #expect(lines.map(\.reasons).prefix(3) == [["error:care.cedar/overflows"], [], ["error:care.cedar/overflows"]])
        #expect(lines.map(\.decision) == ["deny", "deny", "deny", "allow"])
        let found = try vault.with("audrey") { try $0.explain(lines[0].position).done() }
        #expect(found.others == ["error:care.cedar/overflows"] && found.policies.map(\.id) == ["overflows"])
    }
}
