public import Foundation

/// A person's private keys, unlocked, and the roots of the vaults they belong to.
public struct Identity: Sendable {
    /// Opens what was sealed to this person.
    public let encapsulation: EncapsulationPrivateKey
    /// Signs for this person.
    public let signing: SigningKeys
    /// The public halves.
    public let card: IdentityCard
    /// For each vault, by its id, the fingerprint of the statement its chain of trust begins with. Held here, outside
    /// every store, so that a store cannot vouch for itself.
    public var pinnedRoots: [String: Data] = [:]

    /// A new identity.
    public init(random: any SecureRandom = SystemRandom()) {
        do {
            try self.init(
                encapsulation: EncapsulationPrivateKey(random: random), signing: SigningKeys(random: random))
        } catch {
            preconditionFailure("a new identity can always make its card")
        }
    }

    init(encapsulation: EncapsulationPrivateKey, signing: SigningKeys) throws {
        self.encapsulation = encapsulation
        self.signing = signing
        card = try IdentityCard(encapsulation: encapsulation.publicKey, signing: signing)
    }
}
