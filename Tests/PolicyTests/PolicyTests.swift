import Cedar
import Foundation
import Testing

/// The shipped policies decide what their tables say: who may, who may not, in which state of a record.
struct PolicyTests {
    @Test(arguments: PolicyTable.names) func `every request of the table is decided as it says`(table: String) throws {
        let table = try PolicyTable.table(table)
        #expect(!table.cases.isEmpty)
        #expect(table.failures(under: try PolicyTable.policies()) == [])
    }

    @Test func `every table is run`() throws {
        let files = try PolicyTable.files("json", in: PolicyTable.folder.appending(path: "tests"))
        #expect(files.map { $0.deletingPathExtension().lastPathComponent } == PolicyTable.names)
    }

    @Test func `every policy has an id of its own, a reason, and a test that it decides`() throws {
        let policies = try PolicyTable.policies().policies
        let ids = policies.compactMap { $0.annotations["id"] }
        #expect(ids.count == policies.count)
        #expect(Set(ids).count == ids.count)
        #expect(policies.allSatisfy { $0.annotations["reason"]?.isEmpty == false })
        let decided = try PolicyTable.everyCase().reduce(into: Set<String>()) { $0.formUnion($1.reasons) }
        #expect(Set(ids).subtracting(decided).isEmpty)
    }
}
