import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting

/// A vault, a backup of it, and what happens to either afterwards.
final class RestoreStory {
    let reversal: KilledReversal
    private let folder: URL

    var vault: TestVault { reversal.vault }

    init() throws {
        reversal = try KilledReversal()
        folder = reversal.vault.directory.appendingPathExtension("backups")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A place nothing stands at.
    func place() -> URL { folder.appendingPathComponent(UUID().uuidString) }

    func backup(of directory: URL) throws -> URL {
        let file = place()
        _ = try reversal.with("admin", in: directory) { try $0.backup(to: file).done() }
        return file
    }

    /// The list of removals as it lies beside a store.
    func list(of directory: URL) -> URL { directory.appendingPathComponent("store.removals") }

    func restore(
        _ backup: URL, with list: RestoreList, to place: URL, as identity: Identity? = nil
    ) throws -> Outcome<RestoreReport> {
        try Vault.restore(
            backup: backup, to: place, list: list, identity: identity ?? vault.identity("admin"),
            clock: vault.clock.clock, confirmClock: true)
    }

    /// Restores with the list beside a store, and wants the result to be sound.
    func restored(_ backup: URL, as newest: URL) throws -> (directory: URL, report: RestoreReport) {
        let place = place()
        let report = try restore(backup, with: .removals(list(of: newest), signer: nil), to: place).done()
        return (place, report)
    }

    /// What lies in the folder of backups, each file with its bytes.
    func files() throws -> [String: Data] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) { files, name in
            let file = folder.appendingPathComponent(name)
            files[name] = (try? Data(contentsOf: file)) ?? Data()
        }
    }
}
