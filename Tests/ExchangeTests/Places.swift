import Foundation

enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let vectors = root.appendingPathComponent("Tests/Vectors/exchange")
    static let sample = root.appendingPathComponent("Tests/Vectors/sample-return")
}

/// Data that is not copied into the project: beside it, or where STRONGROOM_SHARED says.
enum Shared {
    static func folder(_ path: String) -> URL? {
        let named = ProcessInfo.processInfo.environment["STRONGROOM_SHARED"].map(URL.init(fileURLWithPath:))
        let shared = named ?? Repository.root.deletingLastPathComponent().appendingPathComponent("shared")
        let folder = shared.appendingPathComponent(path)
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        print("SKIPPED: \(path) is not beside the repository; set STRONGROOM_SHARED")
        return nil
    }
}

/// A folder for one test, gone with it.
final class Scratch {
    let url: URL

    init(_ name: String = "a return") throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)/\(name)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }

    func put(_ name: String, _ text: String) throws { try put(name, Data(text.utf8)) }

    func put(_ name: String, _ bytes: Data) throws { try bytes.write(to: url.appendingPathComponent(name)) }
}
