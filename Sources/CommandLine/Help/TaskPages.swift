// One page for each task, in the order of the procedure (Derby 8.19).

extension HelpPages {
    static let creating = HelpPage(
        name: "creating", teaches: "from the intention to a working adoption record",
        text: """
            CREATING AN ADOPTION RECORD

            1. key worker      the care record exists:           strongroom care open --from child.txt
            2. key worker      the intention, with its forum:    strongroom adoption notify C-… --forum review --on 2026-02-03
                               forums: review, panel, parents-request
            3. administrator   it waits in:                      strongroom todo
                               pin=$(strongroom adoption create C-… --spa-on 2026-03-10)
               The PIN, AR-…, is a reference, not a passcode. The record carries the classification Secure Adoption
               Record and a minimum of detail. Key worker and manager are sent a notice with the PIN.
            4. administrator   the privileged group:             strongroom access grant $pin asha --reason @reason.txt
            5. key worker      reads the notice:                 strongroom inbox list; strongroom inbox read n_…
            6. key worker      type and aim, on the care record: strongroom plan record C-… --aim adoption
            7. key worker      the detailed plan:
                               strongroom document add $pin plan.pdf --kind detailed-adoption-plan
            8. anyone in it    what it still waits for:          strongroom adoption show $pin

            The record should stand by the day of the decision (SPA). Without that day an order is refused:
                               strongroom adoption note $pin --decision 2026-03-10
            """)

    static let filing = HelpPage(
        name: "filing", teaches: "which record takes which document",
        text: """
            FILING

            strongroom document add REF FILE --kind KIND        the wrong record is refused, the right one named

            on the adoption record (AR-…)
              birth-certificate  birth-details  birth-family-description  genogram  photograph  memento
              life-story-book  birth-medical-report  birth-parents-medical  childs-permanence-report
              prospective-adopters-report  adoption-placement-report  adoption-support-plan  panel-record
              consent  consent-withdrawal  placement-order  adoption-order  placement-plan  matching-report
              introductions-plan  placement-visit-record  adoption-review  disruption-report  contact-plan
              letterbox-agreement  letterbox-letter  later-life-letter  detailed-adoption-plan  detailed-case-note
              new-identity (only here: it joins the two identities)
            on the care record (C-…)
              care-plan  assessment  looked-after-review  basic-health  basic-education  plan-type-and-aim
            on both, each its own sealed copy
              care-plan, assessment and looked-after-review go on the adoption record too when it is opened

            Councils differ: the convention in force is data, pinned with the policies.
              strongroom policy show --summary
            A note with placement or carer detail goes on the adoption record, with a signpost on the care record:
              strongroom adoption note AR-… --from visit.txt
            Filed on the wrong record: strongroom help mistakes
            """)

    static let closing = HelpPage(
        name: "closing", teaches: "the order, the file audit, closing both records",
        text: """
            CLOSING

            1. The Adoption Order, on both records (key worker, manager or administrator):
                 strongroom order record C-… --on 2026-05-20
               From now on they are in nobody's lists but the key worker's, the manager's and the administrator's, and
               take only what the file audit needs. Recorded by mistake? strongroom help mistakes
            2. What must still be filed: the order itself, the later life letter.
                 strongroom document add AR-… order.pdf --kind adoption-order
            3. The file audit lists what is misfiled and what is missing (key worker):
                 strongroom closure audit C-…
               Move the misfiled, add the missing, or say why there is none; then sign:
                 strongroom document move AR-… e_… --to C-… --reason @reason.txt
                 strongroom closure audit C-… --sign --excuse later-life-letter=@why.txt
            4. Look, then close both in one act (key worker):
                 strongroom care close C-… --preview
                 strongroom care close C-…
               It asks for the reference once more. Closed is final: there is no reopening, for anybody.

            Afterwards a closed record is answered like one that never was. A later concern opens a new care record in
            the new name, by whoever receives it:
                 strongroom care open --from child.txt
            """)

    static let reversal = HelpPage(
        name: "reversal", teaches: "the plan to adopt is given up before an order: four acts",
        text: """
            REVERSAL

            Only before an order; after one there is none. Four acts, each logged:

            a. administrator        opens the record to one named team administrator alone
                 strongroom reversal lift-security AR-… --to tao --reason @reason.txt
            b. team administrator   carries everything to the care record, counted and digested
                 strongroom reversal migrate AR-… --preview
                 strongroom reversal migrate AR-…
               Kinds that never stand openly on a care record are held; the administrator confirms them one by one:
                 strongroom reversal migrate AR-… --confirm e_…
            c. key worker           records the new plan with the background to the decision
                 strongroom plan record C-… --reversal --from background.txt --aim long-term-fostering
            d. administrator        removes the adoption record
                 strongroom reversal remove AR-… --preview
                 strongroom reversal remove AR-…
               Refused without (c), or if counts or digests disagree. Backups made before still hold it: destroy them.

            A second decision later makes a new adoption record with a new PIN; a PIN is never used again.
            """)

