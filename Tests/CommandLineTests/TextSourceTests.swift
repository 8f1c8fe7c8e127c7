import CommandLine
import Foundation
import Testing

@Suite struct TextSourceTests {
    private let desk = Desk(environment: [:])

    @Test func `an argument is a file, standard input, or the words themselves`() {
        #expect(TextSource("@why.txt") == .file("why.txt"))
        #expect(TextSource("-") == .standardInput)
        #expect(TextSource("works with the child") == .literal("works with the child"))
        #expect(TextSource(file: "why.txt") == .file("why.txt"))
        #expect(TextSource(file: "-") == .standardInput)
    }

    @Test func `words on the command line are a misuse outside practice`() {
        #expect(throws: Misuse.self) { try TextSource("typed").read(at: desk, isPractice: false) }
    }

    @Test func `words on the command line are taken in practice`() throws {
        let silent = Desk(terminal: Terminal(words: .nullDevice), environment: [:])
        #expect(try TextSource("typed").read(at: silent, isPractice: true) == "typed")
    }

    @Test func `a file's text comes in normal form, with plain line ends, without the last`() throws {
        try withFile(Data("cafe\u{301}\r\nround the corner\n".utf8)) { path in
            let text = try TextSource.file(path).read(at: desk, isPractice: false)
            #expect(text.unicodeScalars.elementsEqual("caf\u{E9}\nround the corner".unicodeScalars))
        }
    }

    @Test(arguments: [Data([0xFF, 0xFE, 0x41, 0x00]), Data(repeating: 0x41, count: TextSource.byteCountLimit + 1)])
    func `what is not UTF-8, or too long, is a fault`(bytes: Data) throws {
        try withFile(bytes) { path in
            let ending = Ending(
                #expect(throws: (any Error).self) { try TextSource.file(path).read(at: desk, isPractice: false) }!)
            #expect(ending.exit == .fault)
        }
    }

    @Test func `a file that is not there is a fault that names it`() throws {
        let error = #expect(throws: (any Error).self) { try TextSource("@nowhere").read(at: desk, isPractice: false) }
        #expect(Ending(try #require(error)).message == "`nowhere` cannot be read")
    }

    @Test func `in the shell, standard input is the commands'`() {
        let shell = Desk(environment: [:])
        shell.isShell = true
        #expect(throws: Misuse.self) { try TextSource("-").read(at: shell, isPractice: false) }
    }

    private func withFile(_ bytes: Data, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "text-\(UUID().uuidString)")
        try bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }
}
