#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// Whenever a lock changes hands somebody else may write the file, or has. In between the pages a reader asks for stay as
// they are: a checkpoint writes only those that every reader of the time finds in the log, and any other writer waits
// until there is no reader.
static void database_know_nothing(struct cipher_file *file) {
    file->database.known_size = 0;
    file->database.ahead.count = 0;
    file->database.checkpoint = checkpoint_none;
    file->database.fault = SQLITE_OK;
}

// MARK: identity

// Takes the file's first bytes for its identity; a file of no bytes has none.
static int database_adopt(struct cipher_file *file, enum identity *found) {
    uint8_t bytes[identity_size];
    memset(bytes, 0, sizeof bytes);
    int code = read_below(file, bytes, sizeof bytes, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    *found = store_adopt(file->disk, file->store, bytes);
    return *found == identity_failed ? SQLITE_NOMEM : SQLITE_OK;
}

SHARED int database_lock(sqlite3_file *base, int level) {
    struct cipher_file *file = (struct cipher_file *)base;
    database_know_nothing(file);
    int code = file_below(file)->pMethods->xLock(file_below(file), level);
    if (code != SQLITE_OK) return code;
    if (file->lock_level == SQLITE_LOCK_NONE) {
        // While nothing was locked another process may have made the file anew. Whether it is ours is for the first
        // read to say: a file that is being made has to reach its hot journal.
        enum identity found;
        code = database_adopt(file, &found);
        if (code != SQLITE_OK) {
            file_below(file)->pMethods->xUnlock(file_below(file), SQLITE_LOCK_NONE);
            return code;
        }
    }
    if (level > file->lock_level) file->lock_level = level;
    return SQLITE_OK;
}

SHARED int database_unlock(sqlite3_file *base, int level) {
    struct cipher_file *file = (struct cipher_file *)base;
    database_know_nothing(file);
    if (level < file->lock_level) file->lock_level = level;
    return file_below(file)->pMethods->xUnlock(file_below(file), level);
}

SHARED int database_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    struct cipher_file *file = (struct cipher_file *)base;
    database_know_nothing(file);
    int code = file_below(file)->pMethods->xShmLock(file_below(file), offset, count, flags);
    // Slot 0 is the writer's.
    if (code == SQLITE_OK && offset == 0 && (flags & SQLITE_SHM_EXCLUSIVE)) {
        file->holds_log_lock = (flags & SQLITE_SHM_LOCK) != 0;
    }
    return code;
}

// MARK: reading

// What SQLite needs of a header to find its way to the log or the journal that will mend the page.
static void database_synthesize_header(uint8_t *bytes, int count) {
    static const uint8_t header[24] = {'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0,
                                       page_size >> 8, 0, 1, 1, page_size - usable_size, 64, 32, 32};
    memset(bytes, 0, (size_t)count);
    memcpy(bytes, header, (size_t)count < sizeof header ? (size_t)count : sizeof header);
}

// The page does not open, or nothing says that the file is ours.
//
// The first read of a file asks only for its header. When a crash tore page 1, or came while the file was being made,
// the journal or the log beside it mends that, but SQLite looks for them after this read: it has to succeed. Page 1
// itself is read again after that.
static int database_read_bad_page(uint32_t page, enum identity found, uint8_t *bytes, int count, sqlite3_int64 offset) {
    int is_header = page == 1 && offset == 0 && count < page_size;
    memset(bytes, 0, (size_t)count);
    if (found == identity_foreign) return SQLITE_NOTADB;
    if (is_header && RULE(synthetic_header)) {
        if (found == identity_ours) database_synthesize_header(bytes, count);
        return SQLITE_OK;
    }
    return found == identity_absent ? SQLITE_NOTADB : SQLITE_IOERR_DATA;
}

// Whether the file once held the page. With a log no transaction touches the file, so what its page 1 declares is there,
// unless somebody cut it; a page 1 that does not open tells nothing, and nothing is then taken for granted.
static int database_has_lost(struct cipher_file *file, uint32_t page, sqlite3_int64 size, int *code) {
    sqlite3_int64 declared = 0;
    if (!file->holds_log_lock || size == 0 || !RULE(cut_file)) return 0;
    *code = checkpoint_read_declared(file, &declared);
    return declared == 0 || (sqlite3_int64)page * page_size <= declared;
}

// Nothing of the page is in the file.
static int database_read_past_end(
    struct cipher_file *file, uint32_t page, sqlite3_int64 size, uint8_t *bytes, int count) {
    memset(bytes, 0, (size_t)count);
    int is_writing = file->lock_level >= SQLITE_LOCK_RESERVED || file->holds_log_lock, code = SQLITE_OK;
    // A writer may ask for a page it has only reserved. To a reader SQLite would pass the zeros off as content.
    if (page == 1 || !RULE(gap_fill)) return SQLITE_IOERR_SHORT_READ;
    if (!is_writing || database_has_lost(file, page, size, &code)) return code != SQLITE_OK ? code : SQLITE_IOERR_DATA;
    return SQLITE_IOERR_SHORT_READ;
}

static int database_open_part(
    struct cipher_file *file, const struct place *place, uint8_t *bytes, int count, int skip) {
    if (count == page_size) return page_open(&file->sealer, place, file->scratch, bytes);
    uint8_t plain[page_size];
    int done = page_open(&file->sealer, place, file->scratch, plain);
    if (done) memcpy(bytes, plain + skip, (size_t)count);
    OPENSSL_cleanse(plain, sizeof plain);
    return done;
}