    static let siblings = HelpPage(
        name: "siblings", teaches: "one adoption record for each child",
        text: """
            SIBLINGS

            Each child has an adoption record of their own, with its own PIN and its own group, also when they are placed
            together. Neither names the other.

              for ref in C-… C-…
              do
                strongroom adoption notify $ref --forum panel --on 2026-02-03         key worker
                pin=$(strongroom adoption create $ref --spa-on 2026-03-10)            administrator
                strongroom access grant $pin asha --reason @reason.txt
              done

            A document that concerns both is filed twice, once on each record: two sealed copies that share nothing.
            """)

    static let relinquished = HelpPage(
        name: "relinquished", teaches: "a child relinquished for adoption",
        text: """
            A RELINQUISHED CHILD

            The same process. The parents' request stands where the review's decision stands:

              strongroom adoption notify C-… --forum parents-request --on 2026-02-03
              pin=$(strongroom adoption create C-…)

            The decision that the child should be placed for adoption (SPA) is still needed before an order:

              strongroom adoption note $pin --decision 2026-03-10

            The parents' consents stand where a placement order would:

              strongroom document add $pin consent.pdf --kind consent
            """)

    static let mistakes = HelpPage(
        name: "mistakes", teaches: "a wrong text, a wrong record, an order recorded by mistake",
        text: """
            MISTAKES

            A wrong text: the correction supersedes, the original is kept.
              strongroom entry list C-…
              strongroom entry correct C-… e_… --from right.txt --reason @reason.txt

            A document or note on the wrong record of the child: it is sealed anew on the right one, the wrong copy's key
            is destroyed, and who had opened it is named.
              strongroom document move C-… e_… --to AR-… --reason @reason.txt

            An order recorded by mistake, before closing: one person asks, another confirms with the same command.
              strongroom order withdraw C-… --reason @reason.txt

            A person let into the wrong group:
              strongroom access revoke AR-… nell --reason @reason.txt

            A closing is not undone.
            """)

    static let people = HelpPage(
        name: "people", teaches: "joining, deputies, handing over, lost keys, leaving",
        text: """
            PEOPLE

            joining     they:  strongroom identity new ~/me --root v_…:3f9a…     with the root you read out to them
                        you:   strongroom identity show asha.card                compare the fingerprint by telephone
                               strongroom staff add asha --card asha.card --role social-worker --team children
            roles       strongroom staff role asha --add reviewing-officer
                        strongroom staff role asha --end social-worker
            away        a deputy's grant is dated and their own; nothing is inherited
                        strongroom care assign C-… --deputy nell --until 2026-06-05 --reason @reason.txt
                        strongroom access grant AR-… nell --until 2026-06-05 --reason @reason.txt
            moving on   strongroom staff handover asha ben --reason @reason.txt
            lost key    they make a new identity and send its card
                        strongroom staff rekey asha --card asha-new.card --reason @reason.txt
            leaving     after the handover; refused while they are the last of a role the vault needs
                        strongroom staff end asha --reason @reason.txt
            the list    strongroom staff list

            All of it bites at the person's next request.
            """)

    static let recovery = HelpPage(
        name: "recovery", teaches: "when every administrator is gone",
        text: """
            RECOVERY

            Before it is needed (administrator): shares on paper for custodians who do not share an office.
              strongroom recovery split --shares 5 --threshold 3 --out shares
              print each share-N.html, hand it over in an envelope, destroy the files
            What closed before that, the archive keeper brings into its reach:
              strongroom recovery include

            Once a year (administrator): any three pages together, or each custodian's alone.
              strongroom recovery drill
            Pages are typed, line by line, or scanned: only the five numbered lines count. A mistyped line is named at once.

            When it is needed: somebody new makes an identity, and any three custodians bring their pages.
              strongroom identity new ~/me --root v_…:3f9a…
              strongroom recovery run --identity ~/me --handle asha --reason @reason.txt
            Then: strongroom staff list, end who is gone, and renew while the pages are there. Is no archive keeper left:
              strongroom recovery keeper kit --reason @reason.txt

            A custodian leaves, or a page is lost (administrator), with three of the former pages:
              strongroom recovery renew --shares 5 --threshold 3 --out new-shares
            The former pages open nothing from then on but backups made before, which are listed: destroy those.

            One lost identity needs no recovery: strongroom help people
            """)

