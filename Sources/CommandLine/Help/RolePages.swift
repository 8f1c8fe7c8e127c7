// One page for each role, in the order of the procedure (Derby 8.19).

extension HelpPages {
    static let keyWorker = HelpPage(
        name: "key-worker", teaches: "the child's social worker, from opening to closing",
        text: """
            KEY WORKER

            Each morning:   strongroom todo          strongroom inbox list

            1. The care record. Particulars are written in a file, never typed as an argument.
                 ref=$(strongroom care open --from child.txt --manager mo)
                 strongroom care note $ref --from note.txt --visit --on 2026-01-20
            2. The review or the panel decides to pursue adoption: notify the administrator.
                 strongroom adoption notify $ref --forum review --on 2026-02-03
            3. You get a message with the adoption record's PIN, AR-…: a reference, not a passcode.
                 strongroom inbox list
                 strongroom inbox read n_…
                 strongroom adoption show AR-…          says what it waits for
            4. The plan on the care record: type and aim, nothing more.
                 strongroom plan record $ref --aim adoption
            5. Detail goes on the adoption record; a signpost stands on the care record by itself.
                 strongroom document add AR-… plan.pdf --kind detailed-adoption-plan
                 strongroom adoption note AR-… --from visit.txt --visit --on 2026-05-11
               Basic health and education go on the care record: --kind basic-health, basic-education.
            6. The order, the file audit, the closing.       strongroom help closing
            7. The plan is given up before an order.         strongroom help reversal
            8. Something is wrong.                           strongroom help mistakes
            9. Away for a week: your manager names a deputy. strongroom help people
            """)

    static let administrator = HelpPage(
        name: "administrator", teaches: "the adoption administrator: vault, people, adoption records",
        text: """
            ADOPTION ADMINISTRATOR

            Once:
              strongroom identity new ~/me
              strongroom vault create /srv/vault --identity ~/me       prints the root: keep it on paper
              strongroom staff add asha --card asha.card --role social-worker --team children
              strongroom staff add ben --card ben.card --role adoption-administrator    two are advised
              strongroom recovery split --shares 5 --threshold 3 --out shares

            Each morning:   strongroom todo

            1. An intention was notified: create the adoption record. Its PIN is a reference, not a passcode.
                 pin=$(strongroom adoption create C-… --spa-on 2026-03-10)
               Key worker and manager are told by message. No day of the decision yet? Leave --spa-on out; later:
                 strongroom adoption note $pin --decision 2026-03-10
            2. Let the privileged group in, person by person, for a reason.
                 strongroom access grant $pin asha --reason @reason.txt
                 strongroom access grant $pin nell --until 2026-06-05 --reason @reason.txt
                 strongroom access list $pin
                 strongroom access revoke $pin nell --reason @reason.txt
            3. You make groups, you are no reader: what a record says opens to its group.
            4. The plan is given up:             strongroom help reversal
            5. People come, go, lose keys:       strongroom help people
            6. Backups:                          strongroom vault backup /media/safe/vault-2026-05-01
                                                 strongroom vault check
                                                 strongroom help backup
               Somebody left, or lost a key:     strongroom vault rotate
            7. The national return:              strongroom help import
            8. The rules, and why:               strongroom help policies
            """)

    static let manager = HelpPage(
        name: "manager", teaches: "the key worker's manager",
        text: """
            MANAGER

            Each morning:   strongroom todo          strongroom inbox list

            1. Who answers for a record:
                 strongroom care assign C-… --key-worker asha --reason @reason.txt
            2. A deputy while the key worker is away; nothing is inherited.
                 strongroom care assign C-… --deputy nell --until 2026-06-05 --reason @reason.txt
               The adoption record needs its own grant, from the administrator:
                 strongroom access grant AR-… nell --until 2026-06-05 --reason @reason.txt
            3. A worker leaves: all their records pass on in one act.
                 strongroom staff handover asha ben --reason @reason.txt
            4. You are told of a new adoption record with its PIN, AR-…: a reference, not a passcode.
                 strongroom inbox read n_…
                 strongroom adoption show AR-…
            5. An order was recorded by mistake: the key worker asks, you confirm with the same command.
                 strongroom order withdraw C-… --reason @reason.txt
            6. Between order and closing:         strongroom closure show C-…
               The key worker closes, not you.
            """)

