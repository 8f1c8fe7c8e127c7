import Foundation

/// A vector: `key: value` lines, a blank line, a body.
struct Vector: CustomStringConvertible, Sendable {
    let name: String
    let fields: [(key: String, value: String)]
    let body: [String]

    var description: String { name }

    func values(_ key: String) -> [String] { fields.filter { $0.key == key }.map(\.value) }

    static func all(in folder: String) -> [Vector] {
        let url = Repository.vectors.appendingPathComponent(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8) else {
                return nil
            }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let head = lines.prefix { !$0.isEmpty }
            let fields = head.map { line in
                let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
                return (key: parts[0], value: parts.count > 1 ? parts[1] : "")
            }
            return Vector(name: name, fields: fields, body: Array(lines.dropFirst(head.count + 1).dropLast()))
        }
    }
}

/// The bytes a vector writes with `\n`, `\r`, `\\` and `\xNN`.
func unescaped(_ text: String) -> Data {
    var bytes = Data()
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
            bytes.append(byte)
            continue
        }
        switch kind {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "x"):
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)!)
            rest = rest.dropFirst(2)
        default: bytes.append(kind)
        }
    }
    return bytes
}
