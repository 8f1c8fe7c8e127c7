/// The policies a request is decided by.
public struct PolicySet: Sendable {
    /// The policies in the order they were written.
    public var policies: [Policy] { compiled.policies }

    let compiled: CompiledPolicies

    private init(_ policies: [Policy]) { compiled = CompiledPolicies(policies) }

    /// A set without a policy, which denies everything.
    public init() { self.init([]) }

    /// Reads policies from one text and names them by their place: `policy0`, `policy1`, …
    ///
    /// - Throws: ``ParseFault`` at the first thing that is not Cedar; templates are refused.
    public init(parsing text: String) throws(ParseFault) {
        self.init(try Parser.policies(in: text).enumerated().map { $0.element.named("policy\($0.offset)") })
    }

    /// Reads policies from several files, each policy named after its file: `care.cedar/closed-never-opens` for one
    /// with `@id("closed-never-opens")`, `care.cedar/2` for the third of the file without `@id`.
    ///
    /// - Throws: ``ParseFault`` with the file's name, also when two policies would bear the same name.
    public init(files: [(name: String, text: String)]) throws(ParseFault) {
        self.init()
        for file in files { self = try adding(file: file.name, text: file.text) }
    }

    /// This set and the policies of one more file, named as in ``init(files:)``.
    ///
    /// - Throws: ``ParseFault`` with the file's name, also when two policies would bear the same name.
    public func adding(file name: String, text: String) throws(ParseFault) -> PolicySet {
        var parsed: [Policy] = []
        do {
            parsed = try Parser.policies(in: text)
        } catch {
            throw error.inFile(name)
        }
        var result = policies
        var taken = Set(policies.map { CedarString($0.id) })
        for (place, policy) in parsed.enumerated() {
            let id = "\(name)/\(policy.annotations["id"] ?? String(place))"
            guard taken.insert(CedarString(id)).inserted else {
                throw ParseFault("two policies are called `\(id)`", at: policy.offset, in: Array(text.utf8)).inFile(
                    name)
            }
            result.append(policy.named(id))
        }
        return PolicySet(result)
    }

    /// The policy of this name, or nil.
    public subscript(id: String) -> Policy? { policies.first { $0.id.hasSameBytes(as: id) } }
}
