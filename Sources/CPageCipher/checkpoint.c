#include "internal.h"

#include <openssl/crypto.h>

// While SQLite carries the log into the database it makes the file longer, and pages that it never wrote are filled with
// sealed zeros. A file that somebody cut must not be filled so: what it lost would come to life as zeros. The two are
// told apart by page 1, which declares how many pages there are. For that it must never be ahead of the file, not even
// after a crash: the file is made longer first, and synced, before any page is written.

enum { declared_at = 28 };

// Nothing is filled: what is missing stays missing, and does not open.
static const sqlite3_int64 never_filled = (sqlite3_int64)0x7fffffff * page_size;

static sqlite3_int64 size_declared_by(const uint8_t *first_page) {
    return (sqlite3_int64)number_at(first_page + declared_at) * page_size;
}

SHARED void checkpoint_note(struct cipher_file *file, uint32_t page, const uint8_t *plain) {
    if (page == 1) file->database.declared_size = size_declared_by(plain);
}

SHARED int checkpoint_read_declared(struct cipher_file *file, sqlite3_int64 *declared) {
    uint8_t plain[page_size];
    int opens = 0, code = database_look_at(file, 1, plain, &opens);
    *declared = opens ? size_declared_by(plain) : 0;
    OPENSSL_cleanse(plain, sizeof plain);
    return code;
}

SHARED void checkpoint_begin(struct cipher_file *file) {
    struct database_state *database = &file->database;
    sqlite3_int64 size;
    database->checkpoint = checkpoint_under_way;
    database->declared_size = 0;
    int code = size_below(file, &size);
    if (code == SQLITE_OK) code = checkpoint_read_declared(file, &database->sound_end);
    if (code == SQLITE_OK && database->sound_end > size && RULE(cut_file)) code = SQLITE_IOERR_DATA;
    // A page 1 that does not open tells nothing of a file that may have been cut besides.
    if (database->sound_end == 0 && size > 0) database->sound_end = never_filled;
    if (!RULE(cut_file)) database->sound_end = size;
    database->fault = code;
}

SHARED void checkpoint_grow(struct cipher_file *file, sqlite3_int64 end) {
    struct database_state *database = &file->database;
    sqlite3_int64 size;
    if (database->checkpoint != checkpoint_under_way || database->fault != SQLITE_OK) return;
    int code = size_below(file, &size);
    if (code == SQLITE_OK && size < end && size > 0) {
        code = truncate_below(file, end);
        if (code == SQLITE_OK) code = file_below(file)->pMethods->xSync(file_below(file), SQLITE_SYNC_NORMAL);
    }
    // SQLite does not ask whether this went well, so the first write says it.
    database->fault = code;
}

SHARED void checkpoint_end(struct cipher_file *file) {
    struct database_state *database = &file->database;
    if (database->fault == SQLITE_OK && database->declared_size > database->sound_end) {
        database->fault = database_fill(file, database->sound_end, (uint32_t)(database->declared_size / page_size) + 1);
    }
    database->checkpoint = checkpoint_done;
}
