import Foundation

/// The person's own editor on a private file that is wiped afterwards.
struct Editor {
    let desk: Desk

    /// Lets the person write a text.
    ///
    /// The file has mode 0600 in a folder of its own, in memory where the machine has such a place. File and folder, with
    /// whatever the editor left there, are overwritten and removed before this returns.
    ///
    /// - Throws: ``Misuse`` off a terminal, or if nothing was written.
    func compose(_ what: String) throws -> String {
        guard Keyboard.isThere else {
            throw Misuse(message: "the \(what) is missing", hint: "name a file with `--from FILE`, or `--from -`")
        }
        let folder = try Self.privateFolder()
        defer { Self.wipe(folder) }
        let file = folder.appending(path: "text")
        try PrivateFile.create(Data(), at: file)
        try edit(file)
        let text = try TextSource.file(file.path(percentEncoded: false)).read(at: desk, isPractice: false)
        guard text.contains(where: { !$0.isWhitespace }) else { throw Misuse(message: "nothing was written") }
        return text
    }

    private func edit(_ file: URL) throws {
        let editor = desk.variable(.visualEditor) ?? desk.variable(.editor) ?? "vi"
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // EDITOR may hold options; the path is handed over apart from it, so that nothing in it is obeyed.
        process.arguments = ["-c", "\(editor) \"$1\"", "editor", file.path(percentEncoded: false)]
        do {
            try process.run()
        } catch {
            throw Trouble(message: "the editor `\(editor.printable)` does not start", hint: "set EDITOR")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Misuse(message: "the editor was left without saving") }
    }

    private static func privateFolder() throws -> URL {
        let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
        let files = FileManager.default
        let parent = files.isWritableFile(atPath: memory.path) ? memory : files.temporaryDirectory
        let folder = parent.appending(path: "strongroom-\(UUID().uuidString)", directoryHint: .isDirectory)
        try files.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return folder
    }

    private static func wipe(_ folder: URL) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard let file = FileHandle(forWritingAtPath: folder.appending(path: name).path) else { continue }
            let length = (try? file.seekToEnd()) ?? 0
            try? file.seek(toOffset: 0)
            try? file.write(contentsOf: Data(count: Int(length)))
            try? file.synchronize()
            try? file.close()
        }
        try? files.removeItem(at: folder)
    }
}
