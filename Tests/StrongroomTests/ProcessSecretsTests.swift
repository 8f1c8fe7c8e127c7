import Foundation
import StrongroomTesting
import Testing

/// What the system shows of a running program to others, and what it keeps from them.
@Suite("a running program keeps its secrets", .serialized)
struct ProcessSecretsTests {
    /// Somebody with no rights at all on every Debian.
    private static let nobody = "65534"

    @Test func `no core is dumped, nobody else looks in, and no argument or variable holds a secret`() throws {
        let vault = try TestVault()
        guard let program = try KilledProgram(vault: vault, people: ["admin"]) else { return }
        let running = try program.start(["shell"], as: "admin", in: vault.directory)
        defer { running.end() }
        #expect(running.waits { $0.coreLimit == ["0", "0"] && $0.owner == 0 })
        let shown = try Data(contentsOf: running.file("cmdline")) + Data(contentsOf: running.file("environ"))
        #expect(shown.range(of: Data("STRONGROOM_VAULT".utf8)) != nil)
        let key = try RawStore(vault).secret("store-key")
        for secret in [key, key.base64EncodedData(), Data(KilledProgram.passphrase.utf8)] {
            #expect(shown.range(of: secret) == nil)
        }
    }

    @Test func `the store's key is in locked memory while a vault is open`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        guard let program = try KilledProgram(vault: vault, people: ["asha"]) else { return }
        let file = try vault.file("scan.txt", Data(count: 12 << 20))
        let running = try program.start(
            ["document", "add", care, file.path, "--kind", "basic-health"], as: "asha", in: vault.directory)
        defer { running.end() }
        #expect(running.waits { $0.lockedKilobytes > 0 })
    }

    @Test func `where no memory may be locked the program says so and opens nothing`() throws {
        guard geteuid() == 0, access("/usr/bin/setpriv", X_OK) == 0 else {
            return print("SKIPPED: no memory to lock: only root can take the right away, with `setpriv`")
        }
        let vault = try TestVault()
        guard let program = try KilledProgram(vault: vault, people: ["admin"]) else { return }
        let folders = [vault.directory, program.folder]
        for folder in folders { try Self.give(folder, to: Self.nobody) }
        let before = try Data(contentsOf: vault.directory.appendingPathComponent("store.db"))
        let dropped = ["/usr/bin/setpriv", "--reuid", Self.nobody, "--regid", Self.nobody, "--clear-groups"]
        let refused = try program.run(
            ["vault", "check"], as: "admin", in: vault.directory,
            through: dropped + ["/bin/sh", "-c", "ulimit -l 0 && exec \"$0\" \"$@\""])
        #expect(refused.exitCode == 1, "\(refused.said)")
        #expect(
            refused.said.contains("no memory can be locked for the store's key; see `ulimit -l`"), "\(refused.said)"
        )
        #expect(try Data(contentsOf: vault.directory.appendingPathComponent("store.db")) == before)
        let allowed = try program.run(["vault", "check"], as: "admin", in: vault.directory, through: dropped)
        #expect(allowed.exitCode == 0, "\(allowed.said)")
    }

    private static func give(_ folder: URL, to user: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        for path in [folder.path] + names.map({ folder.appendingPathComponent($0).path }) {
            try #require(chown(path, uid_t(user)!, gid_t(user)!) == 0)
        }
    }
}

/// A program that was started and has not ended, as `/proc` shows it.
final class RunningProgram {
    private let process: Process
    /// Held open, so that the program waits.
    private let input: Pipe

    init(_ process: Process, input: Pipe) { (self.process, self.input) = (process, input) }

    func file(_ name: String) -> URL { URL(fileURLWithPath: "/proc/\(process.processIdentifier)/\(name)") }

    private func text(_ name: String) -> String { (try? String(contentsOf: file(name), encoding: .utf8)) ?? "" }

    /// The most bytes of a core dump, now and as far as it may be raised.
    var coreLimit: [String] {
        let name = "Max core file size"
        let line = text("limits").split(separator: "\n").first { $0.hasPrefix(name) }
        return line.map { $0.dropFirst(name.count).split(separator: " ").prefix(2).map(String.init) } ?? []
    }

    /// Root once the program has refused to be looked into, whoever runs it; nobody's is -1.
    var owner: Int {
        var status = stat()
        return stat(file("environ").path, &status) == 0 ? Int(status.st_uid) : -1
    }

    var lockedKilobytes: Int {
        let line = text("status").split(separator: "\n").first { $0.hasPrefix("VmLck:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// Whether something comes to be so before the program ends, and within a minute.
    func waits(until isSo: (RunningProgram) -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < end {
            if isSo(self) { return true }
            usleep(500)
        }
        return false
    }

    func end() {
        // Not asked to: a child inherits what the thread that started it has blocked, and may never hear of it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
