import Foundation
import Sealing
import Testing

/// One committed file: `key: value` lines, a blank line, the body. Lines that begin with `#` are for people.
struct Vector {
    let name: String
    private(set) var fields: [String: String] = [:]
    var body = ""

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Vectors/sealing").standardizedFileURL

    private static let known: Set<String> = [
        "what", "expect", "of", "edit", "seed", "label", "context", "plaintext", "pattern", "epoch", "key",
        "record-key", "entry", "owner", "value", "message", "at-least", "fingerprint", "passphrase", "secret", "root",
        "signers", "encapsulation", "signing", "roots", "made-with",
    ]

    init(name: String) { self.name = name }

    init(reading name: String) throws {
        self.name = name
        let text = try String(contentsOf: Vector.folder.appending(path: name + ".txt"), encoding: .utf8)
        let blank = try #require(text.firstRange(of: "\n\n"), "\(name) has no blank line")
        for line in text[..<blank.lowerBound].split(separator: "\n") where !line.hasPrefix("#") {
            let colon = try #require(line.firstRange(of: ":"), "\(name): \(line)")
            let key = String(line[..<colon.lowerBound])
            try #require(Vector.known.contains(key), "\(name): unknown key \(key)")
            fields[key] = line[colon.upperBound...].trimmingCharacters(in: .whitespaces)
        }
        body = String(text[blank.upperBound...])
    }

    /// The names of all vectors of a format: the files that begin with `format-`.
    static func names(of format: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasPrefix(format + "-") && $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
            .sorted()
    }

    func text(_ key: String) throws -> String { try #require(fields[key], "\(name) lacks \(key)") }

    func bytes(_ key: String) throws -> Data {
        try #require(Data(hexadecimal: try text(key)), "\(name): \(key) is not hexadecimal")
    }

    func label() throws -> Label { Label(try text("label")) }

    /// `plaintext` in hexadecimal, or `pattern`: so many bytes, each its place modulo 251.
    func plaintext() throws -> Data {
        if let count = fields["pattern"].flatMap(Int.init) { return Vector.pattern(count) }
        return try bytes("plaintext")
    }

    static func pattern(_ count: Int) -> Data { Data((0..<count).map { UInt8($0 % 251) }) }

    /// The body's base64 blocks, each after a blank line.
    func blocks() throws -> [Data] {
        try body.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { block in
            try #require(Data(base64Encoded: block.filter { !$0.isNewline }), "\(name): not base64")
        }
    }

    func block() throws -> Data {
        let blocks = try blocks()
        return try #require(blocks.first ?? (body.isEmpty ? Data() : nil))
    }
}

extension Data {
    init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16), rest.count > 1 else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.init(bytes)
    }

    var hexadecimal: String {
        map { (byte: UInt8) in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    }
}

/// What happened, in the closed vocabulary of `expect:`.
func outcome(_ act: () throws -> Void) throws -> String {
    do {
        try act()
        return "opens"
    } catch let fault as SealingFault {
        return switch fault {
        case .notForThisKey: "not-for-this-key"
        case .damaged: "damaged"
        case .wrongPassphrase: "wrong-passphrase"
        case .unknownSuite: "unknown-suite"
        case .malformed: "malformed"
        case .workFactorRefused(let log2N): "work-factor-refused \(log2N)"
        case .tooFewShares(let needed, let have): "too-few-shares \(needed) \(have)"
        case .shareDamaged(let line): "share-damaged \(line)"
        case .sharesOfDifferentSets: "shares-of-different-sets"
        case .badSignature: "bad-signature"
        case .wrongRoot: "wrong-root"
        case .chainBroken(let index): "chain-broken \(index)"
        case .unknownSigner(let index): "unknown-signer \(index)"
        }
    }
}