    static let teamAdministrator = HelpPage(
        name: "team-administrator", teaches: "migrates a reversed plan's information",
        text: """
            TEAM ADMINISTRATOR

            Your part comes when a plan to adopt is given up before an order. The adoption administrator lifts the
            security to you by name, and a message arrives.

              strongroom inbox list
              strongroom inbox read n_…

            1. Look before you act. Everything is carried, counted and digested; nothing is dropped.
                 strongroom reversal migrate AR-… --preview
            2. Carry it.
                 strongroom reversal migrate AR-…
               Items are moved, matched to a copy that is there already, or held: held ones are of a kind that never
               stands openly on a care record. The administrator confirms each, and then it lies restricted to key
               worker, manager and administrator.
            3. The key worker records the new plan with its background, the administrator removes the record.
               See the whole: strongroom help reversal
            """)

    static let adoptersSocialWorker = HelpPage(
        name: "adopters-social-worker", teaches: "works with the adopters, and is in one record's group",
        text: """
            ADOPTERS' SOCIAL WORKER

            You see an adoption record only when its administrator has let you into its group. Its PIN, AR-…, is a
            reference, not a passcode: knowing it opens nothing.

              strongroom adoption show AR-…
              strongroom entry list AR-…
              strongroom entry read AR-… e_…

            1. After a visit:
                 strongroom adoption note AR-… --from visit.txt --visit --on 2026-05-11
               You hold no key of the care record, so the key worker is asked for the signpost there.
            2. Documents:
                 strongroom document add AR-… match.pdf --kind matching-report
                 strongroom document read AR-… e_… --out plan.pdf
               A released copy is yours to destroy; that you took it is logged.
            3. "not found, or not yours to open" is one answer for three things: no such record, not in its group, closed.
               Ask the adoption administrator.
            """)

    static let reviewingOfficer = HelpPage(
        name: "reviewing-officer", teaches: "reads the records of the children reviewed",
        text: """
            REVIEWING OFFICER

            Care records of your team are open to you; an adoption record when its administrator let you in.

              echo "rowan ashdown" | strongroom care search --from -
              strongroom care show C-…
              strongroom entry list C-…
              strongroom entry read C-… e_…

              strongroom adoption show AR-…
              strongroom document list AR-…
              strongroom document read AR-… e_… --out review.pdf

            After a review, a note where its detail belongs:
              strongroom adoption note AR-… --from review.txt --on 2026-06-11

            A PIN, AR-…, is a reference, not a passcode.
            """)

    static let auditor = HelpPage(
        name: "auditor", teaches: "reads the access log, and proves it whole",
        text: """
            AUDITOR

            You read the log and no record. Every request stands there, also those that were denied; a record is a random
            alias, and no child is named.

              strongroom log show --last 50
              strongroom log show --actor asha
              strongroom log show --record C-…        if you were given the reference
              strongroom policy explain 41            why an entry was decided, by the rules of then
              strongroom vault check

            Prove it whole: strongroom help verify

            The file audit before a closing is something else, and the key worker's.
            """)

    static let archiveKeeper = HelpPage(
        name: "archive-keeper", teaches: "keeps the key of what is closed",
        text: """
            ARCHIVE KEEPER

            When records close they are sealed anew under the archive's key, and nothing that opened them before does so
            again. This version has no disclosure yet: closed records are kept, and read by nobody, you included; every
            request is denied and logged.

            Your part:
              strongroom identity show                keep your identity file and passphrase safe, for decades
              strongroom identity passphrase          change the passphrase when somebody may have seen it
              strongroom recovery include             when the administrator says that recovery lacks closed records

            If your identity is lost, say so at once: the administrator replaces it with
              strongroom staff rekey YOU --card new.card --reason @reason.txt
            The last archive keeper cannot leave before another has the role.
            """)
}
