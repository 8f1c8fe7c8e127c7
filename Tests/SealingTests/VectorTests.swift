import Foundation
import Sealing
import Testing

/// Every committed file is opened as its header says and must end as its header expects.
@Suite struct VectorTests {
    @Test(arguments: Vector.names(of: "envelope"))
    func `an envelope opens or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        let key = try EncapsulationPrivateKey(seed: vector.bytes("seed"))
        try expect(vector) {
            let plaintext = try Envelope.open(
                vector.block(), with: key, label: vector.label(), context: vector.bytes("context"))
            #expect(try plaintext == vector.plaintext())
        }
    }

    @Test(arguments: Vector.names(of: "group-key"))
    func `a wrapped group key opens or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        let key = try EncapsulationPrivateKey(seed: vector.bytes("seed"))
        try expect(vector) {
            let group = try GroupKey.unwrap(
                vector.block(), epoch: #require(UInt32(vector.text("epoch"))), with: key,
                context: vector.bytes("context"))
            #expect(try group.privateKey.seed == vector.bytes("value"))
        }
    }

    @Test(arguments: Vector.names(of: "record-key"))
    func `a wrapped record key opens or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        let key = try EncapsulationPrivateKey(seed: vector.bytes("seed"))
        try expect(vector) {
            let record = try RecordKey.unwrap(vector.block(), with: key, context: vector.bytes("context"))
            #expect(try record.digest(vector.plaintext()) == vector.bytes("value"))
        }
    }

    @Test(arguments: Vector.names(of: "secret-box"))
    func `a secret box opens or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        try expect(vector) {
            let plaintext = try SecretBox.open(
                vector.block(), key: vector.bytes("key"), label: vector.label(), context: vector.bytes("context"))
            #expect(try plaintext == vector.plaintext())
        }
    }

    @Test(arguments: Vector.names(of: "stream"))
    func `a sealed stream opens or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        let key = RecordKey(random: FixedRandom(try vector.bytes("record-key")))
            .entryKey(try vector.bytes("entry"))
        try expect(vector) {
            let plaintext = try key.open(StreamEdit.sealed(vector), owner: vector.bytes("owner"))
            #expect(try plaintext == vector.plaintext())
        }
    }

    @Test(arguments: Vector.names(of: "token"))
    func `a token is the one in its file`(name: String) throws {
        let vector = try Vector(reading: name)
        let token = try TokenKey(bytes: vector.bytes("key")).token(vector.plaintext(), label: vector.label())
        #expect(try token == vector.bytes("value"))
    }

    @Test(arguments: Vector.names(of: "signature"))
    func `a signature verifies or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        let keys = try SigningKeys(seed: vector.bytes("seed")).verificationKeys
        try expect(vector) {
            let verifies = try Signature(encoded: vector.block()).verify(
                vector.bytes("message"), label: vector.label(), by: keys,
                atLeast: vector.text("at-least") == "authority" ? .authority : .ordinary)
            guard verifies else { throw SealingFault.badSignature }
        }
    }

    @Test(arguments: Vector.names(of: "card-text"))
    func `an identity card's text is read or refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        try expect(vector) {
            let card = try IdentityCard(text: vector.body)
            #expect(try card.fingerprint == vector.bytes("fingerprint"))
        }
    }

    @Test(arguments: Vector.names(of: "card-bytes"))
    func `an identity card's bytes are read or refused as their file says`(name: String) throws {
        let vector = try Vector(reading: name)
        try expect(vector) {
            let card = try IdentityCard(encoded: vector.block())
            #expect(try card.fingerprint == vector.bytes("fingerprint"))
        }
    }

    @Test(arguments: Vector.names(of: "identity-file"))
    func `an identity file opens or is refused as it says`(name: String) throws {
        let vector = try Vector(reading: name)
        try expect(vector) {
            let identity = try IdentityFile.decode(
                Data(vector.body.utf8), passphrase: Data(vector.text("passphrase").utf8))
            #expect(try identity.encapsulation.seed == vector.bytes("encapsulation"))
            #expect(try identity.signing.seed == vector.bytes("signing"))
            let roots = identity.pinnedRoots.map { "\($0.key) \($0.value.hexadecimal)" }.sorted()
            #expect(try roots.joined(separator: ", ") == vector.text("roots"))
        }
    }

    @Test(arguments: Vector.names(of: "share"))
    func `recovery shares restore or are refused as their file says`(name: String) throws {
        let vector = try Vector(reading: name)
        try expect(vector) {
            let pages = vector.body.components(separatedBy: "STRONGROOM RECOVERY SHARE").dropFirst()
            let secret = try RecoveryShares.combine(pages.map(RecoveryShare.init(page:)))
            #expect(try secret == vector.bytes("secret"))
        }
    }

    @Test(arguments: Vector.names(of: "statements"))
    func `a chain of statements verifies or is refused as its file says`(name: String) throws {
        let vector = try Vector(reading: name)
        // Each signer is an encapsulation seed and a signing seed, 32 bytes each.
        let keys = try vector.text("signers").split(separator: ",").map { seed in
            let bytes = try #require(Data(hexadecimal: seed.trimmingCharacters(in: .whitespaces)))
            let identity = Identity(random: FixedRandom(bytes))
            return (identity.card.fingerprint, identity.card.verification)
        }
        let known = Dictionary(uniqueKeysWithValues: keys)
        try expect(vector) {
            try StatementChain.verify(
                vector.blocks().map(SignedStatement.init(encoded:)), rootFingerprint: vector.bytes("root"),
                label: vector.label()
            ) { known[$0] }
        }
    }

    @Test func `every format has files that open and files that are refused`() throws {
        let formats = [
            "envelope", "group-key", "record-key", "secret-box", "stream", "signature", "card-text", "card-bytes",
            "identity-file", "share", "statements",
        ]
        for format in formats {
            let expectations = try Vector.names(of: format).map { try Vector(reading: $0).text("expect") }
            #expect(expectations.contains("opens"), "\(format)")
            #expect(expectations.contains { $0 != "opens" }, "\(format)")
        }
        #expect(!Vector.names(of: "token").isEmpty)
    }

    private func expect(_ vector: Vector, _ act: () throws -> Void) throws {
        let expected = try vector.text("expect")
        let found = try outcome(act)
        #expect(found == expected, "\(vector.name): \(vector.fields["what"] ?? "")")
    }
}
