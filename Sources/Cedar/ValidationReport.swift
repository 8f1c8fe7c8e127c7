/// What a validator found: faults, which make the policies invalid, and warnings, which do not.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
public struct ValidationReport: Hashable, Sendable {
    /// What contradicts the schema, in the order of the policies, then of the templates, and within each of the text.
    public let faults: [ValidationFault]
    /// What agrees with the schema and is likely not meant.
    public let warnings: [ValidationWarning]

    /// True when there is no fault. Evaluating a valid policy on a request and entities that conform to the schema
    /// fails by overflow or by an entity that is not there, and in no other way.
    public var isValid: Bool { faults.isEmpty }
}

/// One contradiction between a policy and the schema.
///
/// The message is lower-case, without a full stop, and quotes only the policy and the schema.
public struct ValidationFault: Hashable, Sendable {
    /// The name of the policy or template.
    public let policyID: String
    /// What is wrong.
    public let message: String
    /// The line in the policy's own text, from 1; the policy's first line where the fault lies in its head.
    public let line: Int
    /// The column in that line, from 1, counted in Unicode scalars.
    public let column: Int
}

/// Something in a policy that is allowed and likely not meant.
public struct ValidationWarning: Hashable, Sendable {
    /// The name of the policy or template.
    public let policyID: String
    /// What was noticed.
    public let message: String
}

extension ValidationFault: CustomStringConvertible {
    /// `policy0:2:14: …`
    public var description: String { "\(policyID):\(line):\(column): \(message)" }
}

extension ValidationWarning: CustomStringConvertible {
    /// `policy0: …`
    public var description: String { "\(policyID): \(message)" }
}
