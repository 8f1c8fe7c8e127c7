import Foundation
import Testing

/// Cases once made by the generator, or by hand where this implementation and the reference were found to part, with
/// the reference engine's answers kept beside them: no Python is needed.
@Suite struct GeneratedVectorTests {
    @Test(arguments: ["generated", "divergences", "sets"])
    func `the kept cases come out as the reference engine had them`(folder: String) throws {
        for url in try Vector.all(in: folder, extension: "jsonl") {
            var run = GeneratedRun()
            for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
                try run.read(String(line))
            }
            #expect(run.worldCount > 0, "\(url.lastPathComponent)")
            for report in run.reports { Issue.record("\(url.lastPathComponent): \(report)") }
        }
    }
}
