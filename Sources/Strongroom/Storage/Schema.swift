import EncryptedStore

/// The store's tables, forward only, one migration per published version.
///
/// Until the encrypted pages stand below it, plain columns hold structure alone: kinds, stages, days of acts, roles and
/// membership. Every name, identifier and text is sealed bytes; every key is random, and no table has a visible counter
/// but the log and the roster, which are chains.
enum Schema {
    static let migrations = [first, second, third, fourth, fifth].enumerated().map {
        Migration(version: $0 + 1, sql: $1)
    }

    private static let first = """
        CREATE TABLE roster (
            position INTEGER PRIMARY KEY,
            statement BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER roster_is_append_only_update BEFORE UPDATE ON roster
            BEGIN SELECT RAISE(ABORT, 'the roster is append-only'); END;
        CREATE TRIGGER roster_is_append_only_delete BEFORE DELETE ON roster
            BEGIN SELECT RAISE(ABORT, 'the roster is append-only'); END;

        CREATE TABLE policy_set (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            bytes BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE group_wrap (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            recipient TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch, recipient)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE group_secret (
            group_id TEXT NOT NULL,
            purpose TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (group_id, purpose)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE record (
            id TEXT PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('care', 'adoption', 'return')),
            stage TEXT NOT NULL CHECK (stage IN
                ('open', 'order-made-awaiting-closure', 'closed', 'security-lifted', 'migrated')),
            classification TEXT CHECK ((kind = 'adoption') = (classification IS NOT NULL))
                CHECK (classification IS NULL OR classification = 'Secure Adoption Record'),
            team TEXT,
            holder TEXT NOT NULL,
            holder_salt BLOB NOT NULL,
            care TEXT REFERENCES record (id) CHECK ((kind = 'adoption') = (care IS NOT NULL)),
            imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
            plan_recorded INTEGER NOT NULL DEFAULT 0 CHECK (plan_recorded IN (0, 1)),
            opened_on TEXT,
            intention_on TEXT,
            intention_forum TEXT,
            decision_on TEXT,
            order_on TEXT,
            audit_signed_on TEXT,
            lifted_to TEXT,
            reversal_plan_on TEXT,
            migrated_count INTEGER,
            closed_on TEXT,
            CHECK (stage <> 'order-made-awaiting-closure' OR order_on IS NOT NULL OR imported = 1),
            CHECK (stage <> 'closed' OR closed_on IS NOT NULL),
            CHECK (kind <> 'care' OR stage IN ('open', 'order-made-awaiting-closure', 'closed'))
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX one_current_adoption_record_per_child ON record (care) WHERE kind = 'adoption';
        CREATE INDEX record_by_stage ON record (kind, stage);
        CREATE INDEX record_by_holder ON record (holder);

        CREATE TRIGGER closed_records_never_change BEFORE UPDATE ON record WHEN OLD.stage = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record never changes'); END;
        CREATE TRIGGER closed_records_are_never_deleted BEFORE DELETE ON record WHEN OLD.stage = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record is never deleted'); END;
        CREATE TRIGGER no_reversal_after_an_order BEFORE UPDATE OF stage ON record
            WHEN OLD.order_on IS NOT NULL AND NEW.order_on IS NOT NULL
                AND NEW.stage IN ('security-lifted', 'migrated')
            BEGIN SELECT RAISE(ABORT, 'an order was made, the plan can no longer be reversed'); END;
        CREATE TRIGGER removal_needs_the_reversal_plan BEFORE DELETE ON record
            WHEN OLD.kind = 'adoption' AND (OLD.stage <> 'migrated' OR OLD.reversal_plan_on IS NULL)
            BEGIN SELECT RAISE(ABORT, 'a record is removed only after its migration and the new plan'); END;
        CREATE TRIGGER care_records_are_never_deleted BEFORE DELETE ON record WHEN OLD.kind <> 'adoption'
            BEGIN SELECT RAISE(ABORT, 'a care record is never deleted'); END;
        CREATE TRIGGER a_record_keeps_what_it_is BEFORE UPDATE OF id, reference, kind, classification ON record
            WHEN OLD.id <> NEW.id OR OLD.reference <> NEW.reference OR OLD.kind <> NEW.kind
                OR OLD.classification IS NOT NEW.classification
            BEGIN SELECT RAISE(ABORT, 'a record keeps its reference, kind and classification'); END;

        CREATE TABLE pin_used (token BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TRIGGER used_pins_stay BEFORE DELETE ON pin_used
            BEGIN SELECT RAISE(ABORT, 'a reference is never used again'); END;

        CREATE TABLE assignment (
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            relation TEXT NOT NULL CHECK (relation IN ('key-worker', 'manager', 'deputy')),
            staff TEXT NOT NULL,
            statement BLOB NOT NULL,
            PRIMARY KEY (record, relation, staff)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX assignment_by_staff ON assignment (staff);
        CREATE TRIGGER closed_records_take_no_assignment BEFORE INSERT ON assignment
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no assignment'); END;

        CREATE TABLE record_key (
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            slot TEXT NOT NULL CHECK (slot IN ('main', 'restricted')),
            epoch INTEGER NOT NULL,
            made_group TEXT NOT NULL,
            made_epoch INTEGER NOT NULL,
            recipient TEXT NOT NULL,
            recipient_epoch INTEGER NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (record, slot, epoch, recipient)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER closed_keys_never_change BEFORE UPDATE ON record_key
            WHEN (SELECT stage FROM record WHERE id = OLD.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a key of a closed record never changes'); END;
        CREATE TRIGGER closed_records_take_no_key BEFORE INSERT ON record_key
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no key'); END;
        CREATE TRIGGER closed_keys_stay BEFORE DELETE ON record_key
            WHEN OLD.recipient <> 'recovery' AND (SELECT stage FROM record WHERE id = OLD.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a key of a closed record is never deleted'); END;

        CREATE TABLE restricted_holder (
            record TEXT PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
            holder TEXT NOT NULL,
            holder_salt BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE document (
            id TEXT PRIMARY KEY,
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            complete INTEGER NOT NULL CHECK (complete IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_by_record ON document (record);
        CREATE TABLE chunk (
            document TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (document, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE entry (
            id TEXT PRIMARY KEY,
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            document_kind TEXT,
            slot TEXT NOT NULL CHECK (slot IN ('main', 'restricted')),
            key_epoch INTEGER NOT NULL,
            happened_on TEXT NOT NULL,
            superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)),
            document TEXT REFERENCES document (id),
            sealed BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entry_by_record ON entry (record);
        CREATE TRIGGER closed_records_take_no_entry BEFORE INSERT ON entry
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no entry'); END;
        CREATE TRIGGER closed_records_take_no_moved_entry BEFORE UPDATE OF record ON entry
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
                AND (SELECT stage FROM record WHERE id = OLD.record) <> 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no entry'); END;
        CREATE TRIGGER closed_entries_never_change BEFORE UPDATE ON entry
            WHEN (SELECT stage FROM record WHERE id = OLD.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'an entry of a closed record never changes'); END;
        CREATE TRIGGER closed_entries_stay BEFORE DELETE ON entry
            WHEN (SELECT stage FROM record WHERE id = OLD.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'an entry of a closed record is never deleted'); END;

        CREATE TRIGGER closed_documents_never_change BEFORE UPDATE ON chunk
            WHEN EXISTS (SELECT 1 FROM entry JOIN record ON record.id = entry.record
                WHERE entry.document = OLD.document AND record.stage = 'closed')
            BEGIN SELECT RAISE(ABORT, 'a document of a closed record never changes'); END;
        CREATE TRIGGER closed_documents_stay BEFORE DELETE ON chunk
            WHEN EXISTS (SELECT 1 FROM entry JOIN record ON record.id = entry.record
                WHERE entry.document = OLD.document AND record.stage = 'closed')
            BEGIN SELECT RAISE(ABORT, 'a document of a closed record is never deleted'); END;
        CREATE TRIGGER closed_documents_grow_no_longer BEFORE INSERT ON chunk
            WHEN EXISTS (SELECT 1 FROM entry JOIN record ON record.id = entry.record
                WHERE entry.document = NEW.document AND record.stage = 'closed')
            BEGIN SELECT RAISE(ABORT, 'a document of a closed record never changes'); END;
        CREATE TRIGGER closed_records_take_no_document BEFORE INSERT ON document
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no document'); END;

        CREATE TABLE reading (
            entry TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
            staff TEXT NOT NULL,
            PRIMARY KEY (entry, staff)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE search_token (
            token BLOB NOT NULL,
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            PRIMARY KEY (token, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX search_token_by_record ON search_token (record);
        CREATE TRIGGER closed_records_are_not_found BEFORE INSERT ON search_token
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed record is found by nobody'); END;

        CREATE TABLE notice (
            id TEXT PRIMARY KEY,
            recipient TEXT NOT NULL,
            record TEXT REFERENCES record (id) ON DELETE CASCADE,
            sent_on TEXT NOT NULL,
            is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
            sealed BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX notice_by_recipient ON notice (recipient);

        CREATE TABLE withdrawal (
            record TEXT PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
            asked_by TEXT NOT NULL,
            asked_on TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE alias (
            alias TEXT PRIMARY KEY,
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            standing INTEGER NOT NULL CHECK (standing IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX alias_by_record ON alias (record);

        CREATE TABLE opening (
            position INTEGER NOT NULL,
            label TEXT NOT NULL,
            record TEXT REFERENCES record (id) ON DELETE CASCADE,
            salt BLOB NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (position, label)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX opening_by_record ON opening (record);

        CREATE TABLE return_subject (
            token BLOB PRIMARY KEY,
            record TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
            closed_token BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX return_subject_by_record ON return_subject (record);
        CREATE TABLE closed_subject (token BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

        CREATE TABLE log_entry (
            position INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL CHECK (length(bytes) <= 65535)
        ) STRICT;
        CREATE TABLE log_node (
            level INTEGER NOT NULL,
            position INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (level, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE log_head (
            size INTEGER PRIMARY KEY,
            checkpoint TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER log_entries_never_change BEFORE UPDATE ON log_entry
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        CREATE TRIGGER log_entries_stay BEFORE DELETE ON log_entry
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        CREATE TRIGGER log_nodes_never_change BEFORE UPDATE ON log_node
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        CREATE TRIGGER log_nodes_stay BEFORE DELETE ON log_node
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        CREATE TRIGGER log_heads_never_change BEFORE UPDATE ON log_head
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        CREATE TRIGGER log_heads_stay BEFORE DELETE ON log_head
            BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
        """

