public import Foundation

/// The text file in which a person keeps an identity under a passphrase.
///
/// It holds the person's card, readable by anyone, and the private half sealed; card, work factor and pinned roots are
/// authenticated together with it. The format is in <doc:IdentityFileFormat>.
public enum IdentityFile {
    private static let title = "IDENTITY"
    private static let mostByteCount = 1 << 16

    /// Writes `identity` as a file.
    ///
    /// - Parameter passphrase: UTF-8, not empty. The bytes are used as they are: the caller brings them into Unicode
    ///   normalisation form C, or a passphrase with accents opens on one keyboard and not on another.
    /// - Throws: ``SealingFault/malformed(_:)`` if the passphrase is empty, a vault id is not of printable ASCII without
    ///   spaces, or a root is not 32 bytes.
    public static func encode(
        _ identity: Identity, passphrase: Data, work: WorkFactor = .standard,
        random: any SecureRandom = SystemRandom()
    ) throws -> Data {
        guard !passphrase.isEmpty else { throw SealingFault.malformed("an empty passphrase") }
        let head = IdentityFileHead(
            card: identity.card, work: work, salt: random.bytes(WorkFactor.saltByteCount), roots: identity.pinnedRoots)
        try head.check()
        let sealed = try SecretBox.seal(
            identity.encapsulation.seed + identity.signing.seed, key: work.key(of: passphrase, salt: head.salt),
            label: .identityFile, context: head.context, random: random)
        return Data((head.card.text + Armour(title: title, headers: head.headers, body: sealed).text).utf8)
    }

    /// Unlocks the identity in `file`.
    ///
    /// Takes as long as the file's work factor asks: about a third of a second for ``WorkFactor/standard``.
    ///
    /// - Throws: ``SealingFault/wrongPassphrase``; ``SealingFault/damaged`` if anything in the file, the header included,
    ///   was changed; ``SealingFault/workFactorRefused(log2N:)`` before any work is done;
    ///   ``SealingFault/unknownSuite``; ``SealingFault/malformed(_:)``.
    public static func decode(_ file: Data, passphrase: Data) throws -> Identity {
        let text = try text(of: file)
        let armour = try Armour.first(title, in: text)
        try armour.expectCurrentSuite()
        let head = try IdentityFileHead(card: IdentityCard(text: text), headers: armour.headers)
        guard !passphrase.isEmpty else { throw SealingFault.wrongPassphrase }
        let seeds: Data
        do {
            seeds = try SecretBox.open(
                armour.body, key: head.work.key(of: passphrase, salt: head.salt), label: .identityFile,
                context: head.context)
        } catch SealingFault.notForThisKey {
            throw SealingFault.wrongPassphrase
        }
        var reader = ByteReader(seeds)
        var identity = try Identity(
            encapsulation: EncapsulationPrivateKey(seed: reader.take(EncapsulationPrivateKey.seedByteCount)),
            signing: SigningKeys(seed: reader.take(SigningKeys.seedByteCount)))
        try reader.expectEnd()
        guard identity.card == head.card else { throw SealingFault.damaged }
        identity.pinnedRoots = head.roots
        return identity
    }

    /// The card in `file`, without a passphrase.
    ///
    /// It vouches for itself and nothing more: only ``decode(_:passphrase:)`` proves that it belongs to the private half.
    ///
    /// - Throws: as ``IdentityCard/init(text:)``.
    public static func card(in file: Data) throws -> IdentityCard {
        try IdentityCard(text: text(of: file))
    }

    private static func text(of file: Data) throws -> String {
        guard file.count <= mostByteCount, let text = String(data: file, encoding: .utf8) else {
            throw SealingFault.malformed("not an identity file")
        }
        return text
    }
}
