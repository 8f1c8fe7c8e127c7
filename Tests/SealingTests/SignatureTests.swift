import Foundation
import Sealing
import Testing

@Suite struct SignatureTests {
    let keys = SigningKeys()
    let label = Label("strongroom/test/v1")
    let message = Data("granted".utf8)

    @Test(arguments: [Signature.Strength.ordinary, .authority])
    func `a signature comes back from its bytes and verifies`(strength: Signature.Strength) throws {
        let signature = try keys.sign(message, label: label, strength: strength)
        let again = try Signature(encoded: signature.encoded)
        #expect(again == signature)
        #expect(again.verify(message, label: label, by: keys.verificationKeys, atLeast: strength))
        #expect(!again.verify(message + [0], label: label, by: keys.verificationKeys, atLeast: .ordinary))
    }

    @Test func `the same seed gives the same keys`() throws {
        #expect(try SigningKeys(seed: keys.seed).verificationKeys == keys.verificationKeys)
        #expect(throws: SealingFault.self) { try SigningKeys(seed: Data(count: 33)) }
    }

    @Test func `verification keys of the wrong length are refused`() throws {
        let good = keys.verificationKeys
        #expect(try VerificationKeys(ed25519: good.ed25519, mlDSA65: good.mlDSA65) == good)
        #expect(throws: SealingFault.self) { try VerificationKeys(ed25519: Data(), mlDSA65: good.mlDSA65) }
        #expect(throws: SealingFault.self) { try VerificationKeys(ed25519: good.ed25519, mlDSA65: Data(count: 9)) }
    }

    @Test func `a statement comes back and knows what it follows`() throws {
        let identity = Identity()
        let first = try SignedStatement(signing: Data("one".utf8), previous: nil, by: identity)
        let second = try SignedStatement(signing: Data("two".utf8), previous: first.digest, by: identity)
        #expect(try SignedStatement(encoded: second.encoded) == second)
        #expect(second.previous == first.digest)
        #expect(second.signer == identity.card.fingerprint)
        #expect(second.verify(by: identity.card.verification))
        #expect(!second.verify(by: identity.card.verification, label: label))
        #expect(throws: SealingFault.self) {
            try SignedStatement(signing: Data(), previous: Data(count: 31), by: identity)
        }
    }

    @Test func `a chain grows statement by statement and stays as it was after a refusal`() throws {
        let identity = Identity()
        let first = try SignedStatement(signing: Data("one".utf8), previous: nil, by: identity)
        let second = try SignedStatement(signing: Data("two".utf8), previous: first.digest, by: identity)
        var chain = StatementChain(rootFingerprint: first.digest)
        #expect(throws: SealingFault.wrongRoot) {
            try chain.append(second, signedBy: identity.card.verification)
        }
        try chain.append(first, signedBy: identity.card.verification)
        #expect(throws: SealingFault.unknownSigner(index: 1)) { try chain.append(second, signedBy: nil) }
        #expect(chain.head == first.digest)
        try chain.append(second, signedBy: identity.card.verification)
        #expect(chain.head == second.digest)
        #expect(chain.count == 2)
        let keys = [identity.card.fingerprint: identity.card.verification]
        let head = try StatementChain.verify([first, second], rootFingerprint: first.digest) { keys[$0] }
        #expect(head == second.digest)
    }

    @Test func `a fault is told in lower-case words without a full stop`() {
        let faults: [SealingFault] = [
            .notForThisKey, .damaged, .wrongPassphrase, .unknownSuite, .malformed("too long"),
            .workFactorRefused(log2N: 30), .tooFewShares(needed: 3, have: 2), .shareDamaged(line: 4),
            .sharesOfDifferentSets, .badSignature, .wrongRoot, .chainBroken(index: 1), .unknownSigner(index: 0),
        ]
        for fault in faults {
            #expect(fault.description.first?.isUppercase == false)
            #expect(!fault.description.hasSuffix("."))
        }
        #expect(Set(faults.map(\.description)).count == faults.count)
    }
}
