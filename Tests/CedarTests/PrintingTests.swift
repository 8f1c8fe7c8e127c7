import Cedar
import Testing

@Suite struct PrintingTests {
    /// The condition of a policy, printed.
    private func printed(_ expression: String) throws -> String {
        let text = try PolicySet(parsing: "permit (principal, action, resource) when { \(expression) };").description
        return String(text.dropFirst("permit (principal, action, resource)\nwhen { ".count).dropLast(" };\n".count))
    }

    @Test func `every expression of the vectors is printed as they have it`() throws {
        var count = 0
        for url in try Vector.all(in: "printing", extension: "txt") {
            let vector = try Vector(url)
            for line in vector.cases {
                let place = "\(vector.name):\(line.line)"
                let sides = (line.expectation + " " + line.text).split(separator: " => ", maxSplits: 1)
                try #require(sides.count == 2, "\(place)")
                #expect(try printed(String(sides[0])) == String(sides[1]), "\(place)")
                count += 1
            }
        }
        #expect(count > 60)
    }

    @Test func `what is read from a printed set is that set, whatever the set`() throws {
        for seed in 1...1_000 as ClosedRange<UInt64> {
            var writer = PolicyWriter(seed: seed)
            let text = writer.policies()
            let set = try PolicySet(parsing: text)
            let printed = set.description
            try #require(try PolicySet(parsing: printed) == set, "seed \(seed): \(text)")
            #expect(try PolicySet(parsing: printed).description == printed, "seed \(seed): \(text)")
        }
    }

    @Test func `what is read from a printed expression of the vectors is that expression`() throws {
        for url in try Vector.all(in: "expressions", extension: "txt") {
            for line in try Vector(url).cases where line.expectation != "refused" {
                let set = try PolicySet(parsing: "permit(principal,action,resource) when {\(line.text)};")
                #expect(try PolicySet(parsing: set.description) == set, "\(line.text)")
            }
        }
    }

    @Test func `a policy is printed with its annotations in order, one part a line`() throws {
        let set = try PolicySet(
            parsing: """
                @why("to \\u{301}") @draft @empty("") permit(principal is Staff,action in [Action::"a",Action::"b",],resource,)
                unless{true}when{1==1};forbid(principal==?principal,action,resource in(?resource));
                """)
        #expect(
            set.description == """
                @draft
                @empty("")
                @why("to \\u{301}")
                permit (principal is Staff, action in [Action::"a", Action::"b"], resource)
                unless { true }
                when { 1 == 1 };

                forbid (principal == ?principal, action, resource in ?resource);

                """)
        #expect(
            set.templates.map(\.description) == ["forbid (principal == ?principal, action, resource in ?resource);"])
    }

    @Test func `long scopes and long chains are broken into lines`() throws {
        let long = String(repeating: "x", count: 60)
        let set = try PolicySet(
            parsing: """
                permit(principal == U::"\(long)", action, resource == U::"\(long)")
                when { context.\(long) || principal has a && true || context.\(long) };
                """)
        #expect(
            set.description == """
                permit (
                    principal == U::"\(long)",
                    action,
                    resource == U::"\(long)"
                )
                when {
                    context.\(long) ||
                    principal has a && true ||
                    context.\(long)
                };

                """)
        #expect(try PolicySet(parsing: set.description) == set)
    }

    @Test func `a linked policy is printed with its slots filled`() throws {
        let ada = EntityUID(type: "Staff", id: "a\"da")
        let set = try PolicySet(parsing: "permit(principal is Staff in ?principal, action, resource == ?resource);")
            .linking(template: "policy0", as: "x", values: [.principal: ada, .resource: ada])
        #expect(
            set["x"]?.description
                == #"permit (principal is Staff in Staff::"a\"da", action, resource == Staff::"a\"da");"#)
        #expect(try PolicySet(parsing: set.description).policies.count == 1)
    }

    @Test func `nesting as deep as the parser allows is printed and read back`() throws {
        func nested(_ open: String, _ inner: String, _ close: String) -> String {
            let depth = 250
            return "permit(principal,action,resource) when {\(String(repeating: open, count: depth))\(inner)"
                + "\(String(repeating: close, count: depth))};"
        }
        for (open, inner, close) in [
            ("!(", "true", ")"), ("-(", "1", ")"), ("[", "1", "]"), ("{a:", "1", "}"), ("(1 == ", "1", ")"),
            ("if true then ", "true", " else true"), ("(1 + ", "1", ")"), ("", "(-1)", ".a"), ("(true || ", "1", ")"),
        ] {
            let set = try PolicySet(parsing: nested(open, inner, close))
            #expect(try PolicySet(parsing: set.description) == set)
        }
        let chain = Array(repeating: "true", count: 100_000).joined(separator: "&&")
        let set = try PolicySet(parsing: "permit(principal,action,resource) when {\(chain)};")
        #expect(try PolicySet(parsing: set.description) == set)
    }

    @Test func `sets that differ in anything but the writing are different`() throws {
        let head = "permit(principal,action,resource) when "
        for (one, other) in [
            ("{-1 == 1}", "{-(1) == 1}"), ("{1 + 2 - 3 == 1}", "{1 + (2 - 3) == 1}"),
            ("{\"é\" == 1}", "{\"e\u{301}\" == 1}"),
            ("{1 == 1}", "{1 != 1}"), ("{principal has a}", "{principal has b}"), ("{[1, 2] == 1}", "{[2, 1] == 1}"),
            ("{\"\" like \"*\"}", "{\"\" like \"\\*\"}"), ("{true && true}", "{true || true}"),
        ] {
            #expect(try PolicySet(parsing: head + one + ";") != PolicySet(parsing: head + other + ";"), "\(one)")
        }
        #expect(
            try PolicySet(parsing: head + "{ (1) == 1};") == PolicySet(parsing: head + "{1 == 1 // one\n};"),
            "blanks, comments and needless parentheses do not count")
    }
}
