import CPageCipher
import CPageCipherTesting
import Foundation
import Testing

/// The cipher against the vectors of https://c2sp.org/XAES-256-GCM.
struct KnownAnswerTests {
    @Test(arguments: [
        (UInt8(1), "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
        (3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
    ])
    func `the specification's examples`(keyByte: UInt8, extra: String, sealed: String) {
        let key = [UInt8](repeating: keyByte, count: 32)
        let nonce = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWX".utf8)
        let plain = [UInt8]("XAES-256-GCM".utf8)
        #expect(hex(seal(key, nonce, [UInt8](extra.utf8), plain)) == sealed)
        #expect(open(key, nonce, [UInt8](extra.utf8), seal(key, nonce, [UInt8](extra.utf8), plain)) == plain)
        #expect(open(key, nonce, [1] + [UInt8](extra.utf8), seal(key, nonce, [UInt8](extra.utf8), plain)) == nil)
    }

    @Test func `the specification's accumulated random answers`() throws {
        var source = SHAKE128()
        var sum = SHAKE128()
        for _ in 0..<10_000 {
            let key = source.read(32)
            let nonce = source.read(24)
            let plain = source.read(Int(source.read(1)[0]))
            let extra = source.read(Int(source.read(1)[0]))
            let sealed = seal(key, nonce, extra, plain)
            try #require(open(key, nonce, extra, sealed) == plain)
            sum.absorb(sealed)
        }
        #expect(hex(sum.read(32)) == "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939")
    }

    @Test func `any changed byte of a seal is noticed`() {
        let nonce = [UInt8](repeating: 5, count: 24)
        let sealed = seal(Cipher.key, nonce, [9], [1, 2, 3])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x20
            #expect(open(Cipher.key, nonce, [9], changed) == nil)
        }
    }

    @Test func `parent and child never draw the same nonce`() throws {
        // Another thread may hold the stock's lock at the moment of the fork, and then nothing is learnt.
        let answers = (0..<5).map { _ in forked_random_repeats_in_product() }.filter { $0 >= 0 }
        try #require(!answers.isEmpty)
        #expect(answers.allSatisfy { $0 == 0 })
    }

    private func seal(_ key: [UInt8], _ nonce: [UInt8], _ extra: [UInt8], _ plain: [UInt8]) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: plain.count + 16)
        var tag = [UInt8](repeating: 0, count: 16)
        let done = page_cipher_xaes_seal(key, nonce, extra, extra.count, plain, plain.count, &sealed, &tag)
        precondition(done == 1)
        return sealed.prefix(plain.count) + tag
    }

    private func open(_ key: [UInt8], _ nonce: [UInt8], _ extra: [UInt8], _ sealed: [UInt8]) -> [UInt8]? {
        let count = sealed.count - 16
        var plain = [UInt8](repeating: 0, count: count + 1)
        let tag = [UInt8](sealed[count...])
        let done = page_cipher_xaes_open(key, nonce, extra, extra.count, sealed, count, &plain, tag)
        return done == 1 ? Array(plain.prefix(count)) : nil
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// SHAKE-128 (FIPS 202), from which the accumulated answers are drawn.
private struct SHAKE128 {
    private var state = [UInt64](repeating: 0, count: 25)
    private var position = 0
    private var isReading = false
    private let rate = 168

    mutating func absorb(_ bytes: [UInt8]) {
        precondition(!isReading)
        for byte in bytes {
            add(byte, at: position)
            position += 1
            if position == rate { turn() }
        }
    }

    mutating func read(_ count: Int) -> [UInt8] {
        if !isReading {
            add(0x1F, at: position)
            add(0x80, at: rate - 1)
            turn()
            isReading = true
        }
        return (0..<count).map { _ in
            if position == rate { turn() }
            defer { position += 1 }
            return UInt8(truncatingIfNeeded: state[position / 8] >> (UInt64(position % 8) * 8))
        }
    }

    private mutating func add(_ byte: UInt8, at index: Int) {
        state[index / 8] ^= UInt64(byte) << (UInt64(index % 8) * 8)
    }

    private mutating func turn() {
        position = 0
        var constant: UInt8 = 1
        for _ in 0..<24 {
            let columns = (0..<5).map { x in (0..<5).reduce(UInt64(0)) { $0 ^ state[x + 5 * $1] } }
            for x in 0..<5 {
                let mixed = columns[(x + 4) % 5] ^ rotated(columns[(x + 1) % 5], 1)
                for y in 0..<5 { state[x + 5 * y] ^= mixed }
            }
            var (x, y, held) = (1, 0, state[1])
            for step in 0..<24 {
                (x, y) = (y, (2 * x + 3 * y) % 5)
                (held, state[x + 5 * y]) = (state[x + 5 * y], rotated(held, (step + 1) * (step + 2) / 2 % 64))
            }
            for y in 0..<5 {
                let row = (0..<5).map { state[$0 + 5 * y] }
                for x in 0..<5 { state[x + 5 * y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]) }
            }
            for bit in 0..<7 {
                if constant & 1 != 0 { state[0] ^= 1 << ((UInt64(1) << UInt64(bit)) - 1) }
                constant = constant & 0x80 != 0 ? constant << 1 ^ 0x71 : constant << 1
            }
        }
    }

    private func rotated(_ word: UInt64, _ count: Int) -> UInt64 {
        count == 0 ? word : word << UInt64(count) | word >> UInt64(64 - count)
    }
}
