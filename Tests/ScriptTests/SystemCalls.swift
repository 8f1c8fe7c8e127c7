import Foundation
import StrongroomTesting

/// What a program wrote to files, those it deleted again too: its system calls as `strace` tells them.
struct SystemCalls {
    private static let strace = URL(fileURLWithPath: "/usr/bin/strace")
    private static let longestWrite = 1 << 24

    /// Whether calls can be followed here; it needs `strace`, and a system that lets it.
    static let canBeFollowed: Bool = {
        let trial = Invocation.Request(
            program: strace, arguments: ["-f", "-o", "/dev/null", "/bin/true"],
            folder: URL(fileURLWithPath: "/"),
            environment: [:], standardInput: nil)
        let isThere = FileManager.default.isExecutableFile(atPath: strace.path)
        return isThere && (try? Invocation.run(trial).exitCode) == 0
    }()

    /// The same request, with its system calls told to a file.
    static func followed(_ request: Invocation.Request, into log: URL) -> Invocation.Request {
        var followed = request
        followed.program = strace
        followed.arguments =
            [
                "-f", "-qq", "-y", "-xx", "-s", "\(longestWrite)", "-e", "signal=none", "-e",
                "trace=write,pwrite64,writev,pwritev,pwritev2,mmap,copy_file_range,sendfile", "-o", log.path,
                request.program.path,
            ] + request.arguments
        return followed
    }

    /// All the bytes written to each file, in the order they were written, by its path.
    private(set) var written: [String: Data] = [:]
    /// Files that were mapped to be written to, or copied from or to by the system: what was written is not told.
    private(set) var unseen: Set<String> = []

    init(log: URL) throws {
        for line in try Data(contentsOf: log).split(separator: UInt8(ascii: "\n")) { take(line) }
    }

    /// `123 pwrite64(7</path>, "\x53\x51", 2, 0) = 2`, and `mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 7</path>, 0)`.
    private mutating func take(_ line: Data) {
        guard let first = line.firstIndex(of: UInt8(ascii: "<")), let last = line.lastIndex(of: UInt8(ascii: "<"))
        else {
            return
        }
        let call = String(decoding: line[..<first], as: UTF8.self)
        // The one call that names the file it reads before the one it writes.
        let opening = call.contains("copy_file_range(") ? last : first
        guard let path = Self.path(line[opening...]) else { return }
        if call.contains("mmap(") {
            if call.contains("PROT_WRITE"), call.contains("MAP_SHARED") { unseen.insert(path) }
            return
        }
        if call.contains("copy_file_range(") || call.contains("sendfile(") {
            unseen.insert(path)
            return
        }
        for (index, piece) in line[opening...].split(
            separator: UInt8(ascii: "\""), omittingEmptySubsequences: false
        )
        .enumerated() where index % 2 == 1 {
            written[path, default: Data()].append(contentsOf: Self.bytes(piece))
        }
    }

    /// What stands between the angles, itself perhaps written in hexadecimal.
    private static func path(_ rest: Data) -> String? {
        guard let closing = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let text = rest[rest.startIndex..<closing].dropFirst()
        let plain = text.starts(with: Data("\\x".utf8)) ? Data(bytes(text)) : Data(text)
        // A pipe or a socket has no path.
        return plain.first == UInt8(ascii: "/") ? String(decoding: plain, as: UTF8.self) : nil
    }

    /// The bytes of `\x53\x51`.
    private static func bytes(_ text: Data) -> [UInt8] {
        func digit(_ character: UInt8) -> UInt8 { character > 57 ? character - 87 : character - 48 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4)
        text.withUnsafeBytes { text in
            for place in stride(from: 2, to: text.count - 1, by: 4) {
                bytes.append(digit(text[place]) << 4 | digit(text[place + 1]))
            }
        }
        return bytes
    }
}
