public import Cedar

/// What is done with whatever a fuzzed text was read as. Each does the whole of what the room offers, and traps where a
/// promise of it is broken.

/// Prints, writes as JSON, reads both again, decides and validates.
public func exercise(_ policies: PolicySet) {
    let printed = policies.description
    do {
        let again = try PolicySet(parsing: printed)
        precondition(again.description == printed, "printed otherwise the second time")
        precondition(
            again.policies.count + again.templates.count == policies.policies.count + policies.templates.count,
            "a policy was lost in printing")
    } catch {
        fatalError("what was printed is not Cedar: \(error)\n\(printed)")
    }
    // A policy may nest deeper than JSON may; then it has no such form.
    if let est = try? policies.est {
        do {
            let again = try PolicySet(est: Array(est.text.utf8)).est
            precondition(again == est, "written as other JSON the second time")
        } catch {
            fatalError("what was written is not the JSON form: \(error)\n\(est.text)")
        }
    }
    for request in World.requests { decide(request, policies, World.entities) }
    validate(policies, by: World.schema)
}

/// Validates fixed policies, and reads fixed entities by the schema.
public func exercise(_ schema: Schema) {
    validate(World.policies, by: schema)
    if let entities = try? Entities(json: World.entitiesJSON, schema: schema) {
        for request in World.requests { decide(request, World.policies, entities) }
    }
}

private func validate(_ policies: PolicySet, by schema: Schema) {
    let report = Validator(schema: schema).validate(policies)
    precondition(report.isValid == report.faults.isEmpty, "valid with faults")
    for fault in report.faults {
        precondition(
            policies[fault.policyID] != nil || policies.template(fault.policyID) != nil, "a fault of no policy")
    }
}

/// Decides by fixed policies among the entities.
public func exercise(_ entities: Entities) {
    for request in World.requests { decide(request, World.policies, entities) }
}

/// Decides, and checks the answer against what the language promises of every answer.
public func decide(_ request: Request, _ policies: PolicySet, _ entities: Entities) {
    let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
    let effects = Set(response.reasons.compactMap { policies[$0]?.effect })
    switch response.decision {
    case .allow: precondition(effects == [.permit], "allowed for no permit")
    case .deny: precondition(effects.isSubset(of: [.forbid]), "denied for a permit")
    }
    let erring = Set(response.errors.map(\.policyID))
    precondition(erring.isDisjoint(with: response.reasons), "a policy that erred is a reason")
    precondition(erring.count == response.errors.count, "a policy erred twice")
}

/// A fault must lie within the text.
public func expectPlace(of fault: ParseFault, in text: String) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    precondition((1...max(1, lines.count)).contains(fault.line), "line \(fault.line) of \(lines.count)")
    precondition(fault.column >= 1 && fault.column <= lines[fault.line - 1].count + 1, "column \(fault.column)")
}
