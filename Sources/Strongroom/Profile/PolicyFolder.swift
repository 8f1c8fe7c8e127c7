import Foundation

/// A directory of policies as somebody wrote it: the files that a vault pins, and the tables that say what they decide.
struct PolicyFolder {
    /// `*.cedar`, `*.cedarschema` and `profile/*.yaml`, by name.
    let files: [String: Data]
    /// `tests/*.json`, by name.
    let tables: [String: Data]

    /// - Throws: ``VaultFault/policies(_:)`` if there is no policy, or a file cannot be read.
    init(_ directory: URL) throws {
        files = try Self.read(directory, "", ["cedar", "cedarschema"])
            .merging(Self.read(directory, "profile", ["yaml"])) { $1 }
        tables = try Self.read(directory, "tests", ["json"])
        guard files.keys.contains(where: { $0.hasSuffix(".cedar") }) else {
            throw VaultFault.policies("there is no policy in `\(directory.path)`")
        }
    }

    private static func read(_ directory: URL, _ folder: String, _ endings: [String]) throws -> [String: Data] {
        let place = folder.isEmpty ? directory : directory.appendingPathComponent(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        var files: [String: Data] = [:]
        for name in names where endings.contains((name as NSString).pathExtension) {
            guard let bytes = try? Data(contentsOf: place.appendingPathComponent(name)) else {
                throw VaultFault.policies("`\(name)` cannot be read")
            }
            files[folder.isEmpty ? name : "\(folder)/\(name)"] = bytes
        }
        return files
    }
}
