import Foundation
import Testing
import TransparencyLog

@Suite struct TileExportTests {
    struct PowerCut: Error {}

    static let log = MemoryLog.canonical(count: 700)

    private func audit(_ place: Workplace, since: String? = nil) throws -> Audited {
        try DirectoryAudit(directory: place.url, verifier: MemoryLog.signer.verifier).run(since: since) { _, _ in }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 511, 512, 513, 700])
    func `a log of any size is exported and accepted`(size: Int) throws {
        let place = try Workplace()
        try Self.log.export(size, to: place.url)
        let audited = try audit(place)
        #expect(try audited.checkpoint == Self.log.checkpoint(size))
        #expect(audited.entryCount == UInt64(size))
    }

    @Test func `each later export extends the earlier one and changes none of its files`() throws {
        let place = try Workplace()
        var before: [String: Data] = [:]
        for size in [0, 1, 200, 256, 300, 699, 700, 700] {
            try Self.log.export(size, to: place.url)
            let now = try place.files()
            for (path, content) in before where path != "checkpoint" { #expect(now[path] == content) }
            _ = try audit(place, since: before["checkpoint"].map { String(decoding: $0, as: UTF8.self) })
            before = now
        }
    }

    @Test func `a narrow tile may be gone once the full one stands`() throws {
        let place = try Workplace()
        try Self.log.export(200, to: place.url)
        let head = try Self.log.note(200)
        try Self.log.export(700, to: place.url)
        for path in ["tile/0/000.p", "tile/entries/000.p"] {
            try FileManager.default.removeItem(at: place.url.appending(path: path))
        }
        // A reader who still has the older head falls back on the beginning of the full tile.
        try Data(head.utf8).write(to: place.url.appending(path: "checkpoint"))
        #expect(try audit(place).entryCount == 200)
    }

    @Test(arguments: [0, 1, 255, 256, 511, 512, 699])
    func `cut off at any entry, the earlier log still stands and the next export goes on`(cut: Int) throws {
        let place = try Workplace()
        try Self.log.export(100, to: place.url)
        #expect(throws: PowerCut.self) {
            try TileExport(directory: place.url).write(checkpoint: Self.log.note(700), size: 700, nodes: Self.log) {
                if $0 == cut { throw PowerCut() }
                return Self.log.entries[Int($0)]
            }
        }
        #expect(try audit(place).entryCount == 100)
        try Self.log.export(700, to: place.url)
        #expect(try audit(place).entryCount == 700)
        #expect(!FileManager.default.fileExists(atPath: place.url.appending(path: ".writing").path))
    }

    @Test func `what a crash left half written is overwritten`() throws {
        let place = try Workplace()
        let left = place.url.appending(path: ".writing")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: false)
        try Data("half".utf8).write(to: left.appending(path: "file"))
        try Self.log.export(300, to: place.url)
        #expect(try audit(place).entryCount == 300)
    }

    @Test(arguments: ["tile/0/000", "tile/0/002.p/188", "tile/entries/001", "tile/1/000.p/2"])
    func `an immutable file that differs is refused and left as it is`(path: String) throws {
        let place = try Workplace()
        try Self.log.export(700, to: place.url)
        try place.flip(path, at: 40)
        let spoilt = try place.files()
        #expect(throws: LogFault.tileChanged(path: path)) { try Self.log.export(700, to: place.url) }
        #expect(try place.files() == spoilt)
    }

    @Test func `an older head does not replace a newer one`() throws {
        let place = try Workplace()
        try Self.log.export(700, to: place.url)
        #expect(throws: LogFault.rolledBack(held: 700, found: 600)) { try Self.log.export(600, to: place.url) }
        #expect(try audit(place).entryCount == 700)
    }

    @Test func `another history does not go into the same directory`() throws {
        let place = try Workplace()
        try Self.log.export(100, to: place.url)
        let other = MemoryLog.canonical(count: 200, policy: "access/13")
        #expect(throws: LogFault.forked(size: 100)) { try other.export(200, to: place.url) }
    }

    @Test func `a head that does not fit the nodes is not published`() throws {
        let place = try Workplace()
        #expect(throws: LogFault.rootDiffers) {
            try TileExport(directory: place.url).write(checkpoint: Self.log.note(10), size: 11, nodes: Self.log) {
                Self.log.entries[Int($0)]
            }
        }
        #expect(throws: LogFault.entryChanged(7)) {
            try TileExport(directory: place.url).write(checkpoint: Self.log.note(10), size: 10, nodes: Self.log) {
                $0 == 7 ? [] : Self.log.entries[Int($0)]
            }
        }
        #expect(try !place.files().keys.contains("checkpoint"))
    }

    @Test func `the longest entry is exported, a longer one refused`() throws {
        let place = try Workplace()
        let longest = MemoryLog([[UInt8](repeating: 0x41, count: 65_535), [], [0x42]])
        try longest.export(3, to: place.url)
        #expect(try audit(place).entryCount == 3)
        let other = try Workplace()
        #expect(throws: LogFault.self) {
            try MemoryLog([[UInt8](repeating: 0x41, count: 65_536)]).export(1, to: other.url)
        }
    }

    @Test func `two exports into one directory do not mix`() throws {
        let place = try Workplace()
        try TileExport(directory: place.url).write(checkpoint: Self.log.note(10), size: 10, nodes: Self.log) { index in
            if index == 5 { #expect(throws: LogFault.busy) { try Self.log.export(10, to: place.url) } }
            return Self.log.entries[Int(index)]
        }
        #expect(try audit(place).entryCount == 10)
    }

    @Test func `only the owner can read what was exported`() throws {
        let place = try Workplace()
        let directory = place.url.appending(path: "with space 🗝 and #?%41")
        try Self.log.export(3, to: directory)
        for (path, mode) in [("checkpoint", 0o600), ("tile/entries/000.p/3", 0o600), ("tile/entries", 0o700)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.appending(path: path).path)
            #expect(attributes[.posixPermissions] as? Int == mode)
        }
    }
}
