import Foundation
import Sealing
import Testing

/// Makes the committed files, good and bad, from fixed seeds: `STRONGROOM_WRITE_VECTORS=1 swift test --filter VectorMaker`.
///
/// Run it only for a new format or version. What is committed must open for ever, so files are added, not remade.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["STRONGROOM_WRITE_VECTORS"] != nil))
struct VectorMaker {
    static let label = Label("strongroom/vector/v1")
    static let otherLabel = Label("strongroom/another-vector/v1")
    static let context = Data("record 7, epoch 2".utf8)
    static let otherContext = Data("record 7, epoch 3".utf8)
    static let plaintext = Data("a letter for later life".utf8)

    @Test func envelopes() throws {
        let key = EncapsulationPrivateKey(random: SeededRandom("envelope"))
        let good = try Envelope.seal(
            VectorMaker.plaintext, to: key.publicKey, label: VectorMaker.label, context: VectorMaker.context)
        let file = { (name: String, what: String, expect: String) in
            VectorFile("envelope-" + name, what: what, expect: expect).with("seed", key.seed)
                .with("label", VectorMaker.label.text).with("context", VectorMaker.context)
                .with("plaintext", VectorMaker.plaintext)
        }
        let empty = try Envelope.seal(
            Data(), to: key.publicKey, label: VectorMaker.label, context: VectorMaker.context)
        try file("good", "sealed to this key for this label and context", "opens").sealed(good).write()
        try file("empty", "nothing, sealed", "opens").with("plaintext", "").sealed(empty).write()
        try file("wrong-magic", "begins as another format", "malformed").sealed(good.flipped(3)).write()
        try file("unknown-suite", "the suite's byte is 2", "unknown-suite").sealed(good.with(2, at: 4)).write()
        try file("flipped-encapsulated-key", "one bit of the encapsulated key", "not-for-this-key")
            .sealed(good.flipped(5)).write()
        try file("flipped-x25519-share", "one bit of its X25519 part", "not-for-this-key")
            .sealed(good.flipped(5 + 1_100)).write()
        try file("flipped-commitment", "one bit of the commitment", "not-for-this-key")
            .sealed(good.flipped(5 + 1_120)).write()
        try file("flipped-ciphertext", "one bit of the ciphertext", "damaged").sealed(good.flipped(-17)).write()
        try file("flipped-tag", "one bit of the tag", "damaged").sealed(good.flipped(-1)).write()
        try file("truncated", "without its last byte", "damaged").sealed(good.dropLast()).write()
        try file("cut-short", "cut within the commitment", "malformed").sealed(good.prefix(5 + 1_120 + 20)).write()
        try file("extended", "with one byte more", "damaged").sealed(good + [0]).write()
        try file("wrong-label", "opened for another purpose", "not-for-this-key")
            .with("label", VectorMaker.otherLabel.text).sealed(good).write()
        try file("wrong-context", "opened in another place", "damaged").with("context", VectorMaker.otherContext)
            .sealed(good).write()
        try file("other-key", "opened with another key", "not-for-this-key")
            .with("seed", EncapsulationPrivateKey(random: SeededRandom("another")).seed).sealed(good).write()
    }

    @Test func wrappedKeys() throws {
        let member = EncapsulationPrivateKey(random: SeededRandom("member"))
        let group = GroupKey(epoch: 3, random: SeededRandom("group"))
        let groupWrap = try group.wrapped(to: member.publicKey, context: VectorMaker.context)
        let groupFile = { (name: String, what: String, expect: String) in
            VectorFile("group-key-" + name, what: what, expect: expect).with("seed", member.seed).with("epoch", "3")
                .with("context", VectorMaker.context).with("value", group.privateKey.seed).sealed(groupWrap)
        }
        try groupFile("good", "wrapped to a member in epoch 3", "opens").write()
        try groupFile("wrong-epoch", "offered as epoch 4", "damaged").with("epoch", "4").write()
        try groupFile("wrong-group", "offered as another group", "damaged").with("context", VectorMaker.otherContext)
            .write()

        let record = RecordKey(random: SeededRandom("record"))
        let recordWrap = try record.wrapped(to: group.publicKey, context: VectorMaker.context)
        let recordFile = { (name: String, what: String, expect: String) in
            VectorFile("record-key-" + name, what: what, expect: expect).with("seed", group.privateKey.seed)
                .with("context", VectorMaker.context).with("plaintext", VectorMaker.plaintext)
                .with("value", record.digest(VectorMaker.plaintext)).sealed(recordWrap)
        }
        try recordFile("good", "wrapped to a group; value is the keyed digest of plaintext", "opens").write()
        try recordFile("wrong-record", "offered as another record", "damaged")
            .with("context", VectorMaker.otherContext).write()
        try recordFile("group-key-instead", "a group key's wrap in a record key's place", "not-for-this-key")
            .with("seed", member.seed).sealed(groupWrap).write()
    }