// Whether the page was read ahead and opens. If it does not, it is read again by itself and judged then.
static int database_read_from_ahead(struct cipher_file *file, const struct place *place, uint8_t *bytes) {
    const uint8_t *sealed = read_ahead(file, place->offset);
    return sealed && file_prepare(file) == SQLITE_OK && page_open(&file->sealer, place, sealed, bytes);
}

SHARED int database_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    int skip = (int)(offset % page_size);
    uint32_t page = (uint32_t)(offset / page_size) + 1;
    if (count <= 0 || offset < 0 || skip + count > page_size || page == lock_page()) return SQLITE_IOERR_READ;
    struct place place = database_place(page);
    // Page 1 tells whose file it is, and is always read as it stands.
    if (page > 1 && count == page_size && database_read_from_ahead(file, &place, bytes)) return SQLITE_OK;
    int code = read_below(file, file->scratch, page_size, place.offset);
    if (code == SQLITE_IOERR_SHORT_READ) {
        sqlite3_int64 size;
        code = size_below(file, &size);
        int is_past_end = size <= place.offset && (page != 1 || is_all_zero(file->scratch, identity_size));
        if (code == SQLITE_OK && is_past_end) return database_read_past_end(file, page, size, bytes, count);
        if (code == SQLITE_OK && size > place.offset && size < place.offset + page_size) {
            memset(file->scratch + (size - place.offset), 0, (size_t)(place.offset + page_size - size));
        }
    }
    if (code != SQLITE_OK) return code;
    enum identity found = identity_ours;
    if (page == 1) found = store_adopt(file->disk, file->store, file->scratch);
    if (found == identity_failed) return SQLITE_NOMEM;
    if (found == identity_ours) {
        code = file_prepare(file);
        if (code != SQLITE_OK) return code;
        if (database_open_part(file, &place, bytes, count, skip)) return SQLITE_OK;
    }
    return database_read_bad_page(page, found, bytes, count, offset);
}

// MARK: writing

// A new file is given its identity; any other must have shown its own by now. The size is asked for only where a write
// that begins at `offset` may leave a gap.
static int database_prepare_to_write(struct cipher_file *file, sqlite3_int64 offset, sqlite3_int64 *size) {
    uint8_t first = 0;
    *size = file->database.known_size;
    int code = *size > 0 && *size >= offset ? SQLITE_OK : size_below(file, size);
    // SQLite's own disk calls a file of one byte empty.
    if (code == SQLITE_OK && *size == 0) code = read_below(file, &first, 1, 0);
    if (code == SQLITE_IOERR_SHORT_READ) code = SQLITE_OK;
    if (code == SQLITE_OK && first != 0) code = SQLITE_NOTADB;
    if (code != SQLITE_OK) return code;
    file->database.known_size = *size;
    if (*size == 0 && !store_found(file->disk, file->store)) return SQLITE_IOERR_WRITE;
    return file_prepare(file) == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

SHARED int database_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    uint32_t page = (uint32_t)(offset / page_size) + 1;
    if (count != page_size || offset < 0 || offset % page_size != 0 || page == lock_page()) return SQLITE_IOERR_WRITE;
    if (!page_is_acceptable(bytes, page)) return SQLITE_IOERR_WRITE;
    struct database_state *database = &file->database;
    sqlite3_int64 size;
    if (database->checkpoint == checkpoint_done) database_know_nothing(file);
    int is_checkpoint = database->checkpoint == checkpoint_under_way, code = database->fault;
    if (code == SQLITE_OK && atomic_load(&file->store->begins_rollback)) {
        code = size_below(file, &size);
        // SQLite gives the file its former length before it puts a page back. What no record puts back is lost, and must
        // not come to life as sealed zeros.
        if (code == SQLITE_OK && size > 0 && size <= offset) return truncate_below(file, offset + page_size);
    }
    if (code == SQLITE_OK) code = database_prepare_to_write(file, offset, &size);
    if (code == SQLITE_OK) code = database_fill(file, is_checkpoint ? database->sound_end : size, page);
    if (code == SQLITE_OK) code = database_write_page(file, page, bytes);
    if (code == SQLITE_OK && is_checkpoint) {
        if (database->sound_end < offset + page_size) database->sound_end = offset + page_size;
        checkpoint_note(file, page, bytes);
    }
    return code;
}

static int database_resize(struct cipher_file *file, sqlite3_int64 new_size) {
    sqlite3_int64 size, sound_end = file->database.sound_end;
    int is_checkpoint = file->database.checkpoint != checkpoint_none, code = file->database.fault;
    if (new_size < 0 || new_size % page_size != 0) return SQLITE_IOERR_TRUNCATE;
    if (code != SQLITE_OK) return code;
    code = size_below(file, &size);
    if (code != SQLITE_OK) return code;
    // The shorter length must not be on the disk before the page 1 that declares it.
    if (is_checkpoint && new_size < size) code = file_below(file)->pMethods->xSync(file_below(file), SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK) return code;
    if (is_checkpoint) size = sound_end;
    if (new_size <= size || !RULE(gap_fill)) {
        code = truncate_below(file, new_size);
        if (code == SQLITE_OK && new_size == 0) store_forget(file->disk, file->store);
        return code;
    }
    // A checkpoint lengthens the file so when its last pages are free ones that were never written.
    sqlite3_int64 known;
    code = database_prepare_to_write(file, new_size, &known);
    return code == SQLITE_OK ? database_fill(file, size, (uint32_t)(new_size / page_size) + 1) : code;
}

SHARED int database_truncate(sqlite3_file *base, sqlite3_int64 new_size) {
    struct cipher_file *file = (struct cipher_file *)base;
    int code = database_resize(file, new_size);
    database_know_nothing(file);
    return code;
}
