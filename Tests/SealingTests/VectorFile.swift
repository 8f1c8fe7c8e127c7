import Foundation

/// Writes a vector; used only when vectors are made anew.
struct VectorFile {
    let name: String
    var lines: [(key: String, value: String)] = []
    var body = ""

    init(_ name: String, what: String, expect: String) {
        self.name = name
        lines = [("what", what), ("expect", expect)]
    }

    func with(_ key: String, _ value: String) -> VectorFile {
        var file = self
        file.lines.removeAll { $0.key == key }
        file.lines.append((key, value))
        return file
    }

    func with(_ key: String, _ bytes: Data) -> VectorFile { with(key, bytes.hexadecimal) }

    /// Each block in base64, 64 characters a line, blocks parted by a blank line.
    func sealed(_ blocks: Data...) -> VectorFile { sealed(blocks) }

    func sealed(_ blocks: [Data]) -> VectorFile {
        text(
            blocks.map { block in
                let base64 = Array(block.base64EncodedString().utf8)
                return stride(from: 0, to: base64.count, by: 64).map { start in
                    String(decoding: base64[start..<min(start + 64, base64.count)], as: UTF8.self) + "\n"
                }.joined()
            }.joined(separator: "\n"))
    }

    func text(_ body: String) -> VectorFile {
        var file = self
        file.body = body
        return file
    }

    func write() throws {
        try FileManager.default.createDirectory(at: Vector.folder, withIntermediateDirectories: true)
        let text = lines.map { "\($0.key): \($0.value)\n" }.joined() + "\n" + body
        try text.write(to: Vector.folder.appending(path: name + ".txt"), atomically: true, encoding: .utf8)
    }
}

extension Data {
    /// These bytes with one bit changed at `place`, counted from the end if negative.
    func flipped(_ place: Int) -> Data {
        var bytes = Data(self)
        bytes[place < 0 ? bytes.count + place : place] ^= 1
        return bytes
    }

    /// These bytes with the one at `place` replaced.
    func with(_ byte: UInt8, at place: Int) -> Data {
        var bytes = Data(self)
        bytes[place] = byte
        return bytes
    }
}
