import Cedar
import Testing

@Suite struct AuthorizerTests {
    let world: World

    init() throws { world = try World() }

    let permit = "permit(principal,action,resource);"
    let forbid = "forbid(principal,action,resource);"
    let idlePermit = "permit(principal,action,resource) when {false};"
    let wrongPermit = "permit(principal,action,resource) when {1};"
    let wrongForbid = "forbid(principal,action,resource) when {context.missing};"

    @Test func `without a policy everything is denied`() throws {
        let response = try world.decide("")
        #expect(response.decision == .deny)
        #expect(response.reasons.isEmpty && response.errors.isEmpty)
    }

    @Test func `a satisfied permit allows and is the reason`() throws {
        let response = try world.decide(idlePermit + permit + permit)
        #expect(response.decision == .allow)
        #expect(response.reasons == ["policy1", "policy2"])
    }

    @Test func `a satisfied forbid denies wherever it stands and is the only reason`() throws {
        for text in [permit + forbid, forbid + permit, permit + forbid + permit] {
            let response = try world.decide(text)
            #expect(response.decision == .deny)
            #expect(response.reasons.count == 1)
        }
        #expect(try world.decide(permit + forbid).reasons == ["policy1"])
    }

    @Test func `a denial for want of a permit has no reason`() throws {
        #expect(try world.decide(idlePermit).reasons.isEmpty)
    }

    @Test func `a permit in error does not allow and is reported`() throws {
        let response = try world.decide(wrongPermit)
        #expect(response.decision == .deny)
        #expect(response.errors.map(\.policyID) == ["policy0"])
        #expect(response.errors.first?.effect == .permit)
        #expect(response.errors.first?.message == "expected bool, found long")
    }

    @Test func `a forbid in error no longer forbids, and says that it was one`() throws {
        let response = try world.decide(wrongForbid + permit)
        #expect(response.decision == .allow)
        #expect(response.reasons == ["policy1"])
        #expect(response.errors.first?.effect == .forbid)
        #expect(response.errors.first?.fault == .missingAttribute("missing"))
    }

    @Test func `an error is reported whatever the decision`() throws {
        #expect(try world.decide(wrongForbid + forbid).errors.count == 1)
        #expect(try world.decide(wrongPermit + permit).errors.count == 1)
        #expect(try world.decide(wrongPermit + idlePermit).errors.count == 1)
    }

    @Test func `conditions are taken in order and no further than the first that fails`() throws {
        let head = "permit(principal,action,resource)"
        #expect(try world.decide("\(head) when {false} when {1};").errors.isEmpty)
        #expect(try world.decide("\(head) when {1} when {false};").errors.count == 1)
        #expect(try world.decide("\(head) unless {true} unless {1};").errors.isEmpty)
        #expect(try world.decide("\(head) when {true} unless {false} when {true};").decision == .allow)
    }

    @Test func `a scope that does not fit keeps the conditions unread`() throws {
        #expect(try world.decide("permit(principal == Staff::\"bob\",action,resource) when {1};").errors.isEmpty)
    }

    @Test(arguments: [
        ("principal", true), ("principal == Staff::\"ada\"", true), ("principal == Staff::\"bob\"", false),
        ("principal == N::Staff::\"ada\"", false), ("principal in Staff::\"ada\"", true),
        ("principal in Group::\"office\"", true), ("principal in Group::\"absent\"", true),
        ("principal in Group::\"other\"", false), ("principal is Staff", true), ("principal is Group", false),
        ("principal is N::Staff", false), ("principal is Staff in Group::\"team\"", true),
        ("principal is Staff in Group::\"other\"", false), ("principal is Group in Group::\"team\"", false),
    ])
    func `the scope's principal is matched`(constraint: String, fits: Bool) throws {
        let response = try world.decide("permit(\(constraint), action, resource);")
        #expect((response.decision == .allow) == fits)
    }

    @Test(arguments: [
        ("action", true), ("action == Action::\"show\"", true), ("action == Action::\"read\"", false),
        ("action in Action::\"read\"", true), ("action in Action::\"show\"", true), ("action in []", false),
        ("action in [Action::\"write\", Action::\"read\"]", true), ("action in [Action::\"write\"]", false),
    ])
    func `the scope's action is matched`(constraint: String, fits: Bool) throws {
        let response = try world.decide("permit(principal, \(constraint), resource);")
        #expect((response.decision == .allow) == fits)
    }

    @Test func `principal, action and resource need not be among the entities`() throws {
        let uid = EntityUID(type: "Staff", id: "nobody")
        let request = Request(principal: uid, action: uid, resource: uid)
        let policies = try PolicySet(parsing: "permit(principal is Staff, action, resource == Staff::\"nobody\");")
        #expect(Authorizer.isAuthorized(request, policies: policies, entities: Entities()).decision == .allow)
    }
}