    @Test func secretBoxes() throws {
        let key = SeededRandom("secret box key").bytes(SecretBox.keyByteCount)
        let file = { (name: String, what: String, expect: String) in
            VectorFile("secret-box-" + name, what: what, expect: expect).with("key", key)
                .with("label", VectorMaker.label.text).with("context", VectorMaker.context)
                .with("plaintext", VectorMaker.plaintext)
        }
        let good = try SecretBox.seal(
            VectorMaker.plaintext, key: key, label: VectorMaker.label, context: VectorMaker.context,
            random: SeededRandom("secret-box"))
        try file("good", "sealed under this key", "opens").with("made-with", "secret-box").sealed(good).write()
        try file("unknown-suite", "the suite's byte is 2", "unknown-suite").sealed(good.with(2, at: 4)).write()
        try file("wrong-magic", "begins as another format", "malformed").sealed(good.flipped(2)).write()
        try file("flipped-salt", "one bit of the salt", "not-for-this-key").sealed(good.flipped(5)).write()
        try file("flipped-commitment", "one bit of the commitment", "not-for-this-key").sealed(good.flipped(37))
            .write()
        try file("flipped-ciphertext", "one bit of the ciphertext", "damaged").sealed(good.flipped(69)).write()
        try file("truncated", "without its last byte", "damaged").sealed(good.dropLast()).write()
        try file("cut-short", "cut within the tag", "malformed").sealed(good.prefix(80)).write()
        try file("wrong-label", "opened for another purpose", "not-for-this-key")
            .with("label", VectorMaker.otherLabel.text).sealed(good).write()
        try file("wrong-context", "opened in another place", "damaged").with("context", VectorMaker.otherContext)
            .sealed(good).write()
        try file("other-key", "opened with another key", "not-for-this-key")
            .with("key", SeededRandom("another").bytes(32)).sealed(good).write()
    }

    @Test func tokens() throws {
        let key = TokenKey(random: SeededRandom("token"))
        try VectorFile("token-good", what: "value is the token of plaintext", expect: "opens").with("key", key.bytes)
            .with("label", VectorMaker.label.text).with("plaintext", VectorMaker.plaintext)
            .with("value", key.token(VectorMaker.plaintext, label: VectorMaker.label)).write()
    }

