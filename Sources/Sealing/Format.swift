import Foundation

/// The binary formats, each known by the four ASCII bytes it begins with.
///
/// The suite's byte follows the magic; together they are the prelude.
enum Format: String, CaseIterable {
    case envelope = "SRen"
    case stream = "SRst"
    case secretBox = "SRbx"
    case signature = "SRsg"
    case identityCard = "SRic"
    case statement = "SRss"

    static let preludeByteCount = 5

    var prelude: Data { Data(rawValue.utf8) + [Suite.current.byte] }

    /// Takes this format's prelude off the front of `reader`.
    func readPrelude(from reader: inout ByteReader) throws {
        guard try reader.take(4) == Data(rawValue.utf8) else {
            throw SealingFault.malformed("not the beginning of \(name)")
        }
        guard try reader.take(1).first == Suite.current.byte else { throw SealingFault.unknownSuite }
    }

    /// What HKDF or HPKE is given as info: suite, format and the purpose, so that no key serves two formats.
    func info(_ label: Label, _ more: Data...) -> Data {
        Framing.join([Data(Suite.current.rawValue.utf8), Data(rawValue.utf8), Data(label.text.utf8)] + more)
    }

    private var name: String {
        switch self {
        case .envelope: "an envelope"
        case .stream: "a sealed stream"
        case .secretBox: "a secret box"
        case .signature: "a signature"
        case .identityCard: "an identity card"
        case .statement: "a signed statement"
        }
    }
}
