import Cedar

/// The small world in which the tests ask their questions: the entities and the request of Tests/Vectors/cedar.
struct World {
    enum Outcome: String {
        /// The condition holds, or does not.
        case `true`, `false`
        /// The policy cannot be evaluated.
        case error
        /// The text is not Cedar.
        case refused
    }

    let entities: Entities
    let request: Request

    init() throws {
        entities = try Entities(json: Vector.bytes("entities.json"))
        request = try Request(json: Vector.bytes("request.json"))
    }

    /// What becomes of an expression as the condition of a permit.
    func outcome(of expression: some StringProtocol) -> Outcome {
        guard let response = try? decide("permit(principal,action,resource) when {\(expression)};") else {
            return .refused
        }
        if !response.errors.isEmpty { return .error }
        return response.decision == .allow ? .true : .false
    }

    /// The answer to the world's request by these policies.
    func decide(_ policies: String) throws(ParseFault) -> Response {
        Authorizer.isAuthorized(request, policies: try PolicySet(parsing: policies), entities: entities)
    }
}

/// The fault of reading policies, or nil if they are Cedar.
func faultOfParsing(_ text: String) -> ParseFault? {
    do {
        _ = try PolicySet(parsing: text)
        return nil
    } catch {
        return error
    }
}
