/// A log's head: so many entries, with this root. Signed, it is what the log answers for.
///
/// C2SP tlog-checkpoint v1.0.0 without extension lines: origin, size, root, each on a line.
public struct Checkpoint: Hashable, Sendable {
    /// The log's name, which is also the name of the key that signs for it.
    public let origin: String
    /// How many entries the head covers; below 2^63.
    public let size: UInt64
    /// The root of the tree of those entries.
    public let root: Digest32

    /// Names a head that this process has computed.
    public init(origin: String, size: UInt64, root: Digest32) {
        precondition(size <= UInt64(Int64.max), "other readers hold sizes in 63 bits")
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that is signed, its final line feed included.
    public var body: String { "\(origin)\n\(size)\n\(root.base64)\n" }

    /// The head as a signed note.
    ///
    /// Requires at least one signer, each bearing the log's name. Several stand there while a key is being replaced.
    public func signed(by signers: [NoteSigner]) -> String {
        precondition(!signers.isEmpty, "a checkpoint is signed")
        precondition(signers.allSatisfy { $0.name.utf8.elementsEqual(origin.utf8) }, "a log's key bears its name")
        return SignedNote(text: body, signedBy: signers).encoded
    }

    /// Accepts a signed head of the log that is meant, and of no other.
    ///
    /// - Throws: ``LogFault/wrongOrigin(expected:found:)`` for another log's, or where the key bears another name;
    ///   ``LogFault/notSigned(by:)`` and ``LogFault/badSignature(key:)``; ``LogFault/malformed(_:)`` for anything but
    ///   exactly three lines, a size without sign or leading zero below 2^63, and a root in canonical base64.
    public static func open(_ note: String, origin: String, verifier: NoteVerifier) throws -> Checkpoint {
        let signed = try reporting { () throws(NoteFault) in try SignedNote(parsing: note) }
        let checkpoint = try Checkpoint(body: signed.text)
        for expected in [origin, verifier.name] where !checkpoint.origin.utf8.elementsEqual(expected.utf8) {
            throw LogFault.wrongOrigin(expected: expected, found: checkpoint.origin)
        }
        try reporting { () throws(NoteFault) in try verifier.check(signed) }
        return checkpoint
    }

    /// Reads a signed head whose signature is not looked at.
    init(note: String) throws(LogFault) {
        try self.init(body: Self.reporting { () throws(NoteFault) in try SignedNote(parsing: note) }.text)
    }

    private init(body: String) throws(LogFault) {
        // The last of the four is what follows the final line feed: nothing.
        let lines = body.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, let origin = String(lines[0]), !origin.isEmpty else {
            throw .malformed("the checkpoint is not origin, size and root, each on its line")
        }
        guard let size = Self.size(lines[1]) else { throw .malformed("the checkpoint's size is not a plain number") }
        guard let text = String(lines[2]), let root = Digest32(base64: text) else {
            throw .malformed("the checkpoint's root is not 32 bytes of base64")
        }
        guard size > 0 || root == MerkleHash.emptyRoot else {
            throw .malformed("the checkpoint of an empty log has some other root")
        }
        self.init(origin: origin, size: size, root: root)
    }

    /// Decimal digits as `String(size)` would write them: neither sign nor leading zero, below 2^63.
    private static func size(_ digits: Substring.UTF8View) -> UInt64? {
        guard let text = String(digits), let size = Int64(text), size >= 0, String(size) == text else { return nil }
        return UInt64(size)
    }

    private static func reporting<T>(_ body: () throws(NoteFault) -> T) throws(LogFault) -> T {
        do {
            return try body()
        } catch {
            switch error {
            case .badSignature(let key): throw .badSignature(key: key)
            case .notSigned(let key): throw .notSigned(by: key)
            case .malformedNote(let reason), .malformedKey(let reason): throw .malformed("the checkpoint: \(reason)")
            }
        }
    }
}
