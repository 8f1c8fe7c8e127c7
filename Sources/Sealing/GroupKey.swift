public import Foundation

/// The key pair of one group in one epoch; whoever is given its private half reads what the group reads.
///
/// A membership that ends makes a new epoch, so what is written afterwards opens with none of the older keys.
public struct GroupKey: Sendable {
    /// Counted by the caller; bound into every wrap.
    public let epoch: UInt32
    /// The private half.
    public let privateKey: EncapsulationPrivateKey

    /// A new key for `epoch`.
    public init(epoch: UInt32, random: any SecureRandom = SystemRandom()) {
        self.init(epoch: epoch, privateKey: EncapsulationPrivateKey(random: random))
    }

    private init(epoch: UInt32, privateKey: EncapsulationPrivateKey) {
        self.epoch = epoch
        self.privateKey = privateKey
    }

    /// The public half, to which record keys are wrapped.
    public var publicKey: EncapsulationPublicKey { privateKey.publicKey }

    /// The private half in an envelope to one member.
    ///
    /// - Parameter context: which group this is, in bytes that never change.
    public func wrapped(to member: EncapsulationPublicKey, context: Data) throws -> Data {
        try Envelope.seal(
            privateKey.seed, to: member, label: .groupKey, context: GroupKey.bound(context, epoch))
    }

    /// Opens a wrap made by ``wrapped(to:context:)`` for this epoch and context.
    ///
    /// - Throws: as ``Envelope/open(_:with:label:context:)``; another epoch is ``SealingFault/damaged``.
    public static func unwrap(
        _ wrap: Data, epoch: UInt32, with key: EncapsulationPrivateKey, context: Data
    ) throws -> GroupKey {
        let seed = try Envelope.open(wrap, with: key, label: .groupKey, context: bound(context, epoch))
        return GroupKey(epoch: epoch, privateKey: try EncapsulationPrivateKey(seed: seed))
    }

    private static func bound(_ context: Data, _ epoch: UInt32) -> Data {
        var number = Data()
        number.append(bigEndian: epoch)
        return Framing.join([number, context])
    }
}
