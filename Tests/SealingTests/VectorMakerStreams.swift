import Foundation
import Sealing
import Testing

extension VectorMaker {
    @Test func streams() throws {
        let recordKey = SeededRandom("stream record").bytes(RecordKey.byteCount)
        let entry = Data("entry 12".utf8)
        let owner = Data("record 7, entry 12".utf8)
        let key = RecordKey(random: FixedRandom(recordKey)).entryKey(entry)
        let file = { (name: String, what: String, expect: String) in
            VectorFile("stream-" + name, what: what, expect: expect).with("record-key", recordKey)
                .with("entry", entry).with("owner", owner).with("plaintext", VectorMaker.plaintext)
        }
        let short = try key.seal(VectorMaker.plaintext, owner: owner, random: SeededRandom("stream-short"))
        try file("short", "one padded chunk", "opens").with("made-with", "stream-short").sealed(short).write()
        try file("empty", "no content, padded", "opens").with("plaintext", "").with("made-with", "stream-empty")
            .sealed(key.seal(Data(), owner: owner, random: SeededRandom("stream-empty"))).write()
        try file("wrong-magic", "begins as another format", "malformed").sealed(short.flipped(0)).write()
        try file("unknown-suite", "the suite's byte is 2", "unknown-suite").sealed(short.with(2, at: 4)).write()
        try file("flipped-salt", "one bit of the salt", "damaged").sealed(short.flipped(5)).write()
        try file("flipped-commitment", "one bit of the commitment", "damaged").sealed(short.flipped(37)).write()
        try file("flipped-ciphertext", "one bit of the content", "damaged").sealed(short.flipped(75)).write()
        try file("flipped-padding", "one bit of the padding", "damaged").sealed(short.flipped(-20)).write()
        try file("truncated", "without its last byte", "damaged").sealed(short.dropLast()).write()
        try file("extended", "with one byte more", "damaged").sealed(short + [0]).write()
        try file("header-only", "nothing after the header", "damaged")
            .sealed(short.prefix(StreamOpener.headerByteCount)).write()
        try file("wrong-owner", "opened in another place", "damaged").with("owner", VectorMaker.otherContext)
            .sealed(short).write()
        try file("other-entry", "opened with another entry's key", "damaged").with("entry", Data("entry 13".utf8))
            .sealed(short).write()
        try file("other-record", "opened with another record's key", "damaged").with("record-key", recordKey.flipped(0))
            .sealed(short).write()

        let long = { (name: String, what: String, expect: String) in
            file(name, what, expect).with("plaintext", "").with("pattern", "140000")
        }
        let sealed = try key.seal(Vector.pattern(140_000), owner: owner, random: SeededRandom("stream-long"))
        try long("long", "three chunks, byte i is i modulo 251", "opens").with("made-with", "stream-long")
            .sealed(sealed).write()
        let full = StreamOpener.headerByteCount + StreamOpener.sealedChunkByteCount
        let edits = [
            ("long-swapped-chunks", "first and second chunk exchanged", "swap-chunks 0 1"),
            ("long-repeated-chunk", "the second chunk stands there twice", "repeat-chunk 1"),
            ("long-dropped-chunk", "the second chunk is missing", "drop-chunk 1"),
            ("long-without-end", "the last chunk is missing", "drop-chunk 2"),
            ("long-cut-at-chunk", "cut after the first chunk", "truncate-to \(full)"),
            ("long-cut-in-chunk", "cut within the second chunk", "truncate-to \(full + 1_000)"),
            ("long-appended-chunk", "the last chunk again after the last", "append-chunk 2"),
            ("long-flipped-byte", "one bit of the second chunk", "flip-byte \(full + 1_000)"),
        ]
        for (name, what, edit) in edits {
            try long(name, what, "damaged").with("of", "stream-long").with("edit", edit).write()
        }
    }

    @Test func identities() throws {
        let random = SeededRandom("identity")
        var identity = Identity(random: random)
        let card = identity.card
        let cardFile = { (name: String, what: String, expect: String) in
            VectorFile(name, what: what, expect: expect).with("fingerprint", card.fingerprint)
        }
        try cardFile("card-bytes-good", "a card", "opens").sealed(card.encoded).write()
        try cardFile("card-bytes-other-key", "one bit of its encapsulation key", "bad-signature")
            .sealed(card.encoded.flipped(1_210)).write()
        try cardFile("card-bytes-bad-ml-kem", "an ML-KEM coefficient past the modulus", "malformed")
            .sealed(card.encoded.prefix(5) + [0xFF, 0xFF] + card.encoded.dropFirst(7)).write()
        try cardFile("card-bytes-flipped-signature", "one bit of its signature", "bad-signature")
            .sealed(card.encoded.flipped(-1)).write()
        try cardFile("card-bytes-truncated", "without its last byte", "malformed").sealed(card.encoded.dropLast())
            .write()
        try cardFile("card-bytes-extended", "with one byte more", "malformed").sealed(card.encoded + [0]).write()
        try cardFile("card-bytes-unknown-suite", "the suite's byte is 2", "unknown-suite")
            .sealed(card.encoded.with(2, at: 4)).write()

        let text = card.text
        let mailed = "Dear all,\r\n\r\n> see below\r\n" + text.replacing("\n", with: " \r\n") + "Regards\r\n"
        try cardFile("card-text-good", "a card as text", "opens").text(text).write()
        try cardFile("card-text-mailed", "between other words, lines ended as by mail", "opens").text(mailed).write()
        try cardFile("card-text-changed", "one letter of the base64", "damaged")
            .text(text.replacing("\nU1JpY", with: "\nU1JpZ")).write()
        try cardFile("card-text-cut", "without its end", "damaged").text(String(text.dropLast(60))).write()
        try cardFile("card-text-key-changed", "another key id in the header", "damaged")
            .text(text.replacing("key: \(card.keyID)", with: "key: 0000000000000000")).write()
        try cardFile("card-text-none", "no card at all", "malformed").text("Dear all,\n").write()

        identity.pinnedRoots = [
            "vault-7K3M": SeededRandom("root one").bytes(32), "vault-2Q9X": SeededRandom("root two").bytes(32),
        ]
        let passphrase = "correct horse battery staple"
        let roots = identity.pinnedRoots.map { "\($0.key) \($0.value.hexadecimal)" }.sorted()
        let encoded = try IdentityFile.encode(
            identity, passphrase: Data(passphrase.utf8), work: .leastAllowed, random: SeededRandom("identity-file"))
        let fileText = String(decoding: encoded, as: UTF8.self)
        let file = { (name: String, what: String, expect: String) in
            VectorFile("identity-file-" + name, what: what, expect: expect).with("passphrase", passphrase)
                .with("encapsulation", identity.encapsulation.seed).with("signing", identity.signing.seed)
                .with("roots", roots.joined(separator: ", "))
        }
        try file("good", "an identity with two pinned roots", "opens").with("made-with", "identity-file")
            .text(fileText).write()
        try file("wrong-passphrase", "one letter too few", "wrong-passphrase")
            .with("passphrase", String(passphrase.dropLast())).text(fileText).write()
        try file("no-passphrase", "an empty passphrase", "wrong-passphrase").with("passphrase", "").text(fileText)
            .write()
        try file("changed", "one digit of a pinned root", "damaged")
            .text(fileText.replacing("root: vault-7K3M ", with: "root: vault-7K3M 0")).write()
        try file("truncated", "without its end", "damaged").text(String(fileText.dropLast(100))).write()
        try file("card-only", "the private half is missing", "malformed").text(card.text).write()
    }

