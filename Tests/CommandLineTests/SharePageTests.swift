import CommandLine
import Foundation
import Sealing
import Testing

/// The printed pages, read by a reader that shares nothing with what draws them: librsvg paints, zbar reads.
struct SharePageTests {
    static let readers = ["/usr/bin/rsvg-convert", "/usr/bin/zbarimg"]
    static let areHere = readers.allSatisfy(FileManager.default.isExecutableFile(atPath:))

    private func shares(_ threshold: Int, of count: Int) throws -> [RecoveryShare] {
        try RecoveryShares.split(Data((0..<32).map { _ in .random(in: 0...255) }), threshold: threshold, count: count)
    }

    @Test func `a page carries the text of its share, and asks nothing of anywhere`() throws {
        for share in try shares(3, of: 5) {
            let page = try SharePage.html(of: share)
            #expect(page.contains(share.page))
            #expect(try RecoveryShare(page: page) == share)
            let addresses = page.matches(of: /(src|href)=|https?:[^"]*/).map(\.output.0)
            #expect(addresses == ["http://www.w3.org/2000/svg"])
        }
    }

    @Test(.enabled(if: Self.areHere, "SKIPPED: QR codes of recovery's pages: install librsvg2-bin and zbar-tools"))
    func `an independent reader finds the five numbered lines in the code, even of a stained page`() throws {
        for share in try shares(2, of: 3) + shares(32, of: 32).suffix(2) {
            let code = String(try #require(SharePage.html(of: share).firstMatch(of: /<svg.*<\/svg>/)).output)
            // A stain of a seventh of the width, off the corners that a reader steers by.
            let stained = code.replacing("</svg>", with: "<circle cx=\"44\" cy=\"38\" r=\"5\" fill=\"#777\"/></svg>")
            for drawn in [code, stained] {
                let read = try Self.read(drawn)
                #expect(read == share.numberedLines)
                #expect(try RecoveryShare(page: read) == share)
            }
            #expect(throws: (any Error).self) {
                // The test can fail: half of the code is gone.
                try Self.read(code.replacing("</svg>", with: "<path d=\"M0 30h99v99h-99z\"/></svg>"))
            }
        }
    }

    private struct Unread: Error {}

    private static func read(_ svg: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (drawn, painted) = (folder.appending(path: "code.svg"), folder.appending(path: "code.png"))
        try Data(svg.utf8).write(to: drawn)
        _ = try run(readers[0], ["--width", "480", "--output", painted.path, drawn.path])
        // zbarimg ends what it read with a line feed of its own.
        return String(
            try run(readers[1], ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", painted.path]).dropLast())
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unread() }
        return String(decoding: said, as: UTF8.self)
    }
}
