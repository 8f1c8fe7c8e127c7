import Crypto
public import Foundation

// The printed form of a recovery share: <doc:RecoverySharePageFormat>.
extension RecoveryShare {
    /// How many numbered lines a page has.
    public static let lineCount = 5
    /// How many characters a numbered line has, its number and the spaces left out.
    public static let lineCharacterCount = 16 + checkCharacterCount

    private static let lineByteCount = 10
    private static let checkCharacterCount = 2
    private static let pageChecksumByteCount = 5
    /// The greatest prime two characters can hold. With 32 as the base it finds every one wrong character and every two
    /// exchanged neighbours.
    private static let checkModulus = 1_021

    /// The five numbered lines, each with two check characters: what a reader needs of a page, and what its QR code says.
    public var numberedLines: String {
        (1...RecoveryShare.lineCount).map { number in
            let start = (number - 1) * RecoveryShare.lineByteCount
            let text = Crockford.encode(Data(packed[start..<start + RecoveryShare.lineByteCount]))
            let values = Crockford.values(of: text) ?? []
            let groups = stride(from: 0, to: values.count, by: 4).map { text.dropFirst($0).prefix(4) }
            return "\(number)  \(groups.joined(separator: " "))  \(RecoveryShare.check(values, line: number))\n"
        }.joined()
    }

    /// The share as a page to print: words for people, then the numbered lines.
    public var page: String {
        """
        STRONGROOM RECOVERY SHARE
        suite: \(Suite.current.rawValue)
        set: \(setName)
        share: \(index) of \(count), any \(threshold) of which restore

        \(numberedLines)
        """
    }

    /// A digest of the share, by which it is known again: whoever split keeps one of each.
    ///
    /// It tells nothing that helps to find the share, whose value is 36 bytes of noise, nor the secret, to somebody who
    /// holds one share fewer than it takes.
    public var commitment: Data {
        let message = Data(Label.recoveryCommitment.text.utf8) + [0] + front
        return Data(SHA256.hash(data: message))
    }

    /// Reads a page, or only its five numbered lines, as a person types them.
    ///
    /// - Throws: ``SealingFault/shareDamaged(line:)`` for the first line that is missing or mistyped;
    ///   ``SealingFault/damaged`` if each line is sound and the page is not; ``SealingFault/unknownSuite``;
    ///   ``SealingFault/malformed(_:)``.
    public init(page: String) throws {
        let lines = try RecoveryShare.numbered(page)
        let packed = try (1...RecoveryShare.lineCount).reduce(into: Data()) { bytes, number in
            bytes += try RecoveryShare.bytes(of: lines[number], line: number)
        }
        try self.init(packed: packed)
    }

    /// Suite, set, threshold, count, index, value.
    private var front: Data {
        Data([Suite.current.byte]) + setID + [UInt8(threshold), UInt8(count), UInt8(index)] + value
    }

    /// The same, and a checksum over it.
    private var packed: Data { front + RecoveryShare.pageChecksum(front) }

    init(packed: Data) throws {
        let front = packed.dropLast(RecoveryShare.pageChecksumByteCount)
        guard RecoveryShare.pageChecksum(front) == packed.suffix(RecoveryShare.pageChecksumByteCount) else {
            throw SealingFault.damaged
        }
        var reader = ByteReader(front)
        guard try reader.take(1)[0] == Suite.current.byte else { throw SealingFault.unknownSuite }
        let setID = try reader.take(RecoveryShare.setIDByteCount)
        let numbers = try reader.take(3).map(Int.init)
        try self.init(
            threshold: numbers[0], count: numbers[1], index: numbers[2], setID: setID, value: reader.takeRest())
    }

    private static func pageChecksum(_ front: Data) -> Data {
        let message = Data(Label.recoveryPage.text.utf8) + [0] + front
        return Data(SHA256.hash(data: message).prefix(pageChecksumByteCount))
    }

    /// The text after each line number; everything that begins with no number is for people.
    private static func numbered(_ page: String) throws -> [Int: String] {
        var lines: [Int: String] = [:]
        for line in page.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            let first = words.first?.trimmingCharacters(in: .punctuationCharacters) ?? ""
            guard let number = Int(first), (1...lineCount).contains(number), words.count > 1 else { continue }
            guard lines[number] == nil else { throw SealingFault.malformed("line \(number) stands there twice") }
            lines[number] = words.dropFirst().joined().filter { $0 != "-" }
        }
        return lines
    }

    /// The ten bytes of a line, without its number, spaces and hyphens.
    static func bytes(of text: String?, line: Int) throws -> Data {
        guard
            let values = text.flatMap(Crockford.values(of:)), values.count == lineCharacterCount,
            Crockford.values(of: check(values.dropLast(checkCharacterCount), line: line))
                == Array(values.suffix(checkCharacterCount))
        else { throw SealingFault.shareDamaged(line: line) }
        return Crockford.bytes(of: values.dropLast(checkCharacterCount))
    }

    /// The line's number and characters read as one number in base 32, modulo 1,021; two characters.
    private static func check(_ values: [UInt8], line: Int) -> String {
        let rest = values.reduce(line) { ($0 * 32 + Int($1)) % checkModulus }
        return Crockford.character(rest / 32) + Crockford.character(rest % 32)
    }
}
