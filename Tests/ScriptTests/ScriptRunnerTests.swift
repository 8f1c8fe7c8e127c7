import Foundation
import Testing

/// The runner's own gate: a test that cannot fail is a defect. `/bin/sh` stands in for the program.
struct ScriptRunnerTests {
    private static let place = URL(fileURLWithPath: "/scripts/example.txt")

    private func parse(_ text: String) throws -> Script {
        try ScriptParser.parse(text: text, file: Self.place, preludes: Folders.preludes)
    }

    /// Runs a script in which `strongroom` is a shell.
    private func run(_ text: String, isFollowed: Bool = false) throws -> ScriptFailure? {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "programs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "strongroom"), withDestinationURL: URL(fileURLWithPath: "/bin/sh"))
        let programs = ScriptRun.Programs(folder: folder, repository: Folders.repository)
        return try ScriptRun.run(parse(text), programs: programs, isFollowed: isFollowed)
    }

    @Test(arguments: [
        "stronggroom todo", "! env A=B", "stdout", "strongroom 'todo", "use no-such-prelude",
        "! strongroom todo\nstdout .",
        "-- a --\n-- a --",
    ])
    func `a mistake in a script is a failure`(text: String) {
        #expect(throws: ScriptFailure.self) { try parse(text) }
    }

    @Test func `a failure points at the script's own line`() throws {
        let failure = try run("# first\nstrongroom -c 'exit 0'\n# second\nstrongroom -c 'exit 3'\n")
        #expect(failure?.place == Script.Place(file: Self.place, line: 4))
        #expect(failure?.message.contains("phase: second") == true)
    }

    @Test func `a script whose every line holds passes`() throws {
        let failure = try run(
            """
            # files, variables and output
            strongroom -c 'echo found AR-7K3M; echo words >&2'
            stdout '^found AR-.{4}$'
            ! stdout words
            stderr -count=1 words
            save PIN 'found (\\S+)'
            strongroom -c "echo $PIN"
            cmp stdout expected
            stdin expected
            strongroom -c 'cat; exit 0'
            stdout AR-7K3M
            ! strongroom -c 'exit 4'
            exit 4
            # files
            mkdir some/where
            cp expected some/where/copy
            flip some/where/copy 0
            ! cmp expected some/where/copy
            cut some/where/copy 2
            grep '^@R-7K3$' some/where/copy
            rm some/where/copy
            ! exists some/where/copy
            env A=$PIN
            strongroom -c 'echo $A'
            stdout '^AR-7K3M$'
            -- expected --
            AR-7K3M
            """ + "\n")
        #expect(failure?.description == nil)
    }

    @Test(arguments: [
        "! strongroom -c 'exit 0'\nexit 0", "! strongroom -c 'exit 3'\nexit 4",
        "strongroom -c 'echo a'\nstdout b",
        "strongroom -c 'echo a'\n! stdout a", "strongroom -c 'echo aa'\nstdout -count=1 a", "stdout a",
        "strongroom -c true\nsave X 'a'", "strongroom -c 'echo $NOWHERE' $NOWHERE", "exists nothing",
        "cmp a b\n-- a --\n1\n-- b --\n2", "! cmp a b\n-- a --\n1\n-- b --\n1", "flip a 9\n-- a --\n1",
        "cut a 0\n-- a --\n",
        "mode a 777\n-- a --\n1", "strongroom -c 'kill -9 $$'", "grep b a\n-- a --\n1", "stdout '('",
    ])
    func `what does not hold is found`(text: String) throws {
        #expect(try run(text) != nil)
    }

    @Test(arguments: [
        "rm $REPO/x", "cp a $REPO/x\n-- a --\n1", "mkdir ../x", "flip $REPO/Package.swift 0",
        "rm link/x",
    ])
    func `a script changes nothing outside its folder`(text: String) throws {
        let failure = try run(
            "strongroom -c 'ln -s $REPO link'\n".replacing("$REPO", with: "/usr") + text)
        #expect(failure?.message.contains("not the script's own") == true)
    }

    private static let child = "-- child --\ngiven: Rowan\nfamily: Ashdown\n"

    @Test(arguments: [
        "vault/store.db", "vault/store.db-wal", "vault/deep/er", "vault/store.keyring", "copy",
        ".tmp/etilqs_1", "a.new-1",
    ])
    func `what the script tells the vault is found in a file of it`(name: String) throws {
        let made = "mkdir -p vault/deep; : >vault/store.keyring; : >copy.keyring;"
        let failure = try run("strongroom -c '\(made) cat child >\(name)'\n" + Self.child)
        #expect(failure?.message.contains("holds `Ashdown`") == true)
        let sealed = try run("strongroom -c '\(made) tr a-z b-za <child >\(name)'\n" + Self.child)
        #expect(sealed?.description == nil)
    }

    @Test(arguments: ["Rowan Ashdown", "CREATE TABLE entry"])
    func `a word typed, a word saved and a word of SQLite's are found too`(words: String) throws {
        let failure = try run(
            """
            strongroom -c 'echo "a Rowan Ashdown"'
            save NAME 'a (.*)'
            strongroom -c 'mkdir vault; : >vault/store.keyring; echo "\(words)" >vault/store.db'
            """ + "\n")
        #expect(failure?.message.contains("in the clear") == true)
    }

    @Test func `what was written and deleted again is found where writes are followed`() throws {
        guard SystemCalls.canBeFollowed else {
            return print("SKIPPED: no `strace`, or it may not trace here")
        }
        let failure = try run(
            "strongroom -c 'read line <child; echo $line >gone; rm gone'\n-- child --\nRowan Ashdown\n",
            isFollowed: true)
        #expect(failure?.message.contains("gone` was written with `Rowan Ashdown`") == true)
        let spoken = try run(
            "strongroom -c 'cat child; tr a-z b-za <child >gone; rm gone'\n" + Self.child,
            isFollowed: true)
        #expect(spoken?.description == nil)
    }
}
