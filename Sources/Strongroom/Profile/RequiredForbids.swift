import Cedar
import Crypto
import Foundation

/// The `forbid`s without which no set may decide, each with the SHA-256 of its text: a set cannot vote itself free of
/// them, nor keep their names and empty them.
enum RequiredForbids {
    static let digests: [String: String] = [
        "administrator-alone-creates":
            "2db0ff9434e1f4c2b617f54ae6b372177dd1082ce07b004fc1ea1055f53d9b52",
        "administrator-is-not-a-reader":
            "89fb9f639ddb99929843fca2789df20055432ee7595b70c9b9a90c80c46ca288",
        "after-the-order-only-the-file-audit":
            "c54ef55c896c92e8eaf15b23bde96d7f83d1adde738ca99124920a79136a9b94",
        "archive-keeper-alone-reads-nothing":
            "b7f2e6f950ad05c775c1b97e6c82df666955fdeaec8560b9860132010fc31882",
        "auditor-reads-no-record":
            "e2e1f11ef0cc411874bd7dd1e1b2e7fdcde7f808016ad0c769d13b668f077e1e",
        "closed-never-opens":
            "d0c0238088f4bce6d35c318f3b421818273698642181757611492b5c64d0272f",
        "inactive-staff-do-nothing":
            "cd652d7aeb6151d73f0613bfc6eb1116588eef1b897ab5cd799f2a40a9baeb49",
        "no-reversal-after-order":
            "b41a477ef12bcb4fea06cf7361ca3d2cab184bbe5a159eac54cab7489cbcfacc",
        "one-adoption-record-per-child":
            "cfca979025ce8676603007420ba31ac60af25cc79761f25f88804c89714e16dc",
        "one-person-does-not-approve-their-own-policies":
            "05cfb18d8aeb3570c7e6fe6a152b049500d34636678cca82207df7911027b4a0",
        "one-person-does-not-withdraw-an-order":
            "e1f5dbe5b48901d499669d2bfabfd658e7f132280b6457e06f7fa2129762a8f9",
        "removed-never-opens":
            "a5c2f3c0fbbed6f71f15110ce34e249f64b9c4d0c23aa97816e36df0669a3262",
    ]

    /// One line for each that is missing or changed.
    static func faults(in policies: PolicySet) -> [String] {
        let present = Dictionary(
            policies.policies.filter { $0.effect == .forbid }.map { ($0.annotations["id"] ?? "", $0.sourceText) }
        ) { first, _ in first }
        return digests.sorted { $0.key < $1.key }.compactMap { id, digest in
            guard let text = present[id] else { return "the required forbid `\(id)` is missing" }
            guard Data(SHA256.hash(data: Data(text.utf8))).hexadecimal == digest else {
                return "the required forbid `\(id)` is not the one that is required"
            }
            return nil
        }
    }
}
