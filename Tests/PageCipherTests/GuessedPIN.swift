import Foundation

/// Someone who has the files and knows a page but for a PIN in it, and tries all PINs against whatever checksums show.
enum GuessedPIN {
    static let pin = 4711
    private static let all = 0..<10_000

    private static func digits(_ guess: Int) -> [UInt8] { Array(String(format: "%04d", guess).utf8) }
    private static func text(_ guess: Int) -> [UInt8] { Array("PIN ".utf8) + digits(guess) + Array(" ".utf8) }

    private static func open(_ path: String, on cipher: Cipher?) throws -> Connection {
        // The twin keeps the same bytes free in each page, so that its pages are the same.
        try cipher.map { try Connection(path, on: $0) } ?? Connection(path, on: Disk.usual, reserve: 40)
    }

    // MARK: the log

    /// The PINs that a checksum in the files confirms, wherever in them it stands.
    ///
    /// The attacker has made the same store without the cipher, and so knows everything of it but the PIN.
    static func hits(inLogOf cipher: Cipher) throws -> [Int] {
        let directory = try TemporaryDirectory()
        let twin = try log(on: nil, in: directory, "twin")
        let sealed = try log(on: cipher, in: directory, "sealed")
        let page = Array(twin.log[56..<4152])
        guard let at = Data(page).range(of: Data(text(pin)))?.lowerBound else { return [-1] }
        let shown = Set([sealed.log, sealed.database].flatMap(words))
        // The sum runs from front to back, so what lies before the PIN is summed once. It begins with the sum in the
        // log's header, which is readable, or with nothing.
        let header = Array(sealed.log[0..<32])
        let starts = [sum(sealed.log[32..<40], (number(header, 24), number(header, 28))), (0, 0)]
            .map { sum(page[..<(at / 8 * 8)], $0) }
        return all.filter { guess in
            var guessed = page
            guessed.replaceSubrange(at..<at + text(guess).count, with: text(guess))
            return starts.contains { start in
                let (a, b) = sum(guessed[(at / 8 * 8)...], start)
                return shown.contains(word(a, b)) || shown.contains(word(a.byteSwapped, b.byteSwapped))
            }
        }
    }

    private static func log(
        on cipher: Cipher?, in directory: TemporaryDirectory, _ name: String
    ) throws -> (log: [UInt8], database: [UInt8]) {
        let store = try open(directory.path(name), on: cipher)
        try store.run("PRAGMA journal_mode = WAL; CREATE TABLE t (pin TEXT); PRAGMA wal_checkpoint(TRUNCATE)")
        try store.run("INSERT INTO t VALUES ('\(String(decoding: text(pin), as: UTF8.self))')")
        let log = try directory.bytes(name + "-wal")
        try store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return (log, try directory.bytes(name))
    }

    /// Every 8 bytes that stand together.
    private static func words(_ bytes: [UInt8]) -> [UInt64] {
        var word: UInt64 = 0
        return bytes.map { byte in
            word = word << 8 | UInt64(byte)
            return word
        }
    }

    /// SQLite's checksum of the log (https://www.sqlite.org/fileformat2.html, section 4.2).
    private static func sum(_ bytes: ArraySlice<UInt8>, _ begun: (UInt32, UInt32)) -> (UInt32, UInt32) {
        let held = Array(bytes)
        var (a, b) = begun
        for at in stride(from: 0, to: held.count, by: 8) {
            a = a &+ number(held, at).byteSwapped &+ b
            b = b &+ number(held, at + 4).byteSwapped &+ a
        }
        return (a, b)
    }

    private static func word(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: the journal

    /// The PINs that the checksum of a record in the journal confirms. What fills the page is the PIN, again and again.
    static func hits(inJournalOf cipher: Cipher) throws -> [Int] {
        let directory = try TemporaryDirectory()
        let twin = try journal(on: nil, in: directory, "twin")
        let sealed = try journal(on: cipher, in: directory, "sealed")
        var hits: Set<Int> = []
        for record in 0..<Int(number(sealed, 8)) {
            let at = JournalScene.record(record) + 4
            let summed = SummedPage(Array(twin[at..<at + 4096]), text: text(pin))
            guard summed.digitCounts.contains(where: { $0 > 0 }) else { continue }
            let shown = number(sealed, at + 4096) &- number(sealed, 12)
            hits.formUnion(all.filter { summed.sum(digits($0)) == shown })
        }
        return hits.sorted()
    }

    private static func journal(on cipher: Cipher?, in directory: TemporaryDirectory, _ name: String) throws -> [UInt8]
    {
        let store = try open(directory.path(name), on: cipher)
        try store.run("PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")
        let body = String(repeating: String(decoding: text(pin), as: UTF8.self), count: 420)
        try store.run("INSERT INTO t VALUES (1, '\(body)')")
        try store.run("BEGIN; UPDATE t SET body = ''")
        try store.flush()
        return try directory.bytes(name + "-journal")
    }

    /// The bytes of a page that SQLite's journal sums up, each 200th (section 3 of the same page).
    private struct SummedPage {
        private var others: UInt32 = 0
        /// How often each digit of the PIN is among them.
        private(set) var digitCounts: [UInt32] = [0, 0, 0, 0]

        init(_ page: [UInt8], text: [UInt8]) {
            for at in stride(from: page.count - 200, to: 0, by: -200) {
                let digit = (0..<4).first { digit in
                    let begin = at - 4 - digit
                    return begin >= 0 && begin + text.count <= page.count
                        && page[begin..<begin + text.count].elementsEqual(text)
                }
                if let digit { digitCounts[digit] += 1 } else { others += UInt32(page[at]) }
            }
        }

        func sum(_ digits: [UInt8]) -> UInt32 {
            zip(digitCounts, digits).reduce(others) { $0 &+ $1.0 &* UInt32($1.1) }
        }
    }
}
