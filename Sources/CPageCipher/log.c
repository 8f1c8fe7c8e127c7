#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// The write-ahead log: a header of 32 bytes, then frames of a header of 24 and a page.
enum { log_header_size = 32, frame_header_size = 24, frame_size = frame_header_size + page_size };

// Where in which frame an offset lies; -1 for the log's own header.
static sqlite3_int64 log_frame_offset(sqlite3_int64 offset, int *within) {
    if (offset < log_header_size) return -1;
    *within = (int)((offset - log_header_size) % frame_size);
    return offset - *within;
}

static struct place log_place(const uint8_t header[8], sqlite3_int64 frame) {
    return (struct place){domain_log, number_at(header), number_at(header + 4), frame};
}

// MARK: the frame's header

// Page number and size after commit stay readable: they are bound to the page. The 16 bytes behind them hold a sum over
// the plain page, with which a guess of its content could be checked, so one block of AES-256-XTS hides them. The frame
// has no room for a nonce; as a permutation bound to its place it needs none.
static int frame_header_turn(EVP_CIPHER_CTX *turning, const uint8_t *from, sqlite3_int64 frame, uint8_t *to) {
    uint8_t tweak[16];
    int count = 0;
    memmove(to, from, 8);
    if (!RULE(frame_header)) {
        memmove(to + 8, from + 8, 16);
        return 1;
    }
    put_long_number(tweak, (uint64_t)frame);
    memcpy(tweak + 8, from, 8);
    return EVP_CipherInit_ex(turning, 0, 0, 0, tweak, -1) && EVP_CipherUpdate(turning, to + 8, &count, from + 8, 16) &&
           count == 16;
}

// MARK: reading

static int log_read_header(struct cipher_file *file, uint8_t *bytes, int count, sqlite3_int64 frame, int within) {
    uint8_t header[frame_header_size];
    int code = read_below(file, file->scratch, frame_header_size, frame);
    if (code == SQLITE_OK && !frame_header_turn(file->sealer.header_open, file->scratch, frame, header)) {
        code = SQLITE_IOERR_READ;
    }
    if (code != SQLITE_OK) memset(bytes, 0, (size_t)count);
    if (code == SQLITE_OK) memcpy(bytes, header + within, (size_t)count);
    return code;
}

// SQLite reads whole frames when it recovers the log. One that was cut by a crash is where the log ends, not a failure:
// zeros are a frame that SQLite does not take for one.
static int log_read_frame(struct cipher_file *file, uint8_t *bytes, sqlite3_int64 frame) {
    struct place place = log_place(file->scratch, frame);
    const uint8_t *sealed = file->scratch + frame_header_size;
    if (place.page != 0 && page_open(&file->sealer, &place, sealed, bytes + frame_header_size) &&
        frame_header_turn(file->sealer.header_open, file->scratch, frame, bytes)) {
        return SQLITE_OK;
    }
    memset(bytes, 0, frame_size);
    return RULE(zeroed_bad_frame) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

// A page that the log's index points to was recovered or written before: here it has to open.
static int log_read_page(struct cipher_file *file, uint8_t *bytes, int count, sqlite3_int64 frame) {
    struct place place = log_place(file->scratch, frame);
    uint8_t plain[page_size];
    uint8_t *whole = count == page_size ? bytes : plain;
    int done = page_open(&file->sealer, &place, file->scratch + frame_header_size, whole);
    if (whole == plain) {
        memcpy(bytes, plain, (size_t)count);
        OPENSSL_cleanse(plain, sizeof plain);
    }
    return done ? SQLITE_OK : SQLITE_IOERR_DATA;
}

SHARED int log_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    int within = 0;
    sqlite3_int64 frame = log_frame_offset(offset, &within);
    if (count <= 0 || offset < 0) return SQLITE_IOERR_READ;
    if (frame < 0) {
        return offset + count <= log_header_size ? read_below(file, bytes, count, offset) : SQLITE_IOERR_READ;
    }
    if (file_prepare(file) != SQLITE_OK) return SQLITE_IOERR_READ;
    if (within + count <= frame_header_size) return log_read_header(file, bytes, count, frame, within);
    int is_frame = within == 0 && count == frame_size;
    if (!is_frame && (within != frame_header_size || count > page_size)) return SQLITE_IOERR_READ;
    int code = read_below(file, file->scratch, frame_size, frame);
    if (code != SQLITE_OK) {
        memset(bytes, 0, (size_t)count);
        return code;
    }
    return is_frame ? log_read_frame(file, bytes, frame) : log_read_page(file, bytes, count, frame);
}

