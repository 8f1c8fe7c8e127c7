import Foundation

/// The files of a script's folder that hold a vault or come of one: they show nothing to whoever has no key.
struct WrittenFiles {
    private static let keyringName = "store.keyring"

    let folder: URL

    /// Every file beside a keyring, every backup, whatever was not finished, and SQLite's temporary files.
    func all() -> [URL] {
        let everything = (FileManager.default.enumerator(atPath: folder.path) ?? .init()).compactMap {
            $0 as? String
        }
        let names = Set(everything)
        let vaults = names.filter { ($0 as NSString).lastPathComponent == Self.keyringName }.map {
            ($0 as NSString).deletingLastPathComponent + "/"
        }
        return names.sorted().filter { name in
            vaults.contains { name.hasPrefix($0) } || names.contains(name + ".keyring")
                || name.hasSuffix(".keyring")
                || name.hasPrefix(ScriptRun.temporaryName + "/") || name.contains(".new-")
        }.map { folder.appending(path: $0) }
    }

    /// Whether a path is of a vault, whatever a script says of it.
    func isOfVault(_ path: String) -> Bool {
        let parent = (path as NSString).deletingLastPathComponent
        let files = FileManager.default
        return files.fileExists(atPath: parent + "/" + Self.keyringName)
            || files.fileExists(atPath: path + ".keyring")
            || path.hasSuffix(".keyring")
    }
}
