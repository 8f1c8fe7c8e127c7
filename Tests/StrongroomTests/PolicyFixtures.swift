import Crypto
import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import TransparencyLog

/// A copy of the shipped policies, to be changed as a council would.
final class PolicyCopy {
    let directory: URL

    /// - Parameter tests: whether the tables come along; a rule changed on purpose fails them.
    init(tests: Bool = false) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("policies-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: TestVault.policies, to: directory)
        if !tests { try FileManager.default.removeItem(at: directory.appendingPathComponent("tests")) }
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func text(_ name: String) throws -> String {
        try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
    }

    /// Puts one text in another's place, which must be there.
    @discardableResult
    func replace(_ old: String, by new: String, in name: String) throws -> PolicyCopy {
        let text = try text(name)
        guard text.contains(old) else { throw UnexpectedOutcome(description: "`\(old)` is not in \(name)") }
        try Data(text.replacing(old, with: new).utf8).write(to: directory.appendingPathComponent(name))
        return self
    }

    /// Adds a policy at the end of a file.
    @discardableResult
    func add(_ policy: String, to name: String = "care.cedar") throws -> PolicyCopy {
        try Data((text(name) + "\n" + policy + "\n").utf8).write(to: directory.appendingPathComponent(name))
        return self
    }

    /// The text of one policy, from its `@id` to its end.
    static func policy(_ id: String, in text: String) throws -> String {
        guard let start = text.range(of: "@id(\"\(id)\")"), let end = text[start.lowerBound...].range(of: ";\n") else {
            throw UnexpectedOutcome(description: "there is no policy `\(id)`")
        }
        return String(text[start.lowerBound..<end.lowerBound]) + ";"
    }
}

extension TestVault {
    /// Proposes a set as the administrator, and has the disclosure authoriser approve it.
    @discardableResult
    func adopt(_ policies: PolicyCopy) throws -> String {
        try addAuthoriser()
        let digest = try propose(policies)
        return try with("dara") { try $0.approvePolicies(digest).done().digest }
    }

    /// Proposes a set and gives its digest.
    func propose(_ policies: PolicyCopy, by handle: String = "admin") throws -> String {
        try with(handle) { try $0.proposePolicies(policies.directory, reason: "the panel said so").done().digest }
    }

    /// `dara`, who may approve what the administrator proposed.
    func addAuthoriser() throws {
        try with("admin") { session in
            guard try !session.listStaff().done().contains(where: { $0.handle == "dara" }) else { return }
            _ = try session.addStaff("dara", card: identity("dara").card, roles: ["disclosure-authoriser"]).done()
        }
    }

    /// The newest entries as the auditor sees them, without the look itself.
    func newest(_ count: Int) throws -> [LogLine] {
        try with("audrey") { try $0.showLog(last: count + 1).done() }.dropLast()
    }
}

/// What somebody with an identity could do who runs another program: sign and log whatever they like, unchecked.
struct ChangedProgram {
    let vault: TestVault
    private var store: RawStore { RawStore(vault) }

    /// Signs one act into the roster, and logs it so that everything about the log verifies.
    func sign(_ act: [String: Any], by identity: Identity, keeping policySet: (digest: Data, bytes: Data)? = nil) throws
    {
        let statements = try store.rows("SELECT statement FROM roster ORDER BY position")
        let last = try SignedStatement(encoded: statements.last!.blob("statement"))
        let time = try entry()["t"] as! String
        let body = try JSONSerialization.data(
            withJSONObject: [
                "v": 1, "vault": vault.vaultID, "at": time, "nonce": Data(count: 16).base64EncodedString(), "act": act,
            ], options: [.sortedKeys, .withoutEscapingSlashes])
        let signed = try SignedStatement(
            signing: body, previous: last.digest, by: identity, label: Label("strongroom/vault/roster/v1"))
        let log = try logged(signed.digest, time: time, by: identity)
        try store.edit { sql in
            try sql.run(
                "INSERT INTO roster (position, statement) VALUES (?, ?)",
                [.integer(Int64(statements.count)), .blob(signed.encoded)])
            if let policySet {
                try sql.run(
                    "INSERT INTO policy_set (digest, bytes) VALUES (?, ?)",
                    [.blob(policySet.digest), .blob(policySet.bytes)])
            }
            try log(sql)
        }
    }

    private func entry() throws -> [String: Any] {
        let bytes = try store.rows("SELECT bytes FROM log_entry ORDER BY position DESC LIMIT 1")[0].blob("bytes")
        return try JSONSerialization.jsonObject(with: bytes) as! [String: Any]
    }

