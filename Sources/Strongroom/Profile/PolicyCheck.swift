import Cedar
public import Foundation

/// One thing that is wrong with a directory of policies.
public struct PolicyFault: Sendable, Codable, Hashable, CustomStringConvertible {
    /// The file it stands in; nil for what is missing.
    public let file: String?
    /// The line, from 1.
    public let line: Int?
    /// The column, from 1.
    public let column: Int?
    /// What is wrong.
    public let message: String
    /// The line of the file, and under it a mark at the column.
    public let snippet: String?

    /// `care.cedar:3:14: expected …, found …`
    public var description: String {
        let place = [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}

/// A case of a table that was decided in another way than the table says.
public struct FailedTest: Sendable, Codable, Hashable {
    /// The table.
    public let file: String
    /// The case.
    public let name: String
    /// What was decided, and what was expected.
    public let message: String
}

/// What checking a directory of policies found.
public struct PolicyReport: Sendable, Codable {
    /// SHA-256 over all that a vault would pin; nil if it does not parse.
    public let digest: String?
    /// The files a vault would pin.
    public let files: [String]
    /// How many policies there are.
    public let policyCount: Int
    /// How many cases of its tables were tried: all, or none where there is a fault.
    public let testCount: Int
    /// Everything for which the set could not come into force.
    public let faults: [PolicyFault]
    /// What the validator would have somebody look at.
    public let warnings: [PolicyFault]
    /// The cases that failed.
    public let failures: [FailedTest]

    /// Whether a vault would take it.
    public var isSound: Bool { faults.isEmpty && failures.isEmpty }

    /// Checks a directory as a vault would before it takes it, without a vault.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` if there is no policy in it, or a file cannot be read.
    public init(directory: URL) throws {
        self = try PolicyCheck(PolicyFolder(directory)).report
    }

    init(
        profile: PolicyProfile?, files: [String], policyCount: Int, testCount: Int, faults: [PolicyFault],
        warnings: [PolicyFault], failures: [FailedTest]
    ) {
        digest = profile?.digest.hexadecimal
        self.files = files
        self.policyCount = policyCount
        self.testCount = testCount
        self.faults = faults
        self.warnings = warnings
        self.failures = failures
    }
}

/// Decides whether a policy set may come into force: it parses, validates strictly against its schema, has every
/// required forbid, keeps the rule of two people, and passes its own tables.
struct PolicyCheck {
    let report: PolicyReport
    /// The set, if it parses.
    let profile: PolicyProfile?

    init(_ folder: PolicyFolder) { self.init(files: folder.files, tables: folder.tables) }

    init(files: [String: Data], tables: [String: Data]) {
        var reader = Reader(files: files)
        let policies = reader.policies()
        let schema = reader.schema()
        let profile = reader.faults.isEmpty ? reader.profile(policies) : nil
        let tables = reader.tables(tables)
        if let profile {
            if let schema { reader.validate(policies, schema) }
            let missing = RequiredForbids.faults(in: policies) + TwoPersonRule.faults(in: profile)
            reader.faults += missing.map { reader.fault($0) }
        }
        // What a set decides that could not come into force says nothing.
        let tried = reader.faults.isEmpty ? tables : []
        let failures = tried.flatMap { name, table in
            table.failures(under: policies).map { FailedTest(file: name, name: $0.name, message: $0.message) }
        }
        self.profile = profile
        report = PolicyReport(
            profile: profile, files: files.keys.sorted(), policyCount: policies.policies.count,
            testCount: tried.reduce(0) { $0 + $1.table.cases.count },
            faults: reader.faults, warnings: reader.warnings, failures: failures)
    }

    /// The set, if it may come into force.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` with the first thing for which it may not, and how many more there are.
    func accepted() throws -> PolicyProfile {
        let every =
            report.faults.map(\.description) + report.failures.map { "test `\($0.name)` of \($0.file): \($0.message)" }
        if let first = every.first {
            throw VaultFault.policies(first + (every.count > 1 ? ", and \(every.count - 1) more" : ""))
        }
        guard let profile else { throw VaultFault.policies("the set does not parse") }
        return profile
    }
}

/// Reads the files of a set one by one and keeps every fault, so that one pass tells all of them.
private struct Reader {
    let files: [String: Data]
    var faults: [PolicyFault] = []
    var warnings: [PolicyFault] = []

    init(files: [String: Data]) { self.files = files }

    mutating func policies() -> PolicySet {
        var set = PolicySet()
        for name in names(".cedar") {
            guard let text = text(name) else { continue }
            do {
                set = try set.adding(file: name, text: text)
            } catch {
                faults.append(fault(error, name))
            }
        }
        return set
    }

    /// The set's one schema.
    mutating func schema() -> Cedar.Schema? {
        let found = names(".cedarschema")
        guard let name = found.first, found.count == 1 else {
            faults.append(fault("there must be one schema, `*.cedarschema`, and there are \(found.count)"))
            return nil
        }
        guard let text = text(name) else { return nil }
        do {
            return try Cedar.Schema(parsing: text)
        } catch {
            faults.append(fault(error, name))
            return nil
        }
    }

    mutating func profile(_ policies: PolicySet) -> PolicyProfile? {
        do {
            return try PolicyProfile(files: files, policies: policies)
        } catch VaultFault.policies(let message) {
            faults.append(fault(message))
        } catch {
            faults.append(fault("\(error)"))
        }
        return nil
    }

    mutating func tables(_ tables: [String: Data]) -> [(name: String, table: DecisionTable)] {
        var read: [(name: String, table: DecisionTable)] = []
        for (name, bytes) in tables.sorted(by: { $0.key < $1.key }) {
            do {
                read.append((name, try DecisionTable(json: [UInt8](bytes))))
            } catch .malformed(let line, let column, let message) {
                faults.append(fault(message, name, line, column))
            } catch {
                faults.append(fault("\(error)", name))
            }
        }
        return read
    }

    /// Holds the policies against their schema, and the schema against what the vault tells.
    mutating func validate(_ policies: PolicySet, _ schema: Cedar.Schema) {
        let found = StrictValidation.run(policies, schema)
        faults += found.faults.map { told($0, policies) }
        warnings += found.warnings.map { told($0, policies) }
        faults += FactsSchema.faults(in: schema).map { fault($0, names(".cedarschema").first) }
    }

    /// A finding at its place in the file: the validator counts lines from the beginning of the policy.
    private func told(_ found: StrictValidation.Finding, _ policies: PolicySet) -> PolicyFault {
        guard let slash = found.policyID.firstIndex(of: "/"), let policy = policies[found.policyID] else {
            return fault(found.message)
        }
        let file = String(found.policyID[..<slash])
        let text = files[file].map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard let start = text.range(of: policy.sourceText)?.lowerBound else {
            return fault("`\(found.policyID)`: \(found.message)", file)
        }
        let before = text[..<start].split(separator: "\n", omittingEmptySubsequences: false)
        let indent = found.line == 1 ? before.last?.unicodeScalars.count ?? 0 : 0
        return fault(found.message, file, max(before.count, 1) - 1 + found.line, found.column + indent)
    }

    func fault(_ message: String, _ file: String? = nil, _ line: Int? = nil, _ column: Int? = nil) -> PolicyFault {
        let snippet = file.flatMap { files[$0] }.flatMap { bytes in
            line.flatMap { Self.snippet(String(decoding: bytes, as: UTF8.self), $0, column ?? 1) }
        }
        return PolicyFault(file: file, line: line, column: column, message: message, snippet: snippet)
    }

    private func names(_ ending: String) -> [String] { files.keys.filter { $0.hasSuffix(ending) }.sorted() }

    private mutating func text(_ name: String) -> String? {
        guard let text = files[name].flatMap({ String(validating: $0, as: UTF8.self) }) else {
            faults.append(fault("this file is not UTF-8 text", name))
            return nil
        }
        return text
    }

    private func fault(_ error: ParseFault, _ file: String) -> PolicyFault {
        PolicyFault(
            file: file, line: error.line, column: error.column, message: error.message, snippet: error.snippet)
    }

    /// The line with its number, and under it a mark at the column, which counts Unicode scalars: the form in which Cedar
    /// shows where it could not read.
    private static func snippet(_ text: String, _ line: Int, _ column: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return nil }
        let gutter = String(repeating: " ", count: "\(line)".count)
        let indent = String(repeating: " ", count: max(0, column - 1))
        return "\(line) | \(lines[line - 1].replacing("\t", with: " "))\n\(gutter) | \(indent)^"
    }
}
