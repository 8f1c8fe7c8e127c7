import Cedar
import Testing

@Suite struct PolicySetTests {
    let twoPolicies = """
        // who may read
        @id("staff-read")
        @reason("they must")
        @draft
        permit(principal, action, resource)
            when { principal.active };

        forbid(principal, action, resource); // the end
        """

    @Test func `policies of one text are named by their place, and an id annotation is only a label`() throws {
        let set = try PolicySet(parsing: twoPolicies)
        #expect(set.policies.map(\.id) == ["policy0", "policy1"])
        #expect(set.policies.map(\.effect) == [.permit, .forbid])
    }

    @Test func `annotations and the text of a policy are kept`() throws {
        let policy = try #require(try PolicySet(parsing: twoPolicies)["policy0"])
        #expect(policy.annotations == ["id": "staff-read", "reason": "they must", "draft": ""])
        #expect(policy.sourceText.hasPrefix("@id(\"staff-read\")"))
        #expect(policy.sourceText.hasSuffix("when { principal.active };"))
    }

    @Test func `policies of files are named after file and annotation, or place`() throws {
        let set = try PolicySet(files: [
            ("care.cedar", twoPolicies), ("log.cedar", "permit(principal,action,resource);"),
        ])
        #expect(set.policies.map(\.id) == ["care.cedar/staff-read", "care.cedar/1", "log.cedar/0"])
        #expect(set["log.cedar/0"]?.effect == .permit)
        #expect(set["log.cedar/1"] == nil)
    }

    @Test func `two policies of one name in one file are refused, where the second begins`() throws {
        let text = "@id(\"a\") permit(principal,action,resource);\n @id(\"a\") forbid(principal,action,resource);"
        let fault = #expect(throws: ParseFault.self) { try PolicySet(files: [("a.cedar", text)]) }
        #expect(fault?.description == "a.cedar:2:2: two policies are called `a.cedar/a`")
    }
}
