import Foundation
import Testing

/// The README's transcript works, because it is a script.
struct ReadmeTests {
    @Test func `the README's transcript is the script readme.txt`() throws {
        let readme = try String(contentsOf: Folders.repository.appending(path: "README.md"), encoding: .utf8)
        let script = try String(contentsOf: Folders.scripts.appending(path: "readme.txt"), encoding: .utf8)
        let shown = readme.split(separator: "\n").filter { $0.hasPrefix("$ strongroom ") }.map { $0.dropFirst(2) }
        let run = script.split(separator: "\n").filter { $0.hasPrefix("strongroom ") || $0.hasPrefix("! strongroom ") }
            .map { $0.hasPrefix("! ") ? $0.dropFirst(2) : $0 }
        #expect(!shown.isEmpty)
        #expect(shown == run)
    }

    @Test func `the README stays under two hundred lines`() throws {
        let readme = try String(contentsOf: Folders.repository.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
    }
}