    @Test func shares() throws {
        let secret = SeededRandom("recovery secret").bytes(RecoveryShares.secretByteCount)
        let shares = try RecoveryShares.split(
            secret, threshold: 3, count: 5, random: SeededRandom("share-three-of-five"))
        let pages = shares.map(\.page)
        let other = try RecoveryShares.split(secret, threshold: 3, count: 5, random: SeededRandom("another"))[1].page
        let file = { (name: String, what: String, expect: String, pages: [String]) in
            VectorFile("share-" + name, what: what, expect: expect).with("secret", secret)
                .text(pages.joined(separator: "\n"))
        }
        try file("three-of-five", "three of five", "opens", [pages[0], pages[2], pages[4]])
            .with("made-with", "share-three-of-five").write()
        try file("all-five", "all five", "opens", pages).write()
        try file(
            "by-hand", "typed in small letters with O for 0 and hyphens", "opens",
            [
                pages[1].typedByHand, pages[2], pages[3].typedByHand,
            ]
        ).write()
        try file("two-of-three", "one too few", "too-few-shares 3 2", [pages[0], pages[1]]).write()
        try file("same-twice", "one given twice", "too-few-shares 3 2", [pages[0], pages[1], pages[1]]).write()
        try file("other-set", "one of another set", "shares-of-different-sets", [pages[0], other, pages[2]]).write()
        try file(
            "wrong-letter", "one letter of line 4", "share-damaged 4",
            [
                pages[0].editingLine(4) { $0.exchanging(at: 7) }, pages[1], pages[2],
            ]
        ).write()
        try file(
            "bad-checksum", "a check letter of line 2", "share-damaged 2",
            [
                pages[0].editingLine(2) { $0.exchanging(at: $0.count - 1) }, pages[1], pages[2],
            ]
        ).write()
        try file(
            "missing-line", "line 3 is missing", "share-damaged 3",
            [
                pages[0].editingLine(3) { _ in "" }, pages[1], pages[2],
            ]
        ).write()
        try file(
            "swapped-lines", "lines 1 and 2 exchanged", "share-damaged 1",
            [
                pages[0].editingLine(1) { _ in pages[0].line(2) }.editingLine(2) { _ in pages[0].line(1) }, pages[1],
                pages[2],
            ]
        ).write()
        try file(
            "mixed-pages", "line 5 of another share", "damaged",
            [
                pages[0].editingLine(5) { _ in pages[1].line(5) }, pages[1], pages[2],
            ]
        ).write()
        try file(
            "doubled-line", "line 1 stands there twice", "malformed",
            [
                pages[0] + "1  " + pages[0].line(1) + "\n", pages[1], pages[2],
            ]
        ).write()
    }
}

extension String {
    private func splitLine(_ number: Int) -> (before: Substring, line: Substring, after: Substring)? {
        guard
            let start = firstRange(of: "\n\(number)  ")?.upperBound,
            let end = self[start...].firstIndex(of: "\n")
        else { return nil }
        return (self[..<start], self[start..<end], self[end...])
    }

    /// What stands after the number on a share's line.
    func line(_ number: Int) -> String { splitLine(number).map { String($0.line) } ?? "" }

    /// The page with that replaced.
    func editingLine(_ number: Int, _ edit: (String) -> String) -> String {
        guard let parts = splitLine(number) else { return self }
        return parts.before + edit(String(parts.line)) + parts.after
    }

    /// The text with another letter at `place`.
    func exchanging(at place: Int) -> String {
        var letters = Array(self)
        letters[place] = letters[place] == "X" ? "Y" : "X"
        return String(letters)
    }

    /// The page as a person might type it.
    var typedByHand: String {
        (1...5).reduce(self) { page, number in
            page.editingLine(number) { line in
                line.lowercased().replacing("0", with: "o").replacing("1", with: "l").replacing(" ", with: "-")
            }
        }
    }
}
