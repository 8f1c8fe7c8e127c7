/// One signature line of a note: who signed, and the bytes.
public struct NoteSignature: Hashable, Sendable {
    /// The signing key's name.
    public let name: String
    /// The four bytes that tell the key from others of its name.
    public let keyID: UInt32
    /// What follows the identifier: the signature, in the form of the key's type. Not verified.
    public let bytes: [UInt8]
}

/// A text with signature lines below it: C2SP signed-note v1.0.0, read strictly.
///
/// Parsing believes nothing; ``NoteVerifier/check(_:)`` does the believing.
public struct SignedNote: Hashable, Sendable {
    /// The longest note that is read.
    public static let byteCountLimit = 1 << 20
    /// The most signature lines that are read.
    public static let signatureCountLimit = 32

    /// What was signed, its final line feed included.
    public let text: String
    /// The signature lines, in order.
    public let signatures: [NoteSignature]

    /// Signs a text that ends with a line feed and holds no other control character.
    public init(text: String, signedBy signers: [NoteSigner]) {
        precondition(text.utf8.last == .lineFeed, "a note's text ends with a line feed")
        precondition(text.utf8.allSatisfy { $0 >= 0x20 || $0 == .lineFeed }, "a note's text is plain")
        self.text = text
        signatures = signers.map { $0.sign(text) }
    }

    /// Reads a note.
    ///
    /// Stricter than C2SP asks, because parsers disagree and an auditor must not depend on which one was used: base64
    /// must be canonical, no two lines may name the same key, and there are at most 32.
    ///
    /// - Throws: ``NoteFault/malformedNote(_:)``.
    public init(parsing note: String) throws(NoteFault) {
        let bytes = Array(note.utf8)
        guard bytes.count <= Self.byteCountLimit else { throw .malformedNote("it is too long") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == .lineFeed }) else {
            throw .malformedNote("it holds a control character")
        }
        guard bytes.last == .lineFeed else { throw .malformedNote("it does not end with a line feed") }
        guard let blank = Self.lastBlankLine(in: bytes) else { throw .malformedNote("it has no blank line") }
        text = String(decoding: bytes[..<blank], as: UTF8.self)
        let lines = bytes[(blank + 1)...].dropLast().split(separator: .lineFeed, omittingEmptySubsequences: false)
        guard lines.count <= Self.signatureCountLimit else {
            throw .malformedNote("it has more than \(Self.signatureCountLimit) signatures")
        }
        var signatures: [NoteSignature] = []
        for line in lines {
            guard let signature = NoteSignature(line: String(decoding: line, as: UTF8.self)) else {
                throw .malformedNote("line \(signatures.count + 1) below the blank one is no signature")
            }
            // A second line of the same key is where verifiers differ: some check it, some drop it unread.
            guard !signatures.contains(where: signature.isBySameKey) else {
                throw .malformedNote("two signatures name the same key")
            }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    /// The note as it is stored and sent.
    public var encoded: String { text + "\n" + signatures.map(\.line).joined() }

    /// The position of the line feed that is the last empty line; the text ends just before it.
    private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == .lineFeed && bytes[$0 - 1] == .lineFeed }
    }
}

extension NoteSignature {
    fileprivate init?(line: String) {
        let mark = Array(Labels.signatureMark.utf8)
        guard line.utf8.starts(with: mark) else { return nil }
        let parts = line.utf8.dropFirst(mark.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(parts[0]), NoteKey.isName(name) else { return nil }
        guard let text = String(parts[1]), let bytes = Base64.decode(text), bytes.count > 4 else { return nil }
        self.init(
            name: name, keyID: bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes[4...]))
    }

    fileprivate var line: String {
        let identifier = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: keyID >> UInt32($0)) }
        return "\(Labels.signatureMark)\(name) \(Base64.encode(identifier + bytes))\n"
    }

    fileprivate func isBySameKey(_ other: NoteSignature) -> Bool {
        keyID == other.keyID && name.utf8.elementsEqual(other.name.utf8)
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
}
