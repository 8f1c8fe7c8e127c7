import Cedar
import Foundation
import Testing

@Suite struct ValidatorTests {
    static let schema = """
        entity Team in [Team];
        entity Staff in [Team] {active: Bool, nickname?: String, manager?: Staff, shade: Colour} tags String;
        entity Record in [Team] {owner: Staff, level?: Long};
        entity Colour enum ["red", "blue"];
        action all;
        action show in [all] appliesTo {principal: Staff, resource: Record, context: {reason?: String}};
        action note in [all] appliesTo {principal: [Staff, Team], resource: Record, context: {}};
        """

    private func report(_ policies: String) throws -> ValidationReport {
        Validator(schema: try Schema(parsing: Self.schema)).validate(try PolicySet(parsing: policies))
    }

    /// The only fault of policies, as it is told.
    private func fault(_ policies: String) throws -> String {
        let faults = try report(policies).faults
        #expect(faults.count == 1, "\(faults)")
        return faults.first?.description ?? ""
    }

    /// The only fault of a condition on showing a record, without its place.
    private func message(_ condition: String) throws -> String {
        let faults = try report(
            "permit(principal is Staff, action == Action::\"show\", resource is Record) when {\(condition)};"
        ).faults
        #expect(faults.count == 1, "\(faults)")
        return faults.first?.message ?? ""
    }

    @Test func `every policy of the vectors is valid or invalid as the reference engine has it`() throws {
        var count = 0
        for url in try Vector.all(in: "validation", extension: "txt") {
            let vector = try ValidationVector(url)
            let validator = Validator(schema: try Schema(parsing: vector.schema))
            for line in vector.cases {
                let report = validator.validate(try PolicySet(parsing: String(line.policy)))
                #expect(report.isValid == line.isValid, "\(vector.name):\(line.line): \(line.policy) \(report.faults)")
                count += 1
            }
        }
        #expect(count > 1_500)
    }

    @Test func `a fault says which policy, where in its text, and what is wrong`() throws {
        let text = """
            permit(principal, action, resource);
            // the second is wrong
            permit(principal is Staff, action, resource)
            when { principal.active &&
                   principal.height > 3 };
            """
        #expect(try fault(text) == "policy1:3:8: `Staff` has no attribute `height`")
    }