    /// One more entry over the roster's new end, the tree's nodes and a signed checkpoint.
    private func logged(_ head: Data, time: String, by identity: Identity) throws -> (any Statements) throws -> Void {
        let before = try entry()
        let seq = (before["seq"] as! NSNumber).uint64Value + 1
        let actor = try with(identity)
        let unsigned =
            "{\"v\":1,\"seq\":\(seq),\"t\":\"\(time)\",\"ev\":\"policy.propose\",\"actor\":\"\(actor)\","
            + "\"key\":\"\(identity.card.keyID)\",\"rec\":\"\",\"decision\":\"allow\",\"reason\":[],"
            + "\"policy_sha256\":\"\(before["policy_sha256"] as! String)\",\"roster\":\"\(head.hexadecimalText)\","
            + "\"commit\":{}"
        let signature = try identity.signing.sign(
            Data(unsigned.utf8), label: Label("strongroom/vault/log-entry/v1"), strength: .ordinary)
        let bytes = Array((unsigned + ",\"sig\":\"\(signature.encoded.base64EncodedString())\"}").utf8)
        let nodes = try TreeFrontier.positions(size: seq).map { position in
            Digest32(
                [UInt8](
                    try store.rows(
                        "SELECT hash FROM log_node WHERE level = ? AND position = ?",
                        [.integer(Int64(position.level)), .integer(Int64(position.index))])[0].blob("hash")))!
        }
        var frontier = try TreeFrontier(size: seq, nodes: nodes)
        let added = frontier.append(leaf: MerkleHash.leaf(bytes))
        let keyring = try store.keyring()
        let wrap = keyring.wraps.first { $0.recipient == identity.card.keyID && $0.purpose == "log-key" }!
        let seed = try Envelope.open(
            wrap.bytes, with: identity.encapsulation, label: Label("strongroom/vault/log-key/v1"),
            context: Data(vault.vaultID.utf8))
        let signer = try NoteSigner(name: keyring.logOrigin, ed25519Seed: [UInt8](seed))
        let checkpoint = Checkpoint(origin: signer.name, size: frontier.size, root: frontier.root).signed(by: [signer])
        return { sql in
            try sql.run(
                "INSERT INTO log_entry (position, bytes) VALUES (?, ?)", [.integer(Int64(seq)), .blob(Data(bytes))])
            for node in added {
                try sql.run(
                    "INSERT INTO log_node (level, position, hash) VALUES (?, ?, ?)",
                    [
                        .integer(Int64(node.position.level)), .integer(Int64(node.position.index)),
                        .blob(Data(node.hash.bytes)),
                    ])
            }
            try sql.run(
                "INSERT INTO log_head (size, checkpoint) VALUES (?, ?)",
                [.integer(Int64(seq + 1)), .text(checkpoint)])
        }
    }

    /// The pseudonym of whose identity it is, from the entries signed with it.
    private func with(_ identity: Identity) throws -> String {
        for row in try store.rows("SELECT bytes FROM log_entry ORDER BY position DESC") {
            let entry = try JSONSerialization.jsonObject(with: row.blob("bytes")) as! [String: Any]
            if entry["key"] as? String == identity.card.keyID { return entry["actor"] as! String }
        }
        throw UnexpectedOutcome(description: "nothing was ever logged with this identity")
    }
}

/// Opens what the log committed to, with the format pages and an administrator's keys alone.
struct OfficeReader {
    private let store: RawStore
    private let key: EncapsulationPrivateKey

    init(_ vault: TestVault) throws {
        store = RawStore(vault)
        let office = try store.rows("SELECT group_id FROM group_secret WHERE purpose = 'return-subjects'")[0]
            .text("group_id")
        let wrap = try store.rows(
            "SELECT epoch, sealed FROM group_wrap WHERE group_id = ? AND recipient = ? ORDER BY epoch DESC",
            [.text(office), .text(vault.administrator.card.keyID)])[0]
        key = try EncapsulationPrivateKey(
            seed: Envelope.open(
                wrap.blob("sealed"), with: vault.administrator.encapsulation,
                label: Label("strongroom/vault/group-private/v1"),
                context: Data("\(office) \(wrap.integer("epoch"))".utf8)))
    }

    /// For each entry with an opening of this label, the value, held against the commitment in the entry.
    func openings(_ label: String) throws -> [(position: Int64, value: Data)] {
        try store.rows(
            "SELECT opening.*, bytes FROM opening JOIN log_entry USING (position) WHERE label = ? ORDER BY position",
            [.text(label)]
        ).map { row in
            let position = try row.integer("position")
            let value = try Envelope.open(
                row.blob("sealed"), with: key, label: Label("strongroom/vault/log-opening/v1"),
                context: Data("\(position)".utf8))
            let entry = try JSONSerialization.jsonObject(with: row.blob("bytes")) as! [String: Any]
            let digest = HMAC<SHA256>.authenticationCode(
                for: Data(label.utf8) + [0] + value, using: SymmetricKey(data: try row.blob("salt")))
            guard (entry["commit"] as! [String: String])[label] == Data(digest).base64EncodedString() else {
                throw UnexpectedOutcome(description: "entry \(position) did not commit to this")
            }
            return (position, value)
        }
    }
}

extension Data {
    init?(hexadecimalText text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, text.count % 2 == 0 else { return nil }
        self.init(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
