#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// The rollback journal: segments of a header in a sector of its own, then records of a page's number, the page, and a
// checksum. At its end may stand the name of a super-journal.
enum {
    header_size = 28,
    sealed_header_size = header_size + 1 + nonce_size + tag_size,
    record_size = 4 + page_size + 4
};

static const uint8_t journal_magic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

SHARED void journal_begin(struct cipher_file *file) {
    memset(&file->journal, 0, sizeof file->journal);
    file->journal.number_offset = -1;
    file->journal.written_checksum_offset = -1;
    file->journal.read_checksum_offset = -1;
    file->journal.header_offset = -1;
}

// Whether this handle wrote the whole record in the transaction under way. Behind it may lie what an earlier, longer
// transaction left, which need not even stand at a record's place.
static int journal_is_own(struct cipher_file *file, sqlite3_int64 offset) {
    return offset < file->journal.own_end;
}

// What the journal says of a hot transaction was synced before it was counted: none of it may be missing or changed.
static int journal_must_hold(struct cipher_file *file) {
    return file->journal.own_end == 0 && file->journal.segment_was_synced && RULE(counted_record);
}

SHARED void journal_end(struct cipher_file *file) {
    if (file->store) atomic_store(&file->store->begins_rollback, 0);
}

// MARK: the header
//
// SQLite rolls back what the header says, and no more. A flipped bit in it would leave a transaction half undone, so
// the rest of its sector carries a seal. In front of that one byte tells whether the records were synced before
// SQLite counted them: then one that does not open was damaged; otherwise a crash may have cut it.

static struct place journal_header_place(sqlite3_int64 offset) {
    return (struct place){domain_journal_header, 0, 0, offset};
}

static int journal_write_header(struct cipher_file *file, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    uint8_t sector[sector_size];
    memset(sector, 0, sizeof sector);
    memcpy(sector, journal->header, header_size);
    sector[header_size] = !journal->is_unsynced;
    int code = file_prepare(file);
    // A new database has no identity yet, and nothing to roll back to but the empty file.
    int is_of_new_file = code == SQLITE_NOTADB && number_at(journal->header + 16) == 0;
    if (code != SQLITE_OK && !is_of_new_file) return SQLITE_IOERR_WRITE;
    struct place place = journal_header_place(offset);
    uint8_t *nonce = sector + header_size + 1;
    if (!is_of_new_file && !bytes_seal(&file->sealer, &place, sector, header_size + 1, nonce, nonce + nonce_size)) {
        return SQLITE_IOERR_WRITE;
    }
    return write_below(file, sector, sector_size, offset);
}

static int journal_header_opens(struct cipher_file *file, const uint8_t *sector, sqlite3_int64 offset) {
    const uint8_t *nonce = sector + header_size + 1;
    if (is_all_zero(nonce, nonce_size + tag_size)) return number_at(sector + 16) == 0;
    struct place place = journal_header_place(offset);
    return file_prepare(file) == SQLITE_OK &&
           bytes_open(&file->sealer, &place, sector, header_size + 1, nonce, nonce + nonce_size);
}

// Whether a header stands here whose magic was changed. A wiped one begins with a zero.
static int journal_header_lost_magic(struct cipher_file *file, const uint8_t *sector, sqlite3_int64 offset) {
    uint8_t mended[sealed_header_size];
    if (sector[0] == 0) return 0;
    memcpy(mended, sector, sizeof mended);
    memcpy(mended, journal_magic, sizeof journal_magic);
    return journal_header_opens(file, mended, offset);
}

// Whether records are missing that were synced before they were counted. SQLite takes a journal that ends early for one
// whose records it never needed, and would leave the transaction half undone.
static int journal_is_cut(struct cipher_file *file, const uint8_t *sector, sqlite3_int64 offset) {
    uint32_t count = number_at(sector + 8);
    sqlite3_int64 size;
    // Without syncs it writes this instead of a count.
    if (!RULE(counted_record) || !sector[header_size] || count == 0xffffffff) return 0;
    return size_below(file, &size) != SQLITE_OK || size < offset + sector_size + (sqlite3_int64)count * record_size;
}

