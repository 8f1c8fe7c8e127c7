import Foundation
import Sealing
import Testing

/// What depends on no hidden randomness is written again, from the same seed, byte for byte as it was committed.
@Suite struct RemakingTests {
    @Test func `a secret box is written as ever`() throws {
        let vector = try Vector(reading: "secret-box-good")
        let again = try SecretBox.seal(
            vector.plaintext(), key: vector.bytes("key"), label: vector.label(), context: vector.bytes("context"),
            random: SeededRandom(vector.text("made-with")))
        #expect(try again == vector.block())
    }

    @Test(arguments: ["stream-short", "stream-empty", "stream-long"])
    func `a stream is written as ever`(name: String) throws {
        let vector = try Vector(reading: name)
        let key = RecordKey(random: FixedRandom(try vector.bytes("record-key"))).entryKey(try vector.bytes("entry"))
        let again = try key.seal(
            vector.plaintext(), owner: vector.bytes("owner"), random: SeededRandom(vector.text("made-with")))
        #expect(try again == vector.block())
    }

    @Test func `an identity file and its card are written as ever`() throws {
        let vector = try Vector(reading: "identity-file-good")
        let passphrase = Data(try vector.text("passphrase").utf8)
        let identity = try IdentityFile.decode(Data(vector.body.utf8), passphrase: passphrase)
        let again = try IdentityFile.encode(
            identity, passphrase: passphrase, work: .leastAllowed, random: SeededRandom(vector.text("made-with")))
        #expect(String(decoding: again, as: UTF8.self) == vector.body)
        #expect(try identity.card.text == Vector(reading: "card-text-good").body)
        #expect(try identity.card.encoded == Vector(reading: "card-bytes-good").block())
    }

    @Test func `recovery shares are written as ever`() throws {
        let vector = try Vector(reading: "share-three-of-five")
        let shares = try RecoveryShares.split(
            vector.bytes("secret"), threshold: 3, count: 5, random: SeededRandom(vector.text("made-with")))
        #expect([0, 2, 4].map { shares[$0].page }.joined(separator: "\n") == vector.body)
    }

    @Test func `an ordinary signature is written as ever`() throws {
        let vector = try Vector(reading: "signature-ordinary")
        let again = try SigningKeys(seed: vector.bytes("seed")).sign(
            vector.bytes("message"), label: vector.label(), strength: .ordinary)
        #expect(try again.encoded == vector.block())
    }
}
