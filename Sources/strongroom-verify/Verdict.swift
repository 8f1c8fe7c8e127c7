import Foundation
import TransparencyLog

/// What the tool found, in words for a person and in JSON for a program.
struct Verdict {
    private enum Finding {
        case accepted(Audited, EntryShape)
        case rejected(String)
    }

    private let arguments: VerifyArguments
    private let finding: Finding

    /// Audits the directory, then judges what stands in the entries: only then are they known to be the log's.
    static func reach(_ arguments: VerifyArguments) -> Verdict {
        var shape = EntryShape()
        do {
            let audited = try DirectoryAudit(directory: arguments.directory, verifier: arguments.verifier)
                .run(since: arguments.since, signedBy: arguments.sinceVerifier) { index, entry in
                    shape.take(entry, at: index)
                }
            let finding = shape.problem.map(Finding.rejected) ?? .accepted(audited, shape)
            return Verdict(arguments: arguments, finding: finding)
        } catch {
            return Verdict(arguments: arguments, finding: .rejected("\(error)"))
        }
    }

    var isAccepted: Bool {
        switch finding {
        case .accepted: true
        case .rejected: false
        }
    }

    /// One line where the log is rejected; else what was checked, what was found, and what all this cannot prove.
    var text: String {
        switch finding {
        case .rejected(let reason): "rejected: \(reason)"
        case .accepted(let audited, let shape): Self.statement(audited, shape)
        }
    }

    /// The same as one line of JSON.
    var json: String {
        let report: Report
        switch finding {
        case .rejected(let reason):
            report = Report(accepted: false, origin: arguments.verifier.name, reason: reason)
        case .accepted(let audited, let shape):
            report = Report(
                accepted: true, origin: audited.checkpoint.origin, size: audited.checkpoint.size,
                root: audited.checkpoint.root.base64, heldSize: audited.earlier?.size,
                firstTime: shape.firstTime?.description, lastTime: shape.lastTime?.description)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(report) else { preconditionFailure("a report can be written as JSON") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private struct Report: Encodable {
        let accepted: Bool
        let origin: String
        var reason: String?
        var size: UInt64?
        var root: String?
        var heldSize: UInt64?
        var firstTime: String?
        var lastTime: String?
    }

    private static func statement(_ audited: Audited, _ shape: EntryShape) -> String {
        let head = audited.checkpoint
        let span = shape.firstTime.flatMap { first in shape.lastTime.map { "\(first) to \($0)" } } ?? "no entry yet"
        let extends = audited.earlier.map { "; and that it extends the \($0.size) entries you held" } ?? ""
        let tail =
            audited.earlier.map { "nor that, beyond the \($0.size) you held, none was cut off the end." }
            ?? "nor, as you gave no earlier checkpoint, that none was cut off the end."
        return """
            accepted: \(head.origin)
            checked:  the signature, by the key you gave; the root, recomputed from \(audited.entryCount) entries;
                      \(audited.tileCount) tiles; each entry's number and time\(extends)
            found:    \(head.size) entries, \(span)
                      root \(head.root.base64)
            This does not prove that every act was logged; nor that others were shown the same log: compare the root;
            \(tail)
            Keep the checkpoint file where the log's host cannot write: it is the next --since.
            """
    }
}