// SQLite asks for the magic alone before it believes a header.
static int journal_read_magic(struct cipher_file *file, uint8_t *bytes, sqlite3_int64 offset) {
    uint8_t sector[sealed_header_size];
    int code = read_below(file, sector, sizeof sector, offset);
    if (code == SQLITE_IOERR_SHORT_READ) return read_below(file, bytes, sizeof journal_magic, offset);
    if (code != SQLITE_OK) return code;
    memcpy(bytes, sector, sizeof journal_magic);
    int is_header = memcmp(sector, journal_magic, sizeof journal_magic) == 0;
    // What is no header even with the magic put right was never synced: a crash left it before the database was written to,
    // or an earlier, longer transaction.
    int is_spoilt = is_header ? !journal_header_opens(file, sector, offset) || journal_is_cut(file, sector, offset)
                              : journal_header_lost_magic(file, sector, offset);
    if (is_spoilt && RULE(journal_header)) return SQLITE_IOERR_DATA;
    if (is_header) file->journal.segment_was_synced = sector[header_size];
    if (is_header && file->journal.own_end == 0) atomic_store(&file->store->begins_rollback, 1);
    return SQLITE_OK;
}

// MARK: the checksum
//
// SQLite sums a few bytes of the plain page up. What hides the sum is drawn from the page's own tag. To SQLite a sum
// that differs is where the journal ends and no error, so where it must not end, the sum is compared here.

static int journal_make_mask(struct cipher_file *file, const uint8_t *sealed, uint8_t mask[4]) {
    uint8_t block[16];
    int count = 0;
    int done = EVP_EncryptUpdate(file->sealer.mask, block, &count, sealed + page_size - tag_size, 16) && count == 16;
    memset(mask, 0, 4);
    if (RULE(journal_mask)) memcpy(mask, block, 4);
    OPENSSL_cleanse(block, sizeof block);
    return done;
}

static void journal_mask(uint8_t *bytes, const uint8_t mask[4]) {
    for (int i = 0; i < 4; i++) bytes[i] ^= mask[i];
}

// What SQLite adds to the number that the segment's header gives (pager_cksum in its pager.c).
static uint32_t journal_sum_page(const uint8_t *plain) {
    uint32_t sum = 0;
    for (int at = page_size - 200; at > 0; at -= 200) sum += plain[at];
    return sum;
}

static int journal_read_checksum(struct cipher_file *file, uint8_t bytes[4]) {
    struct journal_state *journal = &file->journal;
    uint32_t expected = journal->sum_start + journal->sum_of_page;
    journal_mask(bytes, journal->read_mask);
    int is_own = journal_is_own(file, journal->read_checksum_offset);
    journal->read_checksum_offset = -1;
    if (number_at(bytes) == expected || !RULE(counted_record)) return SQLITE_OK;
    // SQLite compares only when it rolls a whole transaction back, and then has just read the segment's header.
    if (is_own) put_number(bytes, expected);
    return journal_must_hold(file) ? SQLITE_IOERR_DATA : SQLITE_OK;
}

// MARK: reading

static int journal_read_page(struct cipher_file *file, uint8_t *bytes, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    journal_end(file);
    int code = file_prepare(file) == SQLITE_OK && offset >= 4 ? SQLITE_OK : SQLITE_IOERR_READ;
    if (code == SQLITE_OK) code = read_below(file, file->scratch, 4 + page_size, offset - 4);
    if (code != SQLITE_OK) {
        memset(bytes, 0, page_size);
        return code;
    }
    struct place place = {domain_journal, number_at(file->scratch), 0, offset};
    if (place.page != 0 && page_open(&file->sealer, &place, file->scratch + 4, bytes) &&
        journal_make_mask(file, file->scratch + 4, journal->read_mask)) {
        journal->read_checksum_offset = offset + page_size;
        journal->sum_of_page = journal_sum_page(bytes);
        return SQLITE_OK;
    }
    memset(bytes, 0, page_size);
    // To SQLite a journal that ends early was never followed by a write to the database.
    int may_end = !journal_is_own(file, offset) && (journal->own_end > 0 || !journal->segment_was_synced);
    return may_end && RULE(hot_record) ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
}

// What is small is plain, or sealed and useless.
static int journal_read_words(struct cipher_file *file, uint8_t *bytes, int count, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    int code = read_below(file, bytes, count, offset);
    if (code != SQLITE_OK) return code;
    if (count == 4 && offset == journal->read_checksum_offset) return journal_read_checksum(file, bytes);
    // Nothing else is read there: the numbers of records lie at multiples of 8.
    if (count == 4 && offset % sector_size == 12) journal->sum_start = number_at(bytes);
    return SQLITE_OK;
}

// The first byte tells SQLite whether a crash left the journal. It would not miss the rest of a header that was cut.
static int journal_read_first_byte(struct cipher_file *file, uint8_t *byte) {
    sqlite3_int64 size;
    file->journal.own_end = 0;
    file->journal.segment_was_synced = 0;
    int code = read_below(file, byte, 1, 0);
    if (code != SQLITE_OK || *byte == 0 || !RULE(counted_record)) return code;
    code = size_below(file, &size);
    return code == SQLITE_OK && size < sector_size ? SQLITE_IOERR_DATA : code;
}