    @Test func signatures() throws {
        let keys = SigningKeys(random: SeededRandom("signer"))
        let message = VectorMaker.plaintext
        let ordinary = try keys.sign(message, label: VectorMaker.label, strength: .ordinary).encoded
        let authority = try keys.sign(message, label: VectorMaker.label, strength: .authority).encoded
        let file = { (name: String, what: String, expect: String) in
            VectorFile("signature-" + name, what: what, expect: expect).with("seed", keys.seed)
                .with("label", VectorMaker.label.text).with("message", message).with("at-least", "ordinary")
        }
        try file("ordinary", "Ed25519", "opens").sealed(ordinary).write()
        try file("authority", "Ed25519 and ML-DSA-65", "opens").with("at-least", "authority").sealed(authority).write()
        try file("authority-as-ordinary", "stronger than asked for", "opens").sealed(authority).write()
        try file("too-weak", "ordinary where authority is asked for", "bad-signature").with("at-least", "authority")
            .sealed(ordinary).write()
        try file("cut-down", "an authority signature passed off as ordinary", "bad-signature")
            .sealed(authority.with(1, at: 5).prefix(ordinary.count)).write()
        try file("wrong-label", "made for another purpose", "bad-signature")
            .with("label", VectorMaker.otherLabel.text).sealed(authority).write()
        try file("wrong-message", "over another message", "bad-signature").with("message", message.flipped(0))
            .sealed(authority).write()
        try file("other-signer", "by other keys", "bad-signature")
            .with("seed", SigningKeys(random: SeededRandom("another")).seed).sealed(authority).write()
        try file("flipped-ed25519", "one bit of the Ed25519 half", "bad-signature").sealed(authority.flipped(6)).write()
        try file("flipped-ml-dsa", "one bit of the ML-DSA-65 half", "bad-signature").sealed(authority.flipped(100))
            .write()
        try file("truncated", "without its last byte", "malformed").sealed(authority.dropLast()).write()
        try file("extended", "with one byte more", "malformed").sealed(ordinary + [0]).write()
        try file("unknown-strength", "of strength 3", "malformed").sealed(authority.with(3, at: 5)).write()
        try file("unknown-suite", "the suite's byte is 2", "unknown-suite").sealed(ordinary.with(2, at: 4)).write()
    }

    @Test func statements() throws {
        let administrator = Identity(random: SeededRandom("administrator"))
        let stranger = Identity(random: SeededRandom("another"))
        let label = Label("strongroom/vector-roster/v1")
        var chain: [SignedStatement] = []
        for body in ["begins", "adds a person", "ends a person"] {
            chain.append(
                try SignedStatement(
                    signing: Data(body.utf8), previous: chain.last?.digest, by: administrator, label: label))
        }
        let encoded = chain.map(\.encoded)
        let file = { (name: String, what: String, expect: String) in
            VectorFile("statements-" + name, what: what, expect: expect).with("root", chain[0].digest)
                .with("label", label.text).with(
                    "signers", administrator.encapsulation.seed + administrator.signing.seed)
        }
        let weak = try SignedStatement(
            signing: Data("adds a person".utf8), previous: chain[0].digest, by: administrator, strength: .ordinary,
            label: label)
        // Magic, suite, flag, previous digest, signer, body's length: then the body.
        let bodyAt = 5 + 1 + 32 + 32 + 4
        try file("good", "three statements", "opens").sealed(encoded).write()
        try file("other-root", "another root is pinned", "wrong-root").with("root", chain[1].digest).sealed(encoded)
            .write()
        try file("empty", "no statement", "wrong-root").write()
        try file("first-missing", "begins with the second", "wrong-root").sealed(Array(encoded.dropFirst())).write()
        try file("left-out", "the second is missing", "chain-broken 1").sealed(encoded[0], encoded[2]).write()
        try file("swapped", "second and third exchanged", "chain-broken 1").sealed(encoded[0], encoded[2], encoded[1])
            .write()
        try file("repeated", "the second stands there twice", "chain-broken 2")
            .sealed(encoded[0], encoded[1], encoded[1], encoded[2]).write()
        try file("body-changed", "one bit of the last body", "bad-signature")
            .sealed(encoded[0], encoded[1], encoded[2].flipped(bodyAt)).write()
        try file("body-changed-within", "one bit of the second body", "bad-signature")
            .sealed(encoded[0], encoded[1].flipped(bodyAt), encoded[2]).write()
        try file("unknown-signer", "by somebody not known", "unknown-signer 0").with(
            "signers", stranger.encapsulation.seed + stranger.signing.seed
        )
        .sealed(encoded).write()
        try file("wrong-label", "a chain for another purpose", "bad-signature")
            .with("label", VectorMaker.label.text).sealed(encoded).write()
        try file("too-weak", "the second with an ordinary signature", "bad-signature")
            .sealed(encoded[0], weak.encoded).write()
        try file("truncated", "the last without its last byte", "malformed")
            .sealed(encoded[0], encoded[1], encoded[2].dropLast()).write()
        try file("unknown-suite", "the last's suite is 2", "unknown-suite")
            .sealed(encoded[0], encoded[1], encoded[2].with(2, at: 4)).write()
    }
}
