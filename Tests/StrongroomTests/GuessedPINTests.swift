import Crypto
import Foundation
import Strongroom
import StrongroomTesting
import Testing

/// What somebody finds who has the disk of a vault whose process was killed, and ten thousand guesses at a PIN.
///
/// It shows that no file holds a guess, or any of its usual digests, as bytes; whether a page's own sums betray a guess
/// is asked of the page cipher.
@Suite("guessing a PIN on the files of a killed vault")
struct GuessedPINTests {
    private static let guessCount = 10_000

    @Test func `the right guess stands out from the wrong ones in no file, and would without the cipher`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let left = vault.directory.appendingPathExtension("left")
        defer { try? FileManager.default.removeItem(at: left) }
        // As a kill leaves it: the last writes are in the log.
        try vault.with("asha") { session in
            _ = try session.note(pin, text: "introductions began", signpost: false).done()
            try FileManager.default.copyItem(at: vault.directory, to: left)
        }
        let log = try Data(contentsOf: left.appendingPathComponent("store.db-wal"))
        try #require(log.count > 4096)
        var draw = SeededDraw(seed: 10_000)
        var guesses = (1..<Self.guessCount).map { _ in Self.guess(like: pin, using: &draw) }
        guesses.append(pin)
        let forms = Forms(guesses)
        let files = try FileManager.default.contentsOfDirectory(at: left, includingPropertiesForKeys: nil)
        for file in files {
            let found = forms.guesses(in: try Data(contentsOf: file))
            #expect(found == [], "\(file.lastPathComponent)")
        }
        #expect(forms.guesses(in: try RawStore(left, holder: vault.administrator).plainBytes()) == [pin])
    }

    private static func guess(like pin: String, using draw: inout SeededDraw) -> String {
        let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        let digits = pin.dropFirst(3).map { $0 == "-" ? "-" : letters.randomElement(using: &draw)! }
        return pin.prefix(3) + String(digits)
    }

    /// Every form of every guess, by its first eight bytes.
    private struct Forms {
        private static let byteCount = 8
        private let guesses: [UInt64: String]

        init(_ guesses: [String]) {
            self.guesses = guesses.reduce(into: [:]) { forms, guess in
                for form in Self.forms(of: guess) where form.count >= Self.byteCount {
                    forms[form.prefix(Self.byteCount).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }] = guess
                }
            }
        }

        private static func forms(of guess: String) -> [Data] {
            [guess, String(guess.dropFirst(3)), guess.filter { $0 != "-" }, guess.lowercased()].flatMap { text in
                let plain = Data(text.utf8)
                let digests = [
                    Data(SHA256.hash(data: plain)), Data(SHA512.hash(data: plain)),
                    Data(Insecure.SHA1.hash(data: plain)), Data(Insecure.MD5.hash(data: plain)),
                ]
                return ([plain] + digests).flatMap { bytes in
                    [bytes, bytes.base64EncodedData(), Data(bytes.map { String(format: "%02x", $0) }.joined().utf8)]
                }
            }
        }

        func guesses(in data: Data) -> Set<String> {
            data.withUnsafeBytes { bytes in
                guard bytes.count >= Self.byteCount else { return [] }
                return Set(
                    (0...(bytes.count - Self.byteCount)).compactMap { place in
                        guesses[bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)]
                    })
            }
        }
    }
}

@Suite("a vault's files as they lie on the disk")
struct LeakTests {
    @Test func `show none of the structure that the same store shows without the cipher`() throws {
        let vault = try TestVault()
        let pin = try vault.openAdoption(of: vault.openCare())
        let scan = LeakScan(LeakScan.structure + [pin, "social-worker", "asha-the-worker"])
        #expect(try scan.findings(inFilesOf: vault.directory) == [])
        let plain = try RawStore(vault).plainBytes()
        #expect(scan.found(in: plain).isSuperset(of: LeakScan.structure + [pin]))
        let planted = vault.directory.appendingPathComponent("planted")
        try plain.write(to: planted)
        #expect(try scan.findings(inFilesOf: vault.directory).contains("`planted` holds `\(pin)`"))
    }
}
