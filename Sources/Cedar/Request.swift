/// The question: may this principal do this action to this resource, in these circumstances?
public struct Request: Hashable, Sendable {
    /// Who asks.
    public let principal: EntityUID
    /// What they would do.
    public let action: EntityUID
    /// What they would do it to.
    public let resource: EntityUID
    /// The circumstances, which policies read as `context`.
    public let context: CedarRecord

    /// A request.
    public init(principal: EntityUID, action: EntityUID, resource: EntityUID, context: CedarRecord = [:]) {
        self.principal = principal
        self.action = action
        self.resource = resource
        self.context = context
    }
}