    /// What was decided stays explainable: a policy set that ever decided or was proposed keeps its bytes. And openings,
    /// of which every decision leaves one, lie one behind the other: their key is the log's own order, and in a table
    /// without row numbers each would take a page to itself.
    private static let second = """
        ALTER TABLE opening RENAME TO first_opening;
        DROP INDEX opening_by_record;
        CREATE TABLE opening (
            position INTEGER NOT NULL,
            label TEXT NOT NULL,
            record TEXT REFERENCES record (id) ON DELETE CASCADE,
            salt BLOB NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (position, label)
        ) STRICT;
        INSERT INTO opening SELECT position, label, record, salt, sealed FROM first_opening ORDER BY position, label;
        DROP TABLE first_opening;
        CREATE INDEX opening_by_record ON opening (record);

        CREATE TRIGGER policy_sets_never_change BEFORE UPDATE ON policy_set
            BEGIN SELECT RAISE(ABORT, 'a policy set never changes'); END;
        CREATE TRIGGER policy_sets_stay BEFORE DELETE ON policy_set
            BEGIN SELECT RAISE(ABORT, 'a policy set is never deleted'); END;
        """

    /// The triggers of a closed record's documents look for a document's entry at each chunk that is filed: without an
    /// index they read every entry of the store.
    private static let third = """
        CREATE INDEX entry_by_document ON entry (document);
        """

