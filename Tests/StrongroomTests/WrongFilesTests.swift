import Foundation
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// Files that do not belong together, or are none: the program says one clear thing and touches nothing.
@Suite("files that are not this vault's")
struct WrongFilesTests {
    /// A vault as a killed process leaves it, its log alive, and another by the same founder.
    private final class Workplace {
        let vault: TestVault
        let stranger: TestVault
        let other: URL
        let left: URL

        init() throws {
            let vault = try TestVault()
            let left = vault.directory.appendingPathExtension("left")
            self.vault = vault
            self.left = left
            stranger = try TestVault(people: false)
            other = vault.directory.appendingPathExtension("other")
            _ = try Vault.create(
                at: other, founder: vault.administrator, handle: "admin", team: "children", practice: true,
                policies: TestVault.policies, clock: vault.clock.clock)
            try vault.with("asha") { session in
                let opening = try CareOpening(
                    particulars: Particulars(given: "Robin", family: "Hale", born: Day("2023-04-05")!),
                    keyWorker: "asha",
                    manager: "morgan")
                _ = try session.openCare(opening).done()
                try FileManager.default.copyItem(at: vault.directory, to: left)
            }
        }

        deinit { for folder in [left, other] { try? FileManager.default.removeItem(at: folder) } }
    }

    private enum Change {
        case cut(Int)
        case filled(Data)
        case gone
        case taken(from: URL)
    }

    private static let store = "store.db"
    private static let keyring = "store.keyring"

    @Test(arguments: [true, false])
    func `one clear message, and every file as it was`(withLiveLog: Bool) throws {
        let place = try Workplace()
        guard let program = try KilledProgram(vault: place.vault, people: ["admin"]) else { return }
        let apart = "the store and the keyring do not belong together"
        // Before the log is carried into it a new store's file may be of zeros: then the log says that the key is right.
        let ofZeros = withLiveLog ? "a read failed" : apart
        var header = Data("SQLite format 3\0".utf8)
        header.append(Data([0x10, 0, 2, 2, 0, 64, 32, 32]) + Data(count: 3 * 4096 - 24))
        let cases: [(String, Change, String)] = [
            (Self.store, .taken(from: place.stranger.directory), apart), (Self.store, .taken(from: place.other), apart),
            (Self.store, .filled(header), apart), (Self.store, .filled(Data()), apart),
            (Self.store, .cut(100), "the store is damaged"),
            (Self.store, .cut(4095), "the store is damaged"),
            (Self.store, .filled(Data(repeating: 0, count: 8192)), ofZeros),
            (Self.store, .filled(Data("given: Robin\n".utf8)), apart), (Self.store, .gone, "nothing is there"),
            (Self.keyring, .taken(from: place.stranger.directory), "this identity is not known to the vault"),
            (Self.keyring, .taken(from: place.other), apart), (Self.keyring, .gone, "there is no vault at"),
            (Self.keyring, .filled(Data()), "damaged"), (Self.keyring, .cut(200), "damaged"),
        ]
        for (number, (name, change, message)) in cases.enumerated() {
            let folder = place.left.appendingPathExtension("\(number)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try FileManager.default.copyItem(at: place.left, to: folder)
            if !withLiveLog { try FileManager.default.removeItem(at: folder.appendingPathComponent("store.db-wal")) }
            try Self.make(change, of: folder.appendingPathComponent(name))
            let before = try Self.contents(of: folder)
            let ending = try program.run(["vault", "check"], as: "admin", in: folder)
            let said: Comment = "\(name) \(number): \(ending.said)"
            #expect(ending.exitCode == 1, said)
            #expect(ending.said.components(separatedBy: "strongroom: error:").count == 2, said)
            #expect(ending.said.contains(message), said)
            let after = try Self.contents(of: folder)
            #expect(after.keys.sorted() == before.keys.sorted(), said)
            #expect(after == before, said)
        }
    }

    @Test func `the vault they were taken from opens, its log with it`() throws {
        let place = try Workplace()
        let session = try Vault.open(
            at: place.left, identity: place.vault.administrator, clock: place.vault.clock.clock, confirmClock: true)
        defer { try? session.close() }
        let report = try session.check().done()
        #expect(report.problems == [] && report.recordCount == 1)
    }

    private static func make(_ change: Change, of file: URL) throws {
        switch change {
        case .cut(let length): try Data(contentsOf: file).prefix(length).write(to: file)
        case .filled(let bytes): try bytes.write(to: file)
        case .gone: try FileManager.default.removeItem(at: file)
        case .taken(let from): try Data(contentsOf: from.appendingPathComponent(file.lastPathComponent)).write(to: file)
        }
    }

    private static func contents(of folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.reduce(into: [:]) { $0[$1] = try Data(contentsOf: folder.appendingPathComponent($1)) }
    }
}
