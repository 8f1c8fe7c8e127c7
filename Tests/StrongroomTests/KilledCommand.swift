import Foundation
import StrongroomTesting

/// Where one killed run happens: a copy of the prepared vault, and room for what the command writes outside it.
struct KilledPlace {
    let folder: URL

    var vault: URL { folder.appendingPathComponent("vault") }
    /// A file or a folder that the command may make.
    var out: URL { folder.appendingPathComponent("out") }

    /// The files of a folder whose names say that they were not finished.
    static func remains(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.contains(".new-") }
    }
}

/// A command of the real program that is killed at drawn moments.
protocol KilledCommand {
    var name: String { get }
    /// Who asks.
    var person: String { get }

    func words(in place: KilledPlace) -> [String]
    /// What appears once the command is past unlocking the identity and at work.
    func sign(in place: KilledPlace) -> URL
    /// What the tables do not tell of what it did, in a word; the vault has been opened and checked before.
    ///
    /// Records an issue if something is half done.
    func outcome(in place: KilledPlace) throws -> String
}

extension KilledCommand {
    // A store that is open has a log beside it.
    func sign(in place: KilledPlace) -> URL { place.vault.appendingPathComponent("store.db-wal") }
    func outcome(in place: KilledPlace) throws -> String { "" }
}