    /// Recovery reaches closed records through every change of its key: a wrap to it, and no other, may be added for a key
    /// that the closed record has. And the vault remembers which backups were made under which recovery key.
    private static let fourth = """
        DROP TRIGGER closed_records_take_no_key;
        CREATE TRIGGER closed_records_take_no_key BEFORE INSERT ON record_key
            WHEN (SELECT stage FROM record WHERE id = NEW.record) = 'closed'
                AND (NEW.recipient <> 'recovery' OR NOT EXISTS (
                    SELECT 1 FROM record_key AS held
                    WHERE held.record = NEW.record AND held.slot = NEW.slot AND held.epoch = NEW.epoch
                        AND held.made_group = NEW.made_group AND held.made_epoch = NEW.made_epoch
                        AND held.recipient <> 'recovery'))
            BEGIN SELECT RAISE(ABORT, 'a closed record takes no key'); END;

        CREATE TABLE backup_made (
            log_size INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            recovery TEXT
        ) STRICT, WITHOUT ROWID;
        """

    /// What was removed for good is remembered by its random identifier, so that a restore removes it again.
    private static let fifth = """
        CREATE TABLE removed (record TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TRIGGER removed_records_never_change BEFORE UPDATE ON removed
            BEGIN SELECT RAISE(ABORT, 'what was removed is never forgotten'); END;
        CREATE TRIGGER removed_records_stay BEFORE DELETE ON removed
            BEGIN SELECT RAISE(ABORT, 'what was removed is never forgotten'); END;
        CREATE TRIGGER removed_records_do_not_come_back BEFORE INSERT ON record
            WHEN EXISTS (SELECT 1 FROM removed WHERE removed.record = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'a removed record does not come back'); END;
        """
}