    @Test func `a fault in the head is told at the policy's first line`() throws {
        #expect(
            try report("\n permit(principal is Stuff, action, resource);").faults.map(\.description) == [
                "policy0:1:1: no action of the schema applies to such a principal and such a resource",
                "policy0:1:1: the entity type `Stuff` is not in the schema",
            ])
    }

    @Test func `a fault found for several actions is told once`() throws {
        #expect(
            try fault("permit(principal is Staff, action, resource) when {principal.nickname == 1};")
                == "policy0:1:52: the attribute `nickname` may be absent; ask with `has` first")
    }

    @Test(arguments: [
        ("1", "expected `Bool`, found `Long`"),
        ("1 < principal", "expected `Long`, found `Staff`"),
        ("\"a\" < \"b\"", "expected `Long`, `datetime` or `duration`, found `String`"),
        ("principal.active + 1 == 1", "expected `Long`, found `Bool`"),
        ("principal.active == context", "`Bool` and `{reason?: String}` are never equal"),
        ("[1, \"a\"].contains(1)", "a set cannot hold both `Long` and `String`"),
        ("[].isEmpty()", "an empty set has no type"),
        ("[1].contains(\"a\")", "a set of `Long` never contains `String`"),
        ("[1].containsAny([\"a\"])", "`containsAny` cannot compare sets of `Long` and of `String`"),
        (
            "(if principal.active then 1 else \"a\") == 1",
            "the branches of this `if` have different types, `Long` and `String`"
        ),
        ("principal in 1", "expected an entity or a set of them, found `Long`"),
        ("1 in principal", "expected an entity, found `Long`"),
        ("1.active", "expected a record or an entity, found `Long`"),
        ("principal.isEmpty()", "expected a set, found `Staff`"),
        ("principal.getTag(\"desk\") == \"a\"", "the tag may be absent; ask with `hasTag` first"),
        ("resource.getTag(\"desk\") == \"a\"", "`Record` has no tags"),
        ("ip(principal.nickname).isIpv4()", "`ip` takes a text written out, nothing computed"),
        ("ip(\"1.2.3\").isIpv4()", "`ip` cannot read `1.2.3`"),
        ("ip(\"::1\").isIpv4(1)", "`isIpv4` takes 0 values, not 1"),
        ("decimal(\"1.0\").lessThan(1)", "expected `decimal`, found `Long`"),
        ("Colour::\"green\" == principal.shade", "`Colour::\"green\"` is none of the entities the schema lists"),
        ("Action::\"hide\" == action", "the action `Action::\"hide\"` is not in the schema"),
        ("principal == Stuff::\"a\"", "the entity type `Stuff` is not in the schema"),
        ("false && resource is Stuff", "the entity type `Stuff` is not in the schema"),
    ])
    func `a fault is told in words`(condition: String, wanted: String) throws {
        #expect(try message(condition).hasPrefix(wanted))
    }

    @Test func `a policy that can never apply is valid and warned of`() throws {
        let never = try report(
            "permit(principal is Team, action == Action::\"note\", resource) when {principal is Staff};")
        #expect(never.isValid)
        #expect(never.warnings.map(\.description) == ["policy0: the policy can never apply to a valid request"])
        #expect(try report("permit(principal, action, resource) when {principal is Staff};").warnings.isEmpty)
    }

    @Test func `what is never reached need not have a type`() throws {
        #expect(
            try report("permit(principal, action, resource) when {principal is Staff && principal.active};").isValid)
        #expect(try report("permit(principal, action, resource) when {!(principal is Record && 1)};").isValid)
        #expect(try !report("permit(principal, action, resource) when {1 && principal is Record};").isValid)
    }

    @Test func `a template is valid when it is for everything its slots let through`() throws {
        #expect(
            try report("permit(principal == ?principal, action, resource in ?resource) when {principal is Staff};")
                .isValid)
        #expect(try !report("permit(principal == ?principal, action, resource) when {principal.active};").isValid)
        #expect(try !report("permit(principal is Stuff in ?principal, action, resource);").isValid)
    }

    @Test func `a linked policy is held against the schema in what fills its slots`() throws {
        let validator = Validator(schema: try Schema(parsing: Self.schema))
        let set = try PolicySet(parsing: "permit(principal == ?principal, action == Action::\"show\", resource);")
        func link(_ type: String) throws -> [String] {
            let linked = try set.linking(
                template: "policy0", as: "link", values: [.principal: EntityUID(type: type, id: "x")])
            return validator.validate(linked).faults.map(\.description)
        }
        #expect(try link("Staff") == [])
        #expect(
            try link("Team") == ["link:1:1: no action of the schema applies to such a principal and such a resource"])
        #expect(try link("Stuff").contains("link:1:1: the entity type `Stuff` is not in the schema"))
    }

    @Test func `without an action nothing is valid`() throws {
        let report = Validator(schema: try Schema(parsing: "entity A;")).validate(
            try PolicySet(parsing: "permit(principal, action, resource);"))
        #expect(!report.isValid)
    }

    @Test func `policies as deep and as long as can be read are validated`() throws {
        let deep = String(repeating: "!(", count: 200) + "principal.active" + String(repeating: ")", count: 200)
        let nested =
            String(repeating: "(if principal.active then ", count: 100) + "principal"
            + String(repeating: " else principal)", count: 100)
        let chain = Array(repeating: "principal.active", count: 20_000)
        let asked = Array(repeating: "principal has manager", count: 20_000)
        let path = Array(repeating: "manager", count: 20_000).joined(separator: ".")
        for condition in [
            deep, "\(nested) is Staff in Team::\"a\"", "\(nested) has nickname && \(nested).nickname == \"a\"",
            chain.joined(separator: " && "), chain.joined(separator: " || "), asked.joined(separator: " && "),
            Array(repeating: "1", count: 20_000).joined(separator: " + ") + " == 1", "principal has \(path)",
            "[\(Array(repeating: "1", count: 20_000).joined(separator: ","))].contains(1)",
        ] {
            #expect(
                try report("permit(principal is Staff, action, resource) when {\(condition)};").isValid,
                "\(condition.prefix(60))")
        }
    }
}
