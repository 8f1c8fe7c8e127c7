import Foundation
import Sealing
import Testing

@Suite struct EnvelopeTests {
    let key = EncapsulationPrivateKey()
    let label = Label("strongroom/test/v1")
    let context = Data("here".utf8)

    @Test func `an envelope opens with its key, label and context`() throws {
        let sealed = try Envelope.seal(Data("note".utf8), to: key.publicKey, label: label, context: context)
        #expect(sealed.count == 4 + Envelope.overheadByteCount)
        #expect(try Envelope.open(sealed, with: key, label: label, context: context) == Data("note".utf8))
    }

    @Test func `two envelopes of one content differ`() throws {
        let sealed = try (0..<2).map { _ in
            try Envelope.seal(Data("note".utf8), to: key.publicKey, label: label, context: context)
        }
        #expect(sealed[0].dropFirst(5).prefix(1_120) != sealed[1].dropFirst(5).prefix(1_120))
    }

    @Test func `a slice of a larger buffer is read like any other`() throws {
        let sealed = try Envelope.seal(Data("note".utf8), to: key.publicKey, label: label, context: context)
        let slice = (Data(count: 100) + sealed).dropFirst(100)
        #expect(try Envelope.open(slice, with: key, label: label, context: context) == Data("note".utf8))
    }

    @Test func `keys of the wrong length or with an impossible coefficient are refused`() throws {
        let good = key.publicKey.bytes
        #expect(try EncapsulationPublicKey(bytes: good) == key.publicKey)
        for bad in [Data(), good.dropLast(), good + [0], Data(repeating: 0xFF, count: 1_216)] {
            #expect(throws: SealingFault.malformed("not an X-Wing public key")) {
                try EncapsulationPublicKey(bytes: bad)
            }
        }
        #expect(throws: SealingFault.self) { try EncapsulationPrivateKey(seed: Data(count: 31)) }
    }

    @Test func `a private key is made again of its seed`() throws {
        #expect(try EncapsulationPrivateKey(seed: key.seed).publicKey == key.publicKey)
    }

    @Test func `no bytes at all and random bytes are refused, not trapped on`() {
        let random = SeededRandom("noise")
        for count in [0, 1, 4, 5, 6, 69, 1_157, 2_000] {
            #expect(throws: SealingFault.self) {
                try Envelope.open(random.bytes(count), with: key, label: label, context: context)
            }
            let noise = Data("SRen".utf8) + [1] + random.bytes(count)
            #expect(throws: SealingFault.self) {
                try Envelope.open(noise, with: key, label: label, context: context)
            }
        }
    }
}
