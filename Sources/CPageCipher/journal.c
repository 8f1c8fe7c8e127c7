#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// The rollback journal: segments of a header in a sector of its own, then records of a page's number, the page, and a
// checksum. At its end may stand the name of a super-journal.
enum { header_size = 28, sealed_header_size = header_size + 1 + nonce_size + tag_size };

static const uint8_t journal_magic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

SHARED void journal_begin(struct cipher_file *file) {
    memset(&file->journal, 0, sizeof file->journal);
    file->journal.number_offset = -1;
    file->journal.written_checksum_offset = -1;
    file->journal.read_checksum_offset = -1;
    file->journal.header_offset = -1;
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

// SQLite asks for the magic alone before it believes a header.
static int journal_read_magic(struct cipher_file *file, uint8_t *bytes, sqlite3_int64 offset) {
    uint8_t sector[sealed_header_size];
    int code = read_below(file, sector, sizeof sector, offset);
    if (code == SQLITE_IOERR_SHORT_READ) return read_below(file, bytes, sizeof journal_magic, offset);
    if (code != SQLITE_OK) return code;
    memcpy(bytes, sector, sizeof journal_magic);
    int is_header = memcmp(sector, journal_magic, sizeof journal_magic) == 0;
    int is_spoilt = 0;
    if (is_header) {
        is_spoilt = !journal_header_opens(file, sector, offset);
    } else if (offset == 0 && sector[0] != 0) {
        // Only at the front must a header stand: elsewhere may be what an earlier, longer transaction left. And what is
        // no header even with the magic put right was never synced: a crash left it before the database was written to.
        memcpy(sector, journal_magic, sizeof journal_magic);
        is_spoilt = journal_header_opens(file, sector, offset);
    }
    if (is_spoilt && RULE(journal_header)) return SQLITE_IOERR_DATA;
    if (is_header) file->journal.segment_was_synced = sector[header_size];
    return SQLITE_OK;
}

// MARK: the checksum
//
// SQLite sums a few bytes of the plain page up. What hides the sum is drawn from the page's own tag.

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

// MARK: reading

static int journal_read_page(struct cipher_file *file, uint8_t *bytes, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    int code = file_prepare(file) == SQLITE_OK && offset >= 4 ? SQLITE_OK : SQLITE_IOERR_READ;
    if (code == SQLITE_OK) code = read_below(file, file->scratch, 4 + page_size, offset - 4);
    if (code != SQLITE_OK) {
        memset(bytes, 0, page_size);
        return code;
    }
    struct place place = {domain_journal, number_at(file->scratch), 0, offset};
    journal->read_checksum_offset = offset + page_size;
    if (place.page != 0 && page_open(&file->sealer, &place, file->scratch + 4, bytes) &&
        journal_make_mask(file, file->scratch + 4, journal->read_mask)) {
        return SQLITE_OK;
    }
    memset(bytes, 0, page_size);
    // To SQLite a journal that ends early was never followed by a write to the database.
    int may_be_cut = !journal->is_own && !journal->segment_was_synced && RULE(hot_record);
    return may_be_cut ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
}

SHARED int journal_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    if (count == page_size) return journal_read_page(file, bytes, offset);
    if (count == sizeof journal_magic && offset % sector_size == 0) return journal_read_magic(file, bytes, offset);
    // What is left is small and plain, or sealed and useless.
    int code = read_below(file, bytes, count, offset);
    if (count == 4 && offset == file->journal.read_checksum_offset) journal_mask(bytes, file->journal.read_mask);
    return code;
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
    journal->is_own = 1;
    journal->is_unsynced = 1;
    return write_below(file, file->scratch, page_size, offset);
}

static int journal_write_number(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    uint8_t masked[4];
    memcpy(masked, bytes, 4);
    if (offset == journal->written_checksum_offset) {
        journal_mask(masked, journal->written_mask);
        journal->written_checksum_offset = -1;
    } else {
        journal->number_offset = offset;
        journal->number = number_at(bytes);
    }
    return write_below(file, masked, 4, offset);
}

static int journal_begin_segment(struct cipher_file *file, const uint8_t *bytes, int count, sqlite3_int64 offset) {
    struct journal_state *journal = &file->journal;
    if (!is_all_zero(bytes + header_size, (size_t)count - header_size)) return SQLITE_IOERR_WRITE;
    journal->header_offset = offset;
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

