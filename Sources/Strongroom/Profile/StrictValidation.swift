import Cedar

/// The one place where a set is held against its schema.
enum StrictValidation {
    /// Something the validator found in one policy, its place counted from the beginning of the policy.
    struct Finding {
        let policyID: String
        let message: String
        let line: Int
        let column: Int
    }

    static func run(_ policies: PolicySet, _ schema: Cedar.Schema) -> (faults: [Finding], warnings: [Finding]) {
        let report = Validator(schema: schema).validate(policies)
        return (
            report.faults.map {
                Finding(policyID: $0.policyID, message: $0.message, line: $0.line, column: $0.column)
            },
            report.warnings.map { Finding(policyID: $0.policyID, message: $0.message, line: 1, column: 1) }
        )
    }
}
