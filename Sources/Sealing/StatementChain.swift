public import Foundation

/// Checks statements one after the other: each follows the one before, is signed by a known key, and the first is the
/// pinned root.
///
/// Grow it statement by statement where a statement says whose keys the next may be signed with; use
/// ``verify(_:rootFingerprint:label:keys:)`` where all keys are known.
public struct StatementChain: Sendable {
    /// The digest the first statement must have.
    public let rootFingerprint: Data
    /// The label every statement must be signed for.
    public let label: Label
    /// How many statements have been checked.
    public private(set) var count = 0
    /// The digest of the last one checked: what the next must carry. Nothing before the first.
    public private(set) var head: Data?

    /// An empty chain from this root.
    public init(rootFingerprint: Data, label: Label = .statement) {
        self.rootFingerprint = rootFingerprint
        self.label = label
    }

    /// Checks the next statement and takes it up.
    ///
    /// - Parameter keys: those of the statement's signer, or nothing if the signer is not known.
    /// - Throws: ``SealingFault/wrongRoot``, ``SealingFault/chainBroken(index:)``,
    ///   ``SealingFault/unknownSigner(index:)``, ``SealingFault/badSignature``; the chain is then as it was.
    public mutating func append(_ statement: SignedStatement, signedBy keys: VerificationKeys?) throws {
        let digest = statement.digest
        if count == 0 {
            guard statement.previous == nil, digest.matches(rootFingerprint) else { throw SealingFault.wrongRoot }
        } else {
            guard statement.previous == head else { throw SealingFault.chainBroken(index: count) }
        }
        guard let keys else { throw SealingFault.unknownSigner(index: count) }
        guard statement.verify(by: keys, atLeast: .authority, label: label) else { throw SealingFault.badSignature }
        head = digest
        count += 1
    }

    /// Checks a whole chain.
    ///
    /// - Parameter keys: asked once for each statement, in order, after those before it were checked.
    /// - Returns: the digest of the last statement.
    /// - Throws: as ``append(_:signedBy:)``; an empty chain is ``SealingFault/wrongRoot``. What `keys` throws.
    @discardableResult
    public static func verify(
        _ statements: [SignedStatement], rootFingerprint: Data, label: Label = .statement,
        keys: (_ signer: Data) throws -> VerificationKeys?
    ) throws -> Data {
        var chain = StatementChain(rootFingerprint: rootFingerprint, label: label)
        for statement in statements {
            try chain.append(statement, signedBy: keys(statement.signer))
        }
        guard let head = chain.head else { throw SealingFault.wrongRoot }
        return head
    }
}
