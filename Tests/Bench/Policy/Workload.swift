import Cedar

/// The policies, entities and requests that the engines are timed with: an office with departments, nested groups, and
/// folders of documents. The same for every engine, and the same in every run.
struct Workload {
    /// 5 policies a department.
    let policyCount: Int
    let entityCount: Int
    /// True to write what policies ask in their scope as a first condition instead, so that no index can help.
    var hasFreeScopes = false

    static let requestCount = 500
    /// How many groups stand one in the other above the staff of a large office.
    static let groupDepth = 48

    private var departmentCount: Int { policyCount / 5 }
    private var isLarge: Bool { entityCount > 100 }
    private var userCount: Int { isLarge ? entityCount / 2 : 3 }
    private var documentCount: Int { entityCount - userCount - (isLarge ? Self.groupDepth + 2 : 3) }

    /// Cedar's policy text.
    var policies: String { hasFreeScopes ? freePolicies : scopedPolicies }

    private var freePolicies: String {
        (0..<departmentCount).map { department in
            """
            permit (principal, action, resource)
            when { principal in Group::"department-\(department)" && action == Action::"view" && resource is Document };
            permit (principal, action, resource)
            when { [Action::"view", Action::"edit"].contains(action) && resource in Folder::"\(department)" }
            when { resource.owner == principal || resource.readers.contains(principal) };
            permit (principal, action, resource)
            when { principal in Group::"department-\(department)" && action == Action::"edit" }
            when { principal.level >= resource.level && principal.site == resource.site };
            forbid (principal, action, resource)
            when { principal in Group::"guests-\(department)" }
            when { resource.label == "secret" || resource.label like "board-*" };
            forbid (principal, action, resource)
            when { action == Action::"delete" && resource in Folder::"\(department)" }
            unless { context.strong && principal.roles.contains("keeper") };

            """
        }.joined()
    }

    private var scopedPolicies: String {
        (0..<departmentCount).map { department in
            """
            permit (principal in Group::"department-\(department)", action == Action::"view", resource is Document);
            permit (principal, action in [Action::"view", Action::"edit"], resource in Folder::"\(department)")
            when { resource.owner == principal || resource.readers.contains(principal) };
            permit (principal in Group::"department-\(department)", action == Action::"edit", resource)
            when { principal.level >= resource.level && principal.site == resource.site };
            forbid (principal in Group::"guests-\(department)", action, resource)
            when { resource.label == "secret" || resource.label like "board-*" };
            forbid (principal, action == Action::"delete", resource in Folder::"\(department)")
            unless { context.strong && principal.roles.contains("keeper") };

            """
        }.joined()
    }

    /// Cedar's JSON form of the entities.
    var entities: String { "[" + (groups + users + documents).joined(separator: ",\n") + "]" }

    /// One request a line, in the form of the JSON requests.
    var requests: String {
        (0..<Self.requestCount).map { number in
            let action = ["view", "edit", "delete", "share"][number % 4]
            return #"{"principal": {"type": "User", "id": "\#((number * 7) % userCount)"}, "#
                + #""action": {"type": "Action", "id": "\#(action)"}, "#
                + #""resource": {"type": "Document", "id": "\#((number * 13) % documentCount)"}, "#
                + #""context": {"strong": \#(number % 3 != 0), "hour": \#(number % 24)}}"#
        }.joined(separator: "\n")
    }

    private func entity(_ type: String, _ id: String, _ attributes: String, parents: [String]) -> String {
        let parents = parents.map { "{\($0)}" }.joined(separator: ", ")
        return #"{"uid": {"type": "\#(type)", "id": "\#(id)"}, "attrs": {\#(attributes)}, "parents": [\#(parents)]}"#
    }

    private func name(_ type: String, _ id: String) -> String { #""type": "\#(type)", "id": "\#(id)""# }

    /// In a large office the departments' groups are the innermost of a long chain.
    private var groups: [String] {
        let folders = [entity("Folder", "0", "", parents: [])]
        guard isLarge else {
            return folders + [
                entity("Group", "department-0", "", parents: [name("Group", "all")]),
                entity("Group", "all", "", parents: []),
            ]
        }
        let chain = (0..<Self.groupDepth).map { level in
            entity("Group", "level-\(level)", "", parents: level == 0 ? [] : [name("Group", "level-\(level - 1)")])
        }
        return folders + chain
            + [entity("Group", "department-0", "", parents: [name("Group", "level-\(Self.groupDepth - 1)")])]
    }

    private var users: [String] {
        (0..<userCount).map { number in
            let department = isLarge ? number % departmentCount : 0
            let group = department == 0 || !isLarge ? "department-0" : "level-\(number % Self.groupDepth)"
            let own = department == 0 ? [] : [name("Group", "department-\(department)")]
            return entity(
                "User", "\(number)",
                #""level": \#(number % 5), "site": "site-\#(number % 4)", "roles": ["reader", "\#(number % 2 == 0 ? "keeper" : "writer")"]"#,
                parents: [name("Group", group)] + own)
        }
    }

    private var documents: [String] {
        (0..<documentCount).map { number in
            let owner = name("User", "\(number % userCount)")
            return entity(
                "Document", "\(number)",
                #""owner": {"__entity": {\#(owner)}}, "readers": [{"__entity": {\#(name("User", "1"))}}], "#
                    + #""level": \#(number % 5), "site": "site-\#(number % 4)", "label": "\#(number % 10 == 0 ? "secret" : "plain")""#,
                parents: [name("Folder", "\(number % departmentCount)")])
        }
    }
}
