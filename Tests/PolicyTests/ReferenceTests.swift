import Foundation
import Testing

/// The reference engine agrees: the shipped policies validate strictly, and decide every row of the tables as it says.
struct ReferenceTests {
    private static let root = PolicyTable.folder.deletingLastPathComponent()
    /// The reference's own Python. Its path is not standardised: that would follow the link to the Python beneath.
    static let python = root.appending(path: ".venv-cedar/bin/python3")

    static var isHere: Bool { FileManager.default.isExecutableFile(atPath: python.path) }

    @Test(.enabled(if: Self.isHere, "SKIPPED: the policies beside cedarpy: there is no cedarpy at \(Self.python.path)"))
    func `cedarpy validates the policies strictly and decides every row as it says`() throws {
        let process = Process()
        process.executableURL = Self.python
        process.arguments = [
            Self.root.appending(path: "Tests/Oracles/policies/check.py").path, PolicyTable.folder.path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        let rowCount = try PolicyTable.everyCase().count
        #expect(said.contains("cedarpy: \(rowCount) rows"), "\(said)")
    }
}
