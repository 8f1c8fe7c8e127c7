#include "internal.h"

enum { least_ahead = 4 * page_size, most_ahead = 16 * page_size };

SHARED const uint8_t *read_ahead(struct cipher_file *file, sqlite3_int64 offset) {
    struct ahead_state *ahead = &file->database.ahead;
    sqlite3_int64 within = offset - ahead->offset;
    int follows = offset == ahead->expected;
    ahead->expected = offset + page_size;
    if (within >= 0 && within + page_size <= ahead->count) return ahead->bytes + within;
    ahead->count = 0;
    ahead->step = !follows ? least_ahead / 2 : ahead->step < most_ahead ? ahead->step * 2 : most_ahead;
    if (!follows || (!ahead->bytes && !(ahead->bytes = sqlite3_malloc(most_ahead)))) return 0;
    // At the end of the file, or beside a sector that cannot be read, each page is read by itself.
    if (read_below(file, ahead->bytes, ahead->step, offset) != SQLITE_OK) return 0;
    ahead->offset = offset;
    ahead->count = ahead->step;
    return ahead->bytes;
}

SHARED void read_ahead_end(struct cipher_file *file) {
    sqlite3_free(file->database.ahead.bytes);
    file->database.ahead.bytes = 0;
}