// MARK: writing

// The header of a new frame waits for its page, which SQLite writes right after it: one call of the disk below does for
// both. Until the page is there it is no frame to anybody. A header that takes an older one's place is written at once,
// for no page need follow it.
static int log_write_header(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 frame) {
    struct log_state *log = &file->log;
    // SQLite copies headers when it sums the log up anew; one that was read as zeros must not be written back.
    if (number_at(bytes) == 0 && RULE(refused_zero_frame)) return SQLITE_IOERR_WRITE;
    log->header_offset = log->is_held = 0;
    if (!frame_header_turn(file->sealer.header_seal, bytes, frame, log->header)) return SQLITE_IOERR_WRITE;
    log->is_held = frame == log->next_offset;
    int code = log->is_held ? SQLITE_OK : write_below(file, log->header, frame_header_size, frame);
    if (code != SQLITE_OK) return code;
    log->header_offset = frame;
    log->is_new = 1;
    return SQLITE_OK;
}

// A page that changes again within its transaction is written over without its header, which then stands in the file.
static int log_find_header(struct cipher_file *file, sqlite3_int64 frame) {
    struct log_state *log = &file->log;
    if (log->header_offset == frame) return SQLITE_OK;
    log->header_offset = log->is_held = log->is_new = 0;
    int code = read_below(file, log->header, frame_header_size, frame);
    if (code == SQLITE_OK) log->header_offset = frame;
    return code;
}

static int log_write_below(struct cipher_file *file, uint8_t *sealed, sqlite3_int64 frame) {
    struct log_state *log = &file->log;
    if (!log->is_held) return write_below(file, sealed, page_size, frame + frame_header_size);
    memcpy(sealed - frame_header_size, log->header, frame_header_size);
    return write_below(file, sealed - frame_header_size, frame_size, frame);
}

static int log_write_page(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 frame) {
    struct log_state *log = &file->log;
    int code = log_find_header(file, frame);
    if (code != SQLITE_OK) return SQLITE_IOERR_WRITE;
    struct place place = log_place(log->header, frame);
    uint8_t *sealed = file->scratch + frame_header_size;
    if (place.page == 0 || !page_is_acceptable(bytes, place.page)) return SQLITE_IOERR_WRITE;
    if (!page_seal(&file->sealer, &place, bytes, sealed)) return SQLITE_IOERR_WRITE;
    code = log_write_below(file, sealed, frame);
    // How much of it reached the file is not known after a failure: the next header does not wait then.
    if (log->is_new) log->next_offset = code == SQLITE_OK ? frame + frame_size : 0;
    if (code != SQLITE_OK && log->is_held) log->header_offset = 0;
    log->is_held = log->is_new = 0;
    return code;
}

SHARED int log_truncate(sqlite3_file *base, sqlite3_int64 size) {
    struct cipher_file *file = (struct cipher_file *)base;
    // What is held belongs to a log that is no more.
    file->log = (struct log_state){0};
    return truncate_below(file, size);
}

SHARED int log_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    int within = 0;
    sqlite3_int64 frame = log_frame_offset(offset, &within);
    if (offset == 0 && count == log_header_size) {
        // The frames behind another page size would lie elsewhere.
        if (number_at((const uint8_t *)bytes + 8) != page_size) return SQLITE_IOERR_WRITE;
        file->log = (struct log_state){.next_offset = log_header_size};
        return write_below(file, bytes, count, 0);
    }
    if (frame < 0 || file_prepare(file) != SQLITE_OK) return SQLITE_IOERR_WRITE;
    if (within == 0 && count == frame_header_size) return log_write_header(file, bytes, frame);
    if (within == frame_header_size && count == page_size) return log_write_page(file, bytes, frame);
    return SQLITE_IOERR_WRITE;
}
