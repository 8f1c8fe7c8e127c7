import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// Somebody with the disk edits a row. Whatever trusts the row next must refuse, and wrap nothing to what was planted.
@Suite("an edited public key, role, grant or manifest row is refused at the next act")
struct EditedRowTests {
    private let vault: TestVault
    private let care: String
    private let pin: String
    private let store: RawStore
    private let stranger = Identity()

    init() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        _ = try vault.openAdoption(of: vault.openCare("Wren", "Lund"))
        try vault.with("asha") { session in
            _ = try session.note(pin, text: "met the adopters").done()
            _ = try session.addDocument(
                pin, file: vault.file("identity.txt", Data("new name".utf8)), kind: "new-identity"
            ).done()
        }
        (self.vault, self.care, self.pin) = (vault, care, pin)
        store = RawStore(vault)
    }

    // MARK: the roster

    @Test func `a statement changed, swapped, dropped or signed by a stranger`() throws {
        let statements = try store.rows("SELECT position, statement FROM roster ORDER BY position")
        for (index, row) in statements.enumerated() {
            let position = StoredValue.integer(try row.integer("position"))
            let bytes = try row.blob("statement")
            func replace(_ name: String, by statement: Data) throws {
                try expectFault("\(name) statement \(index)") { sql in
                    try sql.run("UPDATE roster SET statement = ? WHERE position = ?", [.blob(statement), position])
                }
            }
            try replace("changed", by: bytes.flipped(at: bytes.count / 2))
            try replace("changed the signature of", by: bytes.flipped(at: bytes.count - 1))
            try replace("cut", by: bytes.dropLast())
            try replace("re-signed", by: resigned(bytes))
            try expectFault("dropped statement \(index)") { sql in
                try sql.run("DELETE FROM roster WHERE position = ?", [position])
            }
            guard index + 1 < statements.count else { continue }
            try expectFault("swapped statement \(index)") { sql in
                let next = statements[index + 1]
                try sql.run(
                    "UPDATE roster SET statement = ? WHERE position = ?", [.blob(next.blob("statement")), position])
                try sql.run(
                    "UPDATE roster SET statement = ? WHERE position = ?",
                    [.blob(bytes), .integer(next.integer("position"))])
            }
        }
        #expect(statements.count > 20)
    }

    @Test func `a statement added by a stranger, or by a member of staff without the right`() throws {
        let statements = try store.rows("SELECT statement FROM roster ORDER BY position")
        let last = try SignedStatement(encoded: statements.last!.blob("statement"))
        let role = try statements.map { try SignedStatement(encoded: $0.blob("statement")) }
            .last { String(decoding: $0.body, as: UTF8.self).contains("\"roleGranted\"") }!
        for signer in [stranger, vault.identity("oona")] {
            let added = try SignedStatement(signing: role.body, previous: last.digest, by: signer, label: Self.roster)
            try expectFault("added") { sql in
                try sql.run(
                    "INSERT INTO roster (position, statement) VALUES (?, ?)",
                    [.integer(Int64(statements.count)), .blob(added.encoded)])
            }
        }
    }

    @Test func `the last statement dropped together with what the access log says of it`() throws {
        // wyn was put out of the group; whoever drops that statement must also edit the entry that names the roster's head.
        try vault.with("admin") { _ = try $0.revoke(pin, from: "wyn", reason: "left the case").done() }
        let statements = try store.rows("SELECT statement FROM roster ORDER BY position")
        let before = try SignedStatement(encoded: statements[statements.count - 2].blob("statement")).digest
        let head = try SignedStatement(encoded: statements.last!.blob("statement")).digest
        try expectFault("dropped with its log entry") { sql in
            try sql.run("DELETE FROM roster WHERE position = ?", [.integer(Int64(statements.count - 1))])
            let entry = try sql.row("SELECT position, bytes FROM log_entry ORDER BY position DESC LIMIT 1")!
            let edited = String(decoding: try entry.blob("bytes"), as: UTF8.self)
                .replacing(head.hexadecimalText, with: before.hexadecimalText)
            try sql.run(
                "UPDATE log_entry SET bytes = ? WHERE position = ?", [.blob(Data(edited.utf8)), entry["position"]])
        }
    }

    // MARK: assignments

    @Test func `an assignment changed, given to another or signed by a stranger`() throws {
        let id = try store.record(care)
        let row = try store.rows("SELECT * FROM assignment WHERE record = ? AND relation = 'key-worker'", [.text(id)])[
            0]
        let oona = try staff("oona")
        let bytes = try row.blob("statement")
        let edits: [(String, String, [StoredValue])] = [
            (
                "changed", "UPDATE assignment SET statement = ? WHERE record = ?",
                [.blob(bytes.flipped(at: 60)), .text(id)]
            ),
            (
                "given to another", "UPDATE assignment SET staff = ? WHERE record = ? AND relation = 'key-worker'",
                [.text(oona), .text(id)]
            ),
            (
                "made another's",
                "UPDATE assignment SET relation = 'deputy' WHERE record = ? AND relation = 'key-worker'",
                [.text(id)]
            ),
            (
                "signed by a stranger",
                "INSERT INTO assignment (record, relation, staff, statement) VALUES (?, 'deputy', ?, ?)",
                [.text(id), .text(oona), .blob(try resigned(bytes, label: Self.assignment))]
            ),
        ]
        for (name, sql, arguments) in edits {
            try expectFault("an assignment \(name)") { try $0.run(sql, arguments) }
            try expectFault(
                "an assignment \(name), on the adoption record", act: { _ = try $0.note(pin, text: "x").done() }
            ) {
                try $0.run(sql, arguments)
            }
        }
    }

    // MARK: who holds a record

    @Test func `a record given to another group`() throws {
        // The team's, another child's, the office's, and none at all.
        let holders = try store.rows("SELECT DISTINCT holder FROM record").map { try $0.text("holder") }
        let mine = try store.rows("SELECT holder FROM record WHERE reference = ?", [.text(pin)])[0].text("holder")
        let office = try store.rows("SELECT group_id FROM group_secret WHERE purpose = 'return-subjects'")[0].text(
            "group_id")
        for holder in Set(holders + [office, "g_00000000000000000000000000000000"]) where holder != mine {
            for act in recordActs {
                let name = "held by another group: \(act.name)"
                func edit(_ sql: any Statements, planting: Bool) throws {
                    try sql.run("UPDATE record SET holder = ? WHERE reference = ?", [.text(holder), .text(pin)])
                    if planting { try plantKey(madeBy: vault.identity("oona"), for: holder, sql) }
                }
                // The office holds a new record until somebody is let in, so there the members merely have no key.
                let mayDeny = holder == office
                try expectFault(name, by: act.by, act: act.run, mayDeny: mayDeny) { try edit($0, planting: false) }
                guard !holder.hasSuffix("00") else { continue }
                try expectFault("\(name), with a key", by: act.by, act: act.run, mayDeny: mayDeny) {
                    try edit($0, planting: true)
                }
            }
        }
        for act in recordActs {
            try expectFault("another salt: \(act.name)", by: act.by, act: act.run) { sql in
                try sql.run(
                    "UPDATE record SET holder_salt = ? WHERE reference = ?", [.blob(Data(count: 16)), .text(pin)])
            }
        }
    }

    @Test func `a closed record said to be open again`() throws {
        try vault.close(care)
        for (stage, reference) in [("open", care), ("open", pin), ("order-made-awaiting-closure", care)] {
            try expectFault("a closed record `\(stage)`", act: { _ = try $0.listEntries(reference).done() }) { sql in
                try sql.run(
                    "UPDATE record SET stage = ?, order_on = '2026-01-05', team = "
                        + "(SELECT group_id FROM group_secret WHERE purpose = 'search') WHERE reference = ?",
                    [.text(stage), .text(reference)])
            }
        }
    }

    // MARK: wraps

    @Test func `a group's wrap replaced by a stranger's`() throws {
        let group = try store.rows("SELECT holder FROM record WHERE reference = ?", [.text(pin)])[0].text("holder")
        let planted = EncapsulationPrivateKey()
        let recipients: [(name: String, id: String, key: EncapsulationPublicKey)] = [
            ("asha", vault.identity("asha").card.keyID, vault.identity("asha").card.encapsulation),
            ("admin", "office", try EncapsulationPublicKey(bytes: officeKey())),
        ]
        for (recipient, act) in zip(recipients, recordActs) {
            let row = try store.rows(
                "SELECT * FROM group_wrap WHERE group_id = ? AND recipient = ?", [.text(group), .text(recipient.id)])[0]
            let wrap = try Envelope.seal(
                planted.seed, to: recipient.key, label: Label("strongroom/vault/group-private/v1"),
                context: Data("\(group) \(row.integer("epoch"))".utf8))
            for sealed in [wrap, try row.blob("sealed").flipped(at: 1_180)] {
                try expectFault("a wrap for \(recipient.name)", by: recipient.name, act: act.run) { sql in
                    try sql.run(
                        "UPDATE group_wrap SET sealed = ? WHERE group_id = ? AND recipient = ?",
                        [.blob(sealed), .text(group), .text(recipient.id)])
                }
            }
        }
    }

    @Test func `a record's newest key taken away, so that the next entry opens to who was put out`() throws {
        try vault.with("admin") { _ = try $0.revoke(pin, from: "wyn", reason: "left the case").done() }
        for act in recordActs where act.by == "asha" {
            try expectFault("the newest key taken away: \(act.name)", by: act.by, act: act.run) { sql in
                try sql.run(
                    """
                    DELETE FROM record_key WHERE epoch = (SELECT max(epoch) FROM record_key WHERE record IN
                        (SELECT id FROM record WHERE reference = ?))
                    """, [.text(pin)])
            }
        }
    }

    @Test func `a record's key made by a stranger, by somebody not in the group, or by a former member`() throws {
        try vault.with("admin") { _ = try $0.revoke(pin, from: "wyn", reason: "left the case").done() }
        let group = try store.rows("SELECT holder FROM record WHERE reference = ?", [.text(pin)])[0].text("holder")
        for (name, maker) in [
            ("a stranger", stranger), ("an outsider", vault.identity("oona")), ("a leaver", vault.identity("wyn")),
        ] {
            for act in recordActs where act.by == "asha" {
                try expectFault("a key made by \(name): \(act.name)", by: act.by, act: act.run) { sql in
                    try plantKey(madeBy: maker, for: group, sql)
                }
                try expectFault("a key replaced by \(name): \(act.name)", by: act.by, act: act.run) { sql in
                    try plantKey(madeBy: maker, for: group, replacing: true, sql)
                }
            }
        }
    }

    // MARK: entries, policies, the log, the keyring

    @Test func `an entry relabelled, so that a migration would leave it open to the team`() throws {
        try vault.with("admin") { _ = try $0.liftSecurity(pin, to: "tariq", reason: "the plan was reversed").done() }
        try expectFault("an entry relabelled", by: "tariq", act: { _ = try $0.migrate(pin).done() }) { sql in
            try sql.run("UPDATE entry SET document_kind = 'birth-certificate' WHERE document_kind = 'new-identity'")
        }
    }

    @Test func `the pinned policies changed`() throws {
        let bytes = try store.rows("SELECT bytes FROM policy_set")[0].blob("bytes")
        for changed in [bytes.flipped(at: bytes.count / 2), bytes.dropLast(), Data()] {
            try expectFault("policies changed") { try $0.run("UPDATE policy_set SET bytes = ?", [.blob(changed)]) }
        }
        try expectFault("policies dropped") { try $0.run("DELETE FROM policy_set") }
    }

    @Test func `the access log's last entry, node or head changed`() throws {
        let size = try store.rows("SELECT max(size) AS size FROM log_head")[0].integer("size")
        let last = try store.rows("SELECT bytes FROM log_entry WHERE position = ?", [.integer(size - 1)])[0].blob(
            "bytes")
        let earlier = Data(String(decoding: last, as: UTF8.self).replacing("2026-01-05T12", with: "2026-01-04T12").utf8)
        #expect(earlier != last)
        let edits: [(String, String, [StoredValue])] = [
            ("entry", "UPDATE log_entry SET bytes = ? WHERE position = ?", [.blob(earlier), .integer(size - 1)]),
            ("entry's absence", "DELETE FROM log_entry WHERE position = ?", [.integer(size - 1)]),
            (
                "node",
                "UPDATE log_node SET hash = zeroblob(32) WHERE position = (SELECT max(position) FROM log_node "
                    + "WHERE level = 0) AND level = 0 OR level > 0", []
            ),
            (
                "head", "UPDATE log_head SET checkpoint = replace(checkpoint, '— ', '— x') WHERE size = ?",
                [.integer(size)]
            ),
            ("head's absence", "DELETE FROM log_head WHERE size = ?", [.integer(size)]),
        ]
        for (name, sql, arguments) in edits {
            try expectFault("the last \(name)") { try $0.run(sql, arguments) }
        }
    }

    @Test func `each field of the keyring changed`() throws {
        let keyring = try store.keyring()
        _ = try store.secret("store-key")
        let edits: [(String, (inout StoreKeyring) -> Void)] = [
            ("vault", { $0.vaultID += "0" }), ("practice", { $0.isPractice.toggle() }),
            ("root", { $0.rootStatement = $0.rootStatement.flipped(at: 40) }), ("origin", { $0.logOrigin += "x" }),
            ("log key", { $0.logVerifierKey += "x" }), ("a wrap dropped", { $0.wraps.removeLast() }),
            ("wraps swapped", { $0.wraps.swapAt(0, $0.wraps.count - 1) }),
            ("a wrap changed", { $0.wraps[0].bytes = $0.wraps[0].bytes.flipped(at: 9) }),
            (
                "a stranger's wrap",
                { $0.wraps.append(.init(recipient: "stranger", purpose: "store-key", bytes: Data(count: 9))) }
            ),
            ("recovery", { $0.recoveryWraps.append($0.wraps[0]) }), ("authenticator", { $0.authenticator = Data() }),
        ]
        for (name, edit) in edits {
            let copy = try store.copied()
            defer { copy.discard() }
            var changed = keyring
            edit(&changed)
            try changed.save(to: copy.keyringFile)
            let before = try copy.dump()
            #expect(throws: VaultFault.self, "the keyring's \(name)") { try open(copy, "asha").close() }
            #expect(try copy.dump() == before)
        }
        let bytes = try Data(contentsOf: store.keyringFile)
        for place in stride(from: 0, to: bytes.count, by: 997) {
            let copy = try store.copied()
            defer { copy.discard() }
            try bytes.flipped(at: place).write(to: copy.keyringFile)
            #expect(throws: (any Error).self) { try open(copy, "asha").close() }
        }
    }

    // MARK: how

    private static let roster = Label("strongroom/vault/roster/v1")
    private static let assignment = Label("strongroom/vault/assignment/v1")

    /// Acts that trust who holds the adoption record, asked of it and of the care record beside it.
    private var recordActs: [(name: String, by: String, run: (Session) throws -> Void)] {
        [
            ("note", "asha", { _ = try $0.note(pin, text: "one more").done() }),
            ("grant", "admin", { try $0.grant(pin, to: "rhian", reason: "reviews the case").done() }),
            ("order", "asha", { _ = try $0.recordOrder(care, on: Day("2026-01-05")!).done() }),
        ]
    }

    /// Edits a copy, asks for an act, and expects a fault that leaves the copy as the editor left it.
    private func expectFault(
        _ name: String, by handle: String = "asha", act: ((Session) throws -> Void)? = nil, mayDeny: Bool = false,
        _ edit: (any Statements) throws -> Void
    ) throws {
        let copy = try store.copied()
        defer { copy.discard() }
        try copy.edit(edit)
        let before = try copy.dump(without: mayDeny ? RawStore.logTables : [])
        do {
            let session = try open(copy, handle)
            defer { try? session.close() }
            if let act { try act(session) } else { _ = try session.note(care, text: "one more").done() }
            Issue.record("\(name): it was done")
        } catch is VaultFault {
        } catch let outcome as UnexpectedOutcome where mayDeny && outcome.description == "denied" {
        } catch {
            Issue.record(error, Comment(rawValue: name))
        }
        #expect(try copy.dump(without: mayDeny ? RawStore.logTables : []) == before, Comment(rawValue: name))
    }

    private func open(_ store: RawStore, _ handle: String) throws -> Session {
        try Vault.open(at: store.directory, identity: vault.identity(handle), clock: vault.clock.clock)
    }

    /// The same statement with every key in it, and its signature, the stranger's.
    private func resigned(_ encoded: Data, label: Label = EditedRowTests.roster) throws -> Data {
        let statement = try SignedStatement(encoded: encoded)
        var body = String(decoding: statement.body, as: UTF8.self)
        for identity in vault.identities.values {
            body = body.replacing(
                identity.card.encoded.base64EncodedString(), with: stranger.card.encoded.base64EncodedString())
        }
        if let key = try manifests(in: statement).first?["publicKey"] as? String {
            body = body.replacing(key, with: stranger.card.encapsulation.bytes.base64EncodedString())
        }
        return try SignedStatement(signing: Data(body.utf8), previous: statement.previous, by: stranger, label: label)
            .encoded
    }

    private func manifests(in statement: SignedStatement) throws -> [[String: Any]] {
        let body = try JSONSerialization.jsonObject(with: statement.body) as? [String: Any]
        let group = (body?["act"] as? [String: Any])?["group"] as? [String: Any]
        return [group?["_0"] as? [String: Any]].compactMap(\.self)
    }

    private func publicKey(where isMeant: ([String: Any]) -> Bool) throws -> Data {
        let found = try store.rows("SELECT statement FROM roster ORDER BY position")
            .flatMap { try manifests(in: SignedStatement(encoded: $0.blob("statement"))) }.last(where: isMeant)
        return Data(base64Encoded: try #require(found?["publicKey"] as? String))!
    }

    private func madeEpoch(of group: String) throws -> Int64 {
        let found = try store.rows("SELECT statement FROM roster ORDER BY position")
            .flatMap { try manifests(in: SignedStatement(encoded: $0.blob("statement"))) }
            .last { $0["group"] as? String == group }
        return Int64(try #require(found?["epoch"] as? Int))
    }

    private func officeKey() throws -> Data { try publicKey { $0["kind"] as? String == "office" } }

    /// Gives the record one more key, or its current key in place of the right one, made by somebody for that group.
    private func plantKey(
        madeBy maker: Identity, for group: String, replacing: Bool = false, _ sql: any Statements
    ) throws {
        let key = try EncapsulationPublicKey(bytes: publicKey { $0["group"] as? String == group })
        let record = try sql.row("SELECT id FROM record WHERE reference = ?", [.text(pin)])!.text("id")
        let current = try sql.row("SELECT max(epoch) AS n FROM record_key WHERE record = ?", [.text(record)])!.integer(
            "n")
        let epoch = replacing ? current : current + 1
        let made = try madeEpoch(of: group)
        let subject = Data("\(record) main \(epoch) \(group) \(made)".utf8)
        let secret = Data(repeating: 7, count: 32)
        let signature = try maker.signing.sign(
            secret + subject, label: Label("strongroom/vault/secret-origin/v1"), strength: .ordinary)
        try sql.run(
            """
            INSERT OR REPLACE INTO record_key
                (record, slot, epoch, made_group, made_epoch, recipient, recipient_epoch, sealed)
            VALUES (?, 'main', ?, ?, ?, ?, 0, ?)
            """,
            [
                .text(record), .integer(epoch), .text(group), .integer(made), .text(group),
                .blob(
                    try Envelope.seal(
                        secret + maker.card.fingerprint + signature.encoded, to: key,
                        label: Label("strongroom/vault/record-key/v1"), context: subject)),
            ])
    }

    private func staff(_ handle: String) throws -> String {
        let card = vault.identity(handle).card.encoded.base64EncodedString()
        for row in try store.rows("SELECT statement FROM roster") {
            let body = try SignedStatement(encoded: row.blob("statement")).body
            guard String(decoding: body, as: UTF8.self).contains(card),
                let act = (try JSONSerialization.jsonObject(with: body) as? [String: Any])?["act"] as? [String: Any],
                let added = act["staffAdded"] as? [String: Any], let staff = added["staff"] as? String
            else { continue }
            return staff
        }
        throw VaultFault.unusable("nobody is called `\(handle)`", hint: nil)
    }
}

extension Data {
    func flipped(at place: Int) -> Data {
        var changed = self
        changed[changed.startIndex + place] ^= 1
        return changed
    }

    var hexadecimalText: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
