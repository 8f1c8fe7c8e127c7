import Foundation
import Sealing
import Testing

@Suite struct IdentityTests {
    let passphrase = Data("correct horse".utf8)

    @Test func `an identity comes back from its file with card and roots`() throws {
        var identity = Identity()
        identity.pinnedRoots["vault-1"] = SystemRandom().bytes(32)
        let file = try IdentityFile.encode(identity, passphrase: passphrase, work: .leastAllowed)
        let again = try IdentityFile.decode(file, passphrase: passphrase)
        #expect(again.card == identity.card)
        #expect(again.pinnedRoots == identity.pinnedRoots)
        #expect(again.encapsulation.seed == identity.encapsulation.seed)
        #expect(again.signing.seed == identity.signing.seed)
        #expect(try IdentityFile.card(in: file) == identity.card)
    }

    @Test func `two files of one identity share no sealed byte run`() throws {
        let identity = Identity()
        let files = try (0..<2).map { _ in
            try IdentityFile.encode(identity, passphrase: passphrase, work: .leastAllowed)
        }
        #expect(files[0] != files[1])
    }

    @Test func `what cannot be written is refused`() {
        var identity = Identity()
        #expect(throws: SealingFault.malformed("an empty passphrase")) {
            try IdentityFile.encode(identity, passphrase: Data(), work: .leastAllowed)
        }
        for (vault, root) in [
            ("", Data(count: 32)), ("two words", Data(count: 32)), ("a\nb", Data(count: 32)), ("v", Data()),
        ] {
            identity.pinnedRoots = [vault: root]
            #expect(throws: SealingFault.malformed("a pinned root")) {
                try IdentityFile.encode(identity, passphrase: passphrase, work: .leastAllowed)
            }
        }
    }

    @Test(arguments: [-1, 0, 13, 21, 63, 64])
    func `a work factor outside the limits is refused`(log2N: Int) {
        #expect(throws: SealingFault.workFactorRefused(log2N: log2N)) { try WorkFactor(log2N: log2N) }
    }

    @Test func `the standard work factor opens in a few seconds at most`() throws {
        let identity = Identity()
        let started = ContinuousClock.now
        let file = try IdentityFile.encode(identity, passphrase: passphrase)
        #expect(try IdentityFile.decode(file, passphrase: passphrase).card == identity.card)
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test func `files that are no identity are refused, not trapped on`() {
        for file in [Data(), Data([0xFF, 0xFE]), Data("hello".utf8), Data(count: 1 << 20)] {
            #expect(throws: SealingFault.self) { try IdentityFile.decode(file, passphrase: passphrase) }
            #expect(throws: SealingFault.self) { try IdentityFile.card(in: file) }
        }
    }

    @Test func `a card has one spelling and a short name`() throws {
        let card = Identity().card
        #expect(card.encoded.count == IdentityCard.byteCount)
        #expect(try IdentityCard(encoded: card.encoded) == card)
        #expect(try IdentityCard(text: card.text) == card)
        #expect(card.fingerprint.count == 32)
        #expect(card.keyID == card.fingerprint.prefix(8).hexadecimal)
    }

    @Test func `every changed letter of a card's base64 is noticed`() throws {
        let text = Identity(random: SeededRandom("card")).card.text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for number in stride(from: 4, to: lines.count - 2, by: 7) {
            var changed = lines
            changed[number] = changed[number].dropFirst() + (changed[number].first == "A" ? "B" : "A")
            #expect(throws: SealingFault.self) { try IdentityCard(text: changed.joined(separator: "\n")) }
        }
    }
}
