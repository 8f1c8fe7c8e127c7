import Foundation

/// One run of a program, with what it wrote and how it ended.
struct Invocation: Sendable {
    let exitCode: Int32
    let stdout: Data
    let stderr: Data

    /// No command of a script may take longer.
    static let longestSeconds = 180.0

    struct Request {
        var program: URL
        var arguments: [String]
        var folder: URL
        var environment: [String: String]
        /// Nil reads nothing, so that a prompt ends at once and no test waits for a person.
        var standardInput: URL?

        /// The same at a terminal of its own, at which a file's lines are typed; what is said there comes back as stdout.
        ///
        /// Debian's `script`, which every machine has, makes the terminal. Nothing but a terminal makes a program ask.
        func atTerminal(typing: URL) -> Request {
            let words = [program.path] + arguments
            let command = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
            var request = self
            request.program = URL(filePath: "/usr/bin/script")
            request.arguments = ["--quiet", "--return", "--command", command, "/dev/null"]
            request.standardInput = typing
            return request
        }
    }

    /// Runs a program to its end.
    ///
    /// Output goes through files, not pipes: a pipe that nobody empties would stop a program that says much.
    ///
    /// - Throws: ``Trouble`` if it cannot be started or does not end in time.
    static func run(_ request: Request) throws -> Invocation {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let out = scratch.appending(path: "stdout")
        let err = scratch.appending(path: "stderr")
        try Data().write(to: out)
        try Data().write(to: err)

        let process = Process()
        process.executableURL = request.program
        process.arguments = request.arguments
        process.currentDirectoryURL = request.folder
        process.environment = request.environment
        process.standardInput = try request.standardInput.map { try FileHandle(forReadingFrom: $0) } ?? .nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        guard ended.wait(timeout: .now() + longestSeconds) == .success else {
            process.terminate()
            throw Trouble.tooLong
        }
        guard process.terminationReason == .exit else { throw Trouble.crashed(signal: process.terminationStatus) }
        return Invocation(
            exitCode: process.terminationStatus, stdout: try Data(contentsOf: out), stderr: try Data(contentsOf: err))
    }

    enum Trouble: Error, CustomStringConvertible {
        case tooLong
        case crashed(signal: Int32)

        var description: String {
            switch self {
            case .tooLong: "still running after \(Int(longestSeconds)) seconds"
            case .crashed(let signal): "ended by signal \(signal)"
            }
        }
    }
}
