import Cedar
import Testing

@Suite struct TemplateTests {
    let text = """
        @id("reads") @draft
        permit(principal == ?principal, action, resource in ?resource) when { resource has open };
        forbid(principal, action == Action::"erase", resource);
        permit(principal is Staff in ?principal, action, resource);
        """
    let ada = EntityUID(type: "Staff", id: "ada")
    let team = EntityUID(type: "Group", id: "team")
    let show = EntityUID(type: "Action", id: "show")
    let card = EntityUID(type: "Card", id: "1")

    private func linkingFault(_ link: () throws -> PolicySet) -> LinkingFault? {
        do {
            _ = try link()
            return nil
        } catch {
            return error as? LinkingFault
        }
    }

    @Test func `every scope of the vectors is a policy, a template or refused as the reference engine has it`() throws {
        for url in try Vector.all(in: "templates", extension: "txt") {
            let vector = try Vector(url)
            for line in vector.cases {
                let set = try? PolicySet(parsing: String(line.text))
                let found = set.map { $0.templates.isEmpty ? "policy" : "template" } ?? "refused"
                #expect(found == line.expectation, "\(vector.name):\(line.line): \(line.text)")
                if let set { #expect(set.policies.count + set.templates.count == 1) }
            }
        }
    }

    @Test func `templates count in the names by place, and are kept apart`() throws {
        let set = try PolicySet(parsing: text)
        #expect(set.policies.map(\.id) == ["policy1"])
        #expect(set.templates.map(\.id) == ["policy0", "policy2"])
        #expect(set.templates.map(\.slots) == [[.principal, .resource], [.principal]])
        #expect(set.template("policy0")?.annotations == ["id": "reads", "draft": ""])
        #expect(set.template("policy1") == nil)
        #expect(set["policy0"] == nil)
    }

    @Test func `templates of files are named as policies are`() throws {
        let set = try PolicySet(files: [("a.cedar", text), ("b.cedar", text)])
        #expect(set.policies.map(\.id) == ["a.cedar/1", "b.cedar/1"])
        #expect(set.templates.map(\.id) == ["a.cedar/reads", "a.cedar/2", "b.cedar/reads", "b.cedar/2"])
        let twice =
            "@id(\"a\") permit(principal == ?principal,action,resource);@id(\"a\") permit(principal,action,resource);"
        #expect(throws: ParseFault.self) { try PolicySet(files: [("a.cedar", twice)]) }
    }

    @Test func `a template decides nothing until it is linked, and then for the linked entities alone`() throws {
        let set = try PolicySet(parsing: text)
        let entities = try Entities([
            Entity(uid: card, attributes: ["open": true], parents: [team]), Entity(uid: ada),
        ])
        func decide(_ set: PolicySet, as principal: EntityUID) -> Response {
            Authorizer.isAuthorized(
                Request(principal: principal, action: show, resource: card), policies: set, entities: entities)
        }
        #expect(decide(set, as: ada).decision == .deny)
        let linked = try set.linking(
            template: "policy0", as: "ada-reads", values: [.principal: ada, .resource: team])
        #expect(decide(linked, as: ada).decision == .allow)
        #expect(decide(linked, as: ada).reasons == ["ada-reads"])
        #expect(decide(linked, as: EntityUID(type: "Staff", id: "bob")).decision == .deny)
        #expect(decide(set, as: ada).decision == .deny, "the first set is as it was")
        let members = try set.linking(template: "policy2", as: "m", values: [.principal: ada])
        #expect(decide(members, as: ada).reasons == ["m"])
    }

    @Test func `a linked policy says where it comes from and inherits the annotations`() throws {
        let set = try PolicySet(parsing: text)
            .linking(template: "policy0", as: "x", values: [.principal: ada, .resource: team])
            .linking(template: "policy0", as: "y", values: [.principal: ada, .resource: card])
        #expect(set.policies.map(\.id) == ["policy1", "x", "y"])
        #expect(set.templates.map(\.id) == ["policy0", "policy2"])
        let policy = try #require(set["y"])
        #expect(policy.link?.templateID == "policy0")
        #expect(policy.link?.values == [.principal: ada, .resource: card])
        #expect(policy.annotations == ["id": "reads", "draft": ""])
        #expect(set["policy1"]?.link == nil)
    }

    @Test func `a link that does not fit is refused, and says why`() throws {
        let set = try PolicySet(parsing: text)
            .linking(template: "policy0", as: "x", values: [.principal: ada, .resource: team])
        let both: [Slot: EntityUID] = [.principal: ada, .resource: team]
        #expect(linkingFault { try set.linking(template: "none", as: "y", values: both) } == .unknownTemplate("none"))
        #expect(
            linkingFault { try set.linking(template: "policy1", as: "y", values: [:]) } == .unknownTemplate("policy1"))
        #expect(linkingFault { try set.linking(template: "x", as: "y", values: both) } == .unknownTemplate("x"))
        #expect(
            linkingFault { try set.linking(template: "policy0", as: "y", values: [.principal: ada]) }
                == .missingValue(.resource))
        #expect(linkingFault { try set.linking(template: "policy2", as: "y", values: both) } == .extraValue(.resource))
        for taken in ["x", "policy0", "policy1", "policy2"] {
            #expect(linkingFault { try set.linking(template: "policy0", as: taken, values: both) } == .nameTaken(taken))
        }
        #expect(linkingFault { try set.linking(template: "policy0", as: "", values: both) } == nil)
        #expect(LinkingFault.missingValue(.resource).description == "no value is given for `?resource`")
    }

    @Test(arguments: [
        ("permit(principal == ?resource, action, resource);", "1:21: the slot here is `?principal`, not `?resource`"),
        ("permit(principal, action, resource in ?r);", "1:39: the slot here is `?resource`, not `?r`"),
        (
            "permit(principal, action in [?action], resource);",
            "1:30: an action has no slot, so `?action` cannot stand here"
        ),
        (
            "permit(principal == ?principal, action, resource) when { ?principal has a };",
            "1:58: `?principal` may stand only in the scope of a template"
        ),
    ])
    func `a slot out of place is refused where it stands`(text: String, description: String) {
        #expect(faultOfParsing(text)?.description == description)
    }
}
