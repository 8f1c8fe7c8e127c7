/// A page of `strongroom help`: a name, what it teaches, and its text.
package struct HelpPage: Sendable {
    package let name: String
    let teaches: String
    package let text: String
}

/// The pages, in the order they are listed.
package enum HelpPages {
    static let roles = [
        keyWorker, administrator, manager, teamAdministrator, adoptersSocialWorker, reviewingOfficer, auditor,
        archiveKeeper,
    ]
    static let tasks = [
        creating, filing, closing, reversal, siblings, relinquished, mistakes, people, recovery, backup, policies,
        importing, verify,
    ]

    package static var all: [HelpPage] { roles + tasks }

    /// The page of this name.
    static func page(_ name: String) -> HelpPage? { all.first { $0.name == name } }

    /// What `strongroom help` prints.
    package static var list: String {
        """
        strongroom help PAGE

        for your role:
        \(lines(roles))

        for a task:
        \(lines(tasks))

        Every command explains itself: `strongroom care open --help`, or `strongroom help care open`.
        """
    }

    private static func lines(_ pages: [HelpPage]) -> String {
        let width = all.map(\.name.count).max() ?? 0
        return pages.map { page in
            "  " + page.name + String(repeating: " ", count: width - page.name.count + 2) + page.teaches
        }.joined(separator: "\n")
    }
}
