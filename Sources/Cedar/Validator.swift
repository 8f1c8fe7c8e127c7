/// Holds policies against a schema, strictly, as the reference engine does.
///
/// For every action of the schema and every principal and resource it applies to, each policy is typed with these as
/// its variables. A policy that is valid in all of them cannot meet a wrong type or a missing attribute when requests
/// and entities conform to the schema. A misspelt name is found wherever it stands.
///
/// ```swift
/// let schema = try Schema(parsing: schemaText)
/// let report = Validator(schema: schema).validate(try PolicySet(parsing: policyText))
/// guard report.isValid else { throw Refused(report.faults) }
/// ```
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
public struct Validator: Sendable {
    private let schema: StaticSchema

    /// A validator for one schema, which can be used for any number of policy sets.
    public init(schema: Schema) { self.schema = StaticSchema(schema) }

    /// Validates every policy and every template.
    ///
    /// A template is valid when it is for every entity its slots let through. A policy made of a template is held
    /// against the schema only in what fills the slots; all else is the template's.
    public func validate(_ policies: PolicySet) -> ValidationReport {
        var findings = Findings()
        for policy in policies.policies {
            if let link = policy.link {
                let names = NameChecks(of: link, schema: schema)
                findings.add(names.faults.union(applicationFaults(of: policy.body)), of: policy.id, policy.body)
            } else {
                validate(policy.body, named: policy.id, into: &findings)
            }
        }
        for template in policies.templates { validate(template.body, named: template.id, into: &findings) }
        return ValidationReport(faults: findings.faults, warnings: findings.warnings)
    }

    /// How many environments a policy is typed in; with more it is at fault, since a short schema can make any number.
    static let environmentLimit = 1_000_000

    private func validate(_ policy: PolicyBody, named id: String, into findings: inout Findings) {
        guard schema.environmentCount <= Self.environmentLimit else {
            let message = "the schema's actions apply in more than \(Self.environmentLimit) ways, too many to be tried"
            return findings.add([Typechecker.Fault(offset: nil, message: message)], of: id, policy)
        }
        let names = NameChecks(of: policy, schema: schema)
        let types = typeFaults(of: policy)
        let faults = names.faults.union(types.faults).union(applicationFaults(of: policy))
        findings.add(faults, of: id, policy)
        if faults.isEmpty, !types.canApply {
            findings.warnings.append(
                ValidationWarning(policyID: id, message: "the policy can never apply to a valid request"))
        }
        if DirectionCheck.finds(in: policy) {
            findings.warnings.append(
                ValidationWarning(policyID: id, message: "a text of the policy turns the direction of writing"))
        }
    }

    private func applicationFaults(of policy: PolicyBody) -> Set<Typechecker.Fault> {
        guard !ActionApplication(schema: schema).isPossible(for: policy.scope) else { return [] }
        let message = "no action of the schema applies to such a principal and such a resource"
        return [Typechecker.Fault(offset: nil, message: message)]
    }

    /// Types the policy in every environment.
    private func typeFaults(of policy: PolicyBody) -> (faults: Set<Typechecker.Fault>, canApply: Bool) {
        var checker = Typechecker(schema: schema)
        var canApply = false
        for request in schema.requests {
            for principal in request.principals {
                for resource in request.resources {
                    let environment = Typechecker.Environment(
                        principal: principal, action: request.action, resource: resource, context: request.context)
                    if checker.truth(of: policy, in: environment) != false { canApply = true }
                }
            }
        }
        return (checker.faults, canApply)
    }
}

/// What is found, put in order and given its place in the text.
private struct Findings {
    var faults: [ValidationFault] = []
    var warnings: [ValidationWarning] = []

    mutating func add(_ found: Set<Typechecker.Fault>, of id: String, _ policy: PolicyBody) {
        guard !found.isEmpty else { return }
        var position = TextPosition(in: Array(policy.sourceText.utf8))
        let sorted = found.sorted { ($0.offset ?? -1, $0.message) < ($1.offset ?? -1, $1.message) }
        for fault in sorted {
            position.advance(to: (fault.offset ?? 0) - policy.offset)
            faults.append(
                ValidationFault(policyID: id, message: fault.message, line: position.line, column: position.column))
        }
    }
}
