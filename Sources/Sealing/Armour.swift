import Crypto
import Foundation

/// Bytes dressed as text: a title, headers, base64, and a checksum that tells a slip of the mail from an attack.
///
/// The checksum is no protection against anyone. Whoever uses armour authenticates the headers as well.
struct Armour: Equatable {
    struct Header: Equatable {
        let name: String
        let value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    let title: String
    let headers: [Header]
    let body: Data

    private static let columnCount = 64
    private static let checksumByteCount = 6
    private static let begin = "-----BEGIN STRONGROOM "
    private static let end = "-----END STRONGROOM "
    private static let dashes = "-----"

    /// Everything down to the blank line before the base64.
    var head: String {
        "\(Armour.begin)\(title)\(Armour.dashes)\n" + headers.map { "\($0.name): \($0.value)\n" }.joined() + "\n"
    }

    var text: String {
        let base64 = Array(body.base64EncodedString().utf8)
        let lines = stride(from: 0, to: base64.count, by: Armour.columnCount).map { start in
            String(decoding: base64[start..<min(start + Armour.columnCount, base64.count)], as: UTF8.self) + "\n"
        }
        return head + lines.joined() + "=\(checksum)\n\(Armour.end)\(title)\(Armour.dashes)\n"
    }

    private var checksum: String {
        Data(SHA256.hash(data: Data(head.utf8) + body).prefix(Armour.checksumByteCount)).base64EncodedString()
    }

    /// The first block with this title.
    static func first(_ title: String, in text: String) throws -> Armour {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }[...]
        guard let start = lines.firstIndex(of: begin + title + dashes) else {
            throw SealingFault.malformed("no block titled STRONGROOM \(title)")
        }
        lines = lines[(start + 1)...]
        guard let stop = lines.firstIndex(of: end + title + dashes), let blank = lines[..<stop].firstIndex(of: "")
        else {
            throw SealingFault.damaged
        }
        let headers = try lines[..<blank].map { line in
            guard let colon = line.firstRange(of: ": ") else { throw SealingFault.damaged }
            return Header(String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        return try Armour(title: title, headers: headers, lines: lines[(blank + 1)..<stop].filter { !$0.isEmpty })
    }

    private init(title: String, headers: [Header], lines: [String]) throws {
        let base64 = lines.dropLast().joined()
        guard let body = Data(base64Encoded: base64), body.base64EncodedString() == base64 else {
            throw SealingFault.damaged
        }
        self.init(title: title, headers: headers, body: body)
        guard lines.last == "=\(checksum)" else { throw SealingFault.damaged }
    }

    init(title: String, headers: [Header], body: Data) {
        self.title = title
        self.headers = headers
        self.body = body
    }

    /// The first header of every armour names the suite.
    func expectCurrentSuite() throws {
        guard let first = headers.first, first.name == "suite" else { throw SealingFault.malformed("no suite") }
        guard first.value == Suite.current.rawValue else { throw SealingFault.unknownSuite }
    }
}
