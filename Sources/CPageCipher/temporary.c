#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// Temporary files live as long as their handle, under a key nobody keeps: AES-256-XTS over units of 4,096 bytes, which
// SQLite reads and writes in pieces of any size. Nothing in them outlives the process, so they carry no seal.

SHARED int temporary_begin(struct cipher_file *file) {
    struct temporary_state *temporary = &file->temporary;
    uint8_t key[64];
    memset(temporary, 0, sizeof *temporary);
    temporary->seal = EVP_CIPHER_CTX_new();
    temporary->open = EVP_CIPHER_CTX_new();
    int done = temporary->seal && temporary->open && random_fill(key, sizeof key) &&
               EVP_EncryptInit_ex(temporary->seal, EVP_aes_256_xts(), 0, key, 0) &&
               EVP_DecryptInit_ex(temporary->open, EVP_aes_256_xts(), 0, key, 0);
    OPENSSL_cleanse(key, sizeof key);
    if (!done) temporary_end(file);
    return done;
}

SHARED void temporary_end(struct cipher_file *file) {
    EVP_CIPHER_CTX_free(file->temporary.seal);
    EVP_CIPHER_CTX_free(file->temporary.open);
    file->temporary.seal = file->temporary.open = 0;
}

static int unit_turn(EVP_CIPHER_CTX *turning, sqlite3_int64 unit, const uint8_t *from, uint8_t *to) {
    uint8_t tweak[16] = {0};
    int count = 0;
    put_long_number(tweak + 8, (uint64_t)unit);
    if (!RULE(temporary_files)) {
        memmove(to, from, page_size);
        return 1;
    }
    return EVP_CipherInit_ex(turning, 0, 0, 0, tweak, -1) && EVP_CipherUpdate(turning, to, &count, from, page_size) &&
           count == page_size;
}

// Units behind the file's end are zeros.
static int unit_read(struct cipher_file *file, sqlite3_int64 unit, uint8_t *plain) {
    if (unit * page_size >= file->temporary.size) {
        memset(plain, 0, page_size);
        return SQLITE_OK;
    }
    int code = read_below(file, file->scratch, page_size, unit * page_size);
    if (code != SQLITE_OK) return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_READ : code;
    return unit_turn(file->temporary.open, unit, file->scratch, plain) ? SQLITE_OK : SQLITE_IOERR_READ;
}

static int unit_write(struct cipher_file *file, sqlite3_int64 unit, const uint8_t *plain) {
    if (!unit_turn(file->temporary.seal, unit, plain, file->scratch)) return SQLITE_IOERR_WRITE;
    return write_below(file, file->scratch, page_size, unit * page_size);
}

SHARED int temporary_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    uint8_t plain[page_size], *to = bytes;
    if (count < 0 || offset < 0) return SQLITE_IOERR_READ;
    sqlite3_int64 held = file->temporary.size - offset;
    int rest = held < 0 ? 0 : held < count ? (int)held : count;
    int code = rest < count ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
    memset(bytes, 0, (size_t)count);
    while (rest > 0) {
        int skip = (int)(offset % page_size);
        int part = rest < page_size - skip ? rest : page_size - skip;
        int failed = unit_read(file, offset / page_size, plain);
        if (failed != SQLITE_OK) return failed;
        memcpy(to, plain + skip, (size_t)part);
        to += part;
        offset += part;
        rest -= part;
    }
    OPENSSL_cleanse(plain, sizeof plain);
    return code;
}

// Writes the bytes, or zeros if there are none.
static int temporary_put(struct cipher_file *file, const uint8_t *bytes, sqlite3_int64 count, sqlite3_int64 offset) {
    uint8_t plain[page_size];
    int code = SQLITE_OK;
    while (count > 0 && code == SQLITE_OK) {
        int skip = (int)(offset % page_size);
        int part = count < page_size - skip ? (int)count : page_size - skip;
        code = unit_read(file, offset / page_size, plain);
        if (code != SQLITE_OK) break;
        if (bytes) {
            memcpy(plain + skip, bytes, (size_t)part);
            bytes += part;
        } else {
            memset(plain + skip, 0, (size_t)part);
        }
        code = unit_write(file, offset / page_size, plain);
        offset += part;
        count -= part;
        if (code == SQLITE_OK && offset > file->temporary.size) file->temporary.size = offset;
    }
    OPENSSL_cleanse(plain, sizeof plain);
    return code;
}

SHARED int temporary_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    struct cipher_file *file = (struct cipher_file *)base;
    sqlite3_int64 size = file->temporary.size;
    if (count < 0 || offset < 0) return SQLITE_IOERR_WRITE;
    int code = offset > size ? temporary_put(file, 0, offset - size, size) : SQLITE_OK;
    return code == SQLITE_OK ? temporary_put(file, bytes, count, offset) : code;
}

SHARED int temporary_truncate(sqlite3_file *base, sqlite3_int64 size) {
    struct cipher_file *file = (struct cipher_file *)base;
    sqlite3_int64 old = file->temporary.size;
    if (size > old) return temporary_put(file, 0, size - old, old);
    // The rest of the last unit stays until it is written over; a longer file is filled with zeros first.
    int code = truncate_below(file, (size + page_size - 1) / page_size * page_size);
    if (code == SQLITE_OK) file->temporary.size = size;
    return code;
}

SHARED int temporary_size(sqlite3_file *base, sqlite3_int64 *size) {
    *size = ((struct cipher_file *)base)->temporary.size;
    return SQLITE_OK;
}
