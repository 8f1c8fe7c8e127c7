import EncryptedStore
import Foundation
import Sealing
import TransparencyLog
import WorkingDays

/// Makes the first rows of a vault: the root statement, the office, the first team, the policies, and entry 0.
struct Founding {
    let database: Database
    let directory: URL
    let secrets: VaultSecrets
    let founder: Identity
    let handle: String
    let team: String
    let practice: Bool
    let profile: PolicyProfile
    let clock: VaultClock

    func run() throws -> Vault.Created {
        try Handle.check(handle)
        try Handle.check(team)
        let vault = Identifier.fresh(.vault)
        let origin = "strongroom.example/\(practice ? "practice-" : "")\(vault)"
        let signer = try NoteSigner(name: origin, ed25519Seed: [UInt8](secrets.logSeed))

        let root = try rootStatement(vault: vault)
        var keyring = StoreKeyring(
            vaultID: vault, isPractice: practice, rootStatement: root.encoded, logOrigin: origin,
            logVerifierKey: signer.verifier.vkey)
        try secrets.wrap(to: [founder.card], recovery: nil, in: &keyring)
        try database.write { try RosterRows(statements: $0).append(root.encoded, position: 0) }

        var identity = founder
        identity.pinnedRoots[vault] = root.digest
        let session = try Session(
            database: database, directory: directory, keyring: keyring, identity: identity, secrets: secrets,
            clock: clock, clockIsConfirmed: false)
        try furnish(session)
        try keyring.save(to: directory.appendingPathComponent(Vault.keyringName))
        try session.writeRemovals()
        return Vault.Created(vaultID: vault, rootFingerprint: root.digest, logKey: signer.verifier.vkey)
    }

    private func rootStatement(vault: String) throws -> SignedStatement {
        let act = RosterAct.founded(
            staff: Identifier.fresh(.staff), card: founder.card.encoded,
            handle: try secrets.sealHandle(handle, vault: vault), practice: practice)
        let body = RosterBody(vault: vault, at: VaultTime(milliseconds: clock.now()).text, act: act)
        return try SignedStatement(
            signing: CanonicalJSON.encode(body), previous: nil, by: founder, label: VaultLabel.roster)
    }

    private func furnish(_ session: Session) throws {
        try database.write { statements in
            let passage = try Passage(session: session, statements: statements, target: .vault)
            try RosterRows(statements: statements).insertPolicySet(profile.digest, bytes: profile.encoded)
            try passage.append(.policiesPinned(digest: profile.digest))
            let member = GroupMember(staff: passage.me, since: passage.today.description, until: nil)
            let office = try passage.makeGroup(.office, members: [member]).manifest
            try passage.makeGroupSecret(purpose: GroupPurpose.returnSubjects, of: office)
            try passage.makeGroupSecret(purpose: GroupPurpose.closedSubjects, of: office)
            let name = try session.secrets.sealHandle(team, vault: session.vaultID)
            let first = try passage.makeGroup(.team, members: [member], name: name).manifest
            try passage.makeGroupSecret(purpose: GroupPurpose.search, of: first)
            try session.enter(Ask(.vaultCreate, on: .vault), .allow, .undecided(), passage)
        }
    }
}

/// A short name for a person or a team: lower-case letters, digits and hyphens.
public enum Handle {
    static let byteCountLimit = 32

    /// - Throws: ``VaultFault/unusable(_:hint:)`` for anything else.
    public static func check(_ text: String) throws {
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, !text.isEmpty, text.utf8.count <= byteCountLimit, text.first?.isLetter == true else {
            throw VaultFault.unusable(
                "a short name is 1 to \(byteCountLimit) lower-case letters, digits and hyphens",
                hint: "take one such as `asha` or `north-team`")
        }
    }
}
