import Crypto
import Foundation

/// One entry of the access log: who asked for what, about which alias, and what was answered.
///
/// ASCII, fixed key order, no white space, closed words in clear. The child does not occur: a record is a random alias,
/// and whatever a person typed is a salted commitment. Format: `AccessEntry.md`.
struct AccessEntry {
    let time: VaultTime
    let act: Act
    let actor: String
    /// The actor's card, so that the signature can be checked against the roster.
    let key: String
    /// Nil for an act on the vault itself.
    let alias: String?
    let decision: Decision
    /// The policies that decided, or the rule that refused.
    let reasons: [String]
    /// The set that decided.
    let policyDigest: Data
    /// The head of the roster after this act.
    let rosterHead: Data
    let commitments: [Commitment]

    enum Decision: String {
        case allow, deny
        /// Allowed by policy and refused by a rule of the domain.
        case refuse
    }

    /// A salted commitment to a value: HMAC-SHA-256 keyed with 32 random bytes over label, zero, value.
    struct Commitment {
        static let saltByteCount = 32

        let label: String
        let salt: Data
        let value: Data

        init(label: String, value: Data) {
            self.label = label
            self.value = value
            salt = randomBytes(Self.saltByteCount)
        }

        var digest: Data { Self.digest(label: label, salt: salt, value: value) }

        static func digest(label: String, salt: Data, value: Data) -> Data {
            let message = Data(label.utf8) + [0] + value
            return Data(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: salt)))
        }
    }

    /// The bytes the actor signs: the entry up to its signature.
    func unsigned(position: UInt64) -> String {
        var text =
            "{\"v\":1,\"seq\":\(position),\"t\":\"\(time.text)\",\"ev\":\"\(act.rawValue)\",\"actor\":\"\(actor)\""
        text += ",\"key\":\"\(key)\",\"rec\":\"\(alias ?? "")\",\"decision\":\"\(decision.rawValue)\",\"reason\":["
        text += reasons.map { "\"\(Self.plain($0))\"" }.joined(separator: ",")
        text +=
            "],\"policy_sha256\":\"\(policyDigest.hexadecimal)\",\"roster\":\"\(rosterHead.hexadecimal)\",\"commit\":{"
        text += commitments.map { "\"\(Self.plain($0.label))\":\"\($0.digest.base64EncodedString())\"" }
            .joined(separator: ",")
        return text + "}"
    }

    /// The exact bytes of the leaf.
    func bytes(position: UInt64, signature: Data) -> [UInt8] {
        Array((unsigned(position: position) + ",\"sig\":\"\(signature.base64EncodedString())\"}").utf8)
    }

    /// Identifiers of policies come from files a council edits; nothing but these characters reaches the log.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isPlain =
                        scalar.isASCII
                        && (CharacterSet.alphanumerics.contains(scalar) || "-_.:/".unicodeScalars.contains(scalar))
                    return isPlain ? scalar : "-"
                }))
    }
}

/// An entry read back from the log.
struct LoggedEntry: Decodable {
    let v: Int
    let seq: UInt64
    let t: String
    let ev: String
    let actor: String
    let key: String
    let rec: String
    let decision: String
    let reason: [String]
    let policy_sha256: String
    let roster: String
    let commit: [String: String]
    let sig: String

    static func parse(_ bytes: [UInt8]) throws -> LoggedEntry {
        try CanonicalJSON.decode(LoggedEntry.self, from: Data(bytes), what: "an entry of the access log does not parse")
    }
}
