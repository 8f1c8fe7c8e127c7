#include "internal.h"

#include <openssl/crypto.h>

// One sealed page of the database file at a time, and the gaps between them.

SHARED struct place database_place(uint32_t page) {
    return (struct place){domain_database, page, 0, (sqlite3_int64)(page - 1) * page_size};
}

SHARED int database_look_at(struct cipher_file *file, uint32_t page, uint8_t *plain, int *opens) {
    struct place place = database_place(page);
    int code = read_below(file, file->scratch, page_size, place.offset);
    *opens = code == SQLITE_OK && file_prepare(file) == SQLITE_OK &&
             page_open(&file->sealer, &place, file->scratch, plain);
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

SHARED int database_write_page(struct cipher_file *file, uint32_t page, const uint8_t *plain) {
    struct place place = database_place(page);
    if (!page_seal(&file->sealer, &place, plain, file->scratch)) return SQLITE_IOERR_WRITE;
    file->database.ahead.count = 0;
    int code = write_below(file, file->scratch, page_size, place.offset);
    sqlite3_int64 end = place.offset + page_size, *known = &file->database.known_size;
    // Nothing that was known not to be there may be thought to be.
    if (code == SQLITE_OK && *known > 0 && *known < end) *known = end;
    return code;
}

// Whether a page stands there that opens. A checkpoint that had to leave off, because of a reader, may have written pages
// behind those that page 1 declares. What cannot be read is an error: it must not become zeros.
static int database_find_page(struct cipher_file *file, uint32_t page, int *stands) {
    uint8_t plain[page_size];
    int code = database_look_at(file, page, plain, stands);
    OPENSSL_cleanse(plain, sizeof plain);
    return code;
}

// Fills what lies between the end of the file and the page that is written next with sealed zeros. SQLite skips pages
// that are free; left as holes they could not be told from pages that someone wiped.
SHARED int database_fill(struct cipher_file *file, sqlite3_int64 size, uint32_t next) {
    static const uint8_t zeros[page_size];
    // Part of a page is damage, not a gap, and must not be covered up.
    if (size % page_size != 0 && size / page_size + 1 < next) return SQLITE_IOERR_WRITE;
    for (uint32_t page = (uint32_t)(size / page_size) + 1; page < next && RULE(gap_fill); page++) {
        // It stays a hole.
        if (page == lock_page()) continue;
        int stands = 0;
        int code = file->database.checkpoint != checkpoint_none ? database_find_page(file, page, &stands) : SQLITE_OK;
        if (code == SQLITE_OK && !stands) code = database_write_page(file, page, zeros);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}