SHARED int journal_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    int is_magic = count == sizeof journal_magic && offset % sector_size == 0;
    if (is_magic) return journal_read_magic(file, bytes, offset);
    if (count == 1 && offset == 0) return journal_read_first_byte(file, bytes);
    int code = count == page_size ? journal_read_page(file, bytes, offset)
                                  : journal_read_words(file, bytes, count, offset);
    // SQLite would take a journal that was cut short for one that was written no further.
    int must_be_there = journal_must_hold(file) || (journal_is_own(file, offset) && RULE(counted_record));
    return code == SQLITE_IOERR_SHORT_READ && must_be_there ? SQLITE_IOERR_DATA : code;
}

// MARK: writing

static int journal_write_page(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    // Without its number a page cannot be bound to its place, and unsealed it is never written.
    if (journal->number_offset != offset - 4 || journal->number == 0) return SQLITE_IOERR_WRITE;
    struct place place = {domain_journal, journal->number, 0, offset};
    if (!page_is_acceptable(bytes, place.page) || file_prepare(file) != SQLITE_OK) return SQLITE_IOERR_WRITE;
    if (!page_seal(&file->sealer, &place, bytes, file->scratch)) return SQLITE_IOERR_WRITE;
    if (!journal_make_mask(file, file->scratch, journal->written_mask)) return SQLITE_IOERR_WRITE;
    journal->written_checksum_offset = offset + page_size;
    journal->number_offset = -1;
    journal->is_unsynced = 1;
    return write_below(file, file->scratch, page_size, offset);
}

static int journal_write_number(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    uint8_t masked[4];
    memcpy(masked, bytes, 4);
    int ends_record = offset == journal->written_checksum_offset;
    if (ends_record) {
        journal_mask(masked, journal->written_mask);
        journal->written_checksum_offset = -1;
    } else {
        journal->number_offset = offset;
        journal->number = number_at(bytes);
    }
    int code = write_below(file, masked, 4, offset);
    // Until then an earlier transaction's page may still stand there.
    if (code == SQLITE_OK && ends_record) journal->own_end = offset + 4;
    return code;
}

static int journal_begin_segment(struct cipher_file *file, const uint8_t *bytes, int count, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    if (!is_all_zero(bytes + header_size, (size_t)count - header_size)) return SQLITE_IOERR_WRITE;
    journal->header_offset = offset;
    if (offset == 0) journal->own_end = sector_size;
    memcpy(journal->header, bytes, header_size);
    return journal_write_header(file, offset);
}

// The magic and the number of records come after the records.
static int journal_count_records(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 offset) {
    if (offset != file->journal.header_offset) return SQLITE_IOERR_WRITE;
    memcpy(file->journal.header, bytes, 12);
    return journal_write_header(file, offset);
}

// The name of a super-journal follows the number of the lock page; length, checksum and magic follow the name.
static int journal_write_name(struct cipher_file *file, const uint8_t *bytes, int count, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    int follows_number = journal->number_offset == offset - 4 && journal->number == lock_page();
    int is_magic = count == sizeof journal_magic && memcmp(bytes, journal_magic, sizeof journal_magic) == 0;
    return follows_number || is_magic ? write_below(file, bytes, count, offset) : SQLITE_IOERR_WRITE;
}

SHARED int journal_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    journal_end(file);
    if (count <= 0 || offset < 0) return SQLITE_IOERR_WRITE;
    int at_sector = offset % sector_size == 0;
    int after_number = file->journal.number_offset >= 0 && file->journal.number_offset == offset - 4;
    if (count == 4) return journal_write_number(file, bytes, offset);
    if (count == page_size) return journal_write_page(file, bytes, offset);
    if (after_number) return journal_write_name(file, bytes, count, offset);
    if (count == sector_size && at_sector) return journal_begin_segment(file, bytes, count, offset);
    if (count == 12 && at_sector) return journal_count_records(file, bytes, offset);
    // A committed transaction's header is wiped, and the one that an earlier journal left behind this one.
    int is_wipe = (count == header_size || count == 1) && is_all_zero(bytes, (size_t)count);
    if (is_wipe && at_sector) return write_below(file, bytes, count, offset);
    return journal_write_name(file, bytes, count, offset);
}

SHARED int journal_sync(sqlite3_file *base, int flags) {
    struct cipher_file *file = (struct cipher_file *)base;
    int code = file_below(file)->pMethods->xSync(file_below(file), flags);
    if (code == SQLITE_OK) file->journal.is_unsynced = 0;
    return code;
}

