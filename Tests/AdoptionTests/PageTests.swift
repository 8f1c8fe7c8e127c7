import Adoption
import Foundation
import Testing

struct PageTests {
    /// The table of the page, as the code has it.
    private var table: String {
        let head = "| event | record | from | to | conditions, in order | warnings |\n|---|---|---|---|---|---|\n"
        return head
            + Lifecycle.table.map { row in
                let cells = [
                    row.event.rawValue, row.kind.rawValue, row.from?.rawValue ?? "(none)", row.to.rawValue,
                    row.requires.map(\.rawValue).joined(separator: ", "),
                    row.warns.map(\.rawValue).joined(separator: ", "),
                ]
                return "| " + cells.joined(separator: " | ") + " |\n"
            }.joined()
    }

    @Test func `the page on the lifecycle shows the table as it is`() throws {
        let page = try page("lifecycle-table")
        let wrong = table.split(separator: "\n").filter { !page.contains("\n\($0)\n") }
        #expect(page.hasSuffix(table), "not in the page:\n\(wrong.joined(separator: "\n"))")
    }

    @Test func `the references a page shows are right`() throws {
        let page = try page("references")
        #expect(PIN("AR-K7M3-Q9XD-H4VB-T8W1") != nil && page.contains("AR-K7M3-Q9XD-H4VB-T8W1"))
        #expect(CareReference("C-A2B3-C4D5-E6F7-G8HB") != nil && page.contains("C-A2B3-C4D5-E6F7-G8HB"))
        #expect(ReturnReference("R-Z9Y8-X7W6-V5T4-S3RV") != nil && page.contains("R-Z9Y8-X7W6-V5T4-S3RV"))
    }

    @Test func `the page on filing names every manner`() throws {
        let page = try page("filing-convention")
        for manner in FilingManner.allCases {
            #expect(page.contains("| `\(manner.rawValue)` | \(manner.takesDocument ? "yes" : "no") |"))
        }
    }

    private func page(_ name: String) throws -> String {
        let pages = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Adoption/Adoption.docc")
        return try String(contentsOf: pages.appending(path: "\(name).md"), encoding: .utf8)
    }
}