    static let backup = HelpPage(
        name: "backup", teaches: "copies, and a vault out of one",
        text: """
            BACKUP AND RESTORE (administrator)

            Every day     strongroom vault backup /media/safe/vault-2026-05-01
                          FILE, FILE.keyring and FILE.removals belong together; take them to another place.
            Always        keep the vault's newest `store.removals` with the backups, or write one:
                          strongroom vault removals --out /media/safe/removals-2026-05-14
            Now and then  strongroom vault check --backup /media/safe/vault-2026-05-01
                          changes nothing of it, and needs no vault.

            The keyring is lost, the store is there: the keyring of a backup opens it, if the store's key was not renewed
            since.        cp /media/safe/vault-2026-05-01.keyring /srv/vault/store.keyring

            The disk is lost: the newest backup, and the newest list of removals.
                          strongroom vault restore /media/safe/vault-2026-05-01 /srv/vault \\
                              --removals /media/safe/removals-2026-05-14
            Removed is removed again, closed is closed, who left is out, who joined is in. What else was done since has to be
            done again.

            The restored log goes on under a new name and key. Give auditors the new log.vkey; checkpoints of the former name
            verify up to the head that was restored:
                          strongroom log verify --since CHECKPOINT

            Older backups open under older keys, what was removed since included: destroy those you do not need.
            """)

    static let importing = HelpPage(
        name: "import", teaches: "the national return in, and out again",
        text: """
            IMPORT OF THE NATIONAL RETURN (administrator)

              strongroom import ssda903 returns/2026
              strongroom import ssda903 returns/2026 --use placed_for_adoption.csv

            Tables are known by their columns, not by their names; where two files hold one table, --use chooses. Each
            child becomes a care record. A valid adoption fact opens an adoption record marked imported, held by the
            office: let its group in with `strongroom access grant`. An adoption ending makes it await closure, and never
            closes it. Placement and carer detail lies on the sealed side.

            Contradictions are reported row by row and held for a person; nothing is guessed, merged or dropped:
              strongroom import held

            The same return again changes nothing; next year's updates. Back out, row for row:
              strongroom export ssda903 returns/out
            """)

    static let policies = HelpPage(
        name: "policies", teaches: "why something was decided, and changing the rules by two people",
        text: """
            POLICIES

            Who may do what stands in policies, which anyone at work may read:
              strongroom policy show
              strongroom policy show closed-never-opens

            Why was this decided? (administrator, auditor)
              strongroom log show --last 20
              strongroom policy explain 41
            Why an act on a record was denied, the administrator alone can open, while the record is open.

            CHANGING THEM takes two people.
            1. whoever writes them     a copy of the files; a rule changed, and a line in its table of tests
                 strongroom policy check ./policies
            2. administrator           which decisions of the past would have been others
                 strongroom policy replay ./policies
            3. administrator           proposes; nothing decides by it yet
                 strongroom policy propose ./policies --reason @reason.txt
            4. a second person, administrator or disclosure authoriser, reads it and types its digest
                 strongroom policy show --proposal
                 strongroom policy approve 9f2c6a01b7de

            From then on every request is decided by it. What was decided before is still explained by the rules of then.
            Some rules no set can lose, and none can end this rule of two people: such a set is refused.

            A policy that fails denies, and shows as error:NAME in `strongroom log show`: have it mended.
            """)

    static let verify = HelpPage(
        name: "verify", teaches: "proving the access log, without the vault",
        text: """
            VERIFYING THE ACCESS LOG

            1. Keep a checkpoint now and then, where the vault's operator cannot write (anyone):
                 strongroom log checkpoint --out held-2026-05-01
            2. In the vault (anyone): everything derived again, and shown to extend what was kept.
                 strongroom log verify --since held-2026-05-01
            3. Without the vault (auditor): export, then check with the separate program and the log's public key, kept
               since the vault was made.
                 strongroom log export log
                 strongroom-verify log --key-file log.vkey --since held-2026-05-01

            A changed byte, a swapped or missing entry, another key and an older copy are found. A tail cut off is found
            only with a checkpoint from before.
            """)
}
