import CommandLine
import Testing

@Suite struct LineWordsTests {
    @Test(arguments: [
        ("", []), ("   ", []), ("todo", ["todo"]), ("  care   show C-1 ", ["care", "show", "C-1"]),
        ("a 'b c' d", ["a", "b c", "d"]), (#"a "b c" d"#, ["a", "b c", "d"]), ("a\\ b", ["a b"]), ("'' x", ["", "x"]),
        (#"--excuse kind=@"my why.txt""#, ["--excuse", "kind=@my why.txt"]), (#"'\n'"#, [#"\n"#]),
        (#""a \" b""#, [#"a " b"#]), ("$HOME * `ls`", ["$HOME", "*", "`ls`"]),
    ])
    func `a line becomes the words a person meant`(line: String, words: [String]) throws {
        #expect(try LineWords.split(line) == words)
    }

    @Test(arguments: ["'open", "\"open", "end\\", "'a' \"b"])
    func `a line that is not finished is a misuse`(line: String) {
        #expect(throws: Misuse.self) { try LineWords.split(line) }
    }
}
