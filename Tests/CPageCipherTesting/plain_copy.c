#include "plain_copy.h"

#include "page_cipher.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char disk_name[] = "plain-copy";

enum { log_header_size = 32, frame_size = 24 + page_cipher_page_byte_count };

static int open_file(sqlite3_vfs *disk, const char *name, int kind, sqlite3_file **opened) {
    *opened = sqlite3_malloc(disk->szOsFile);
    if (!*opened) return SQLITE_NOMEM;
    memset(*opened, 0, (size_t)disk->szOsFile);
    int code = disk->xOpen(disk, name, *opened, kind | SQLITE_OPEN_READONLY, 0);
    if (code != SQLITE_OK) {
        sqlite3_free(*opened);
        *opened = 0;
    }
    return code;
}

static void close_file(sqlite3_file *file) {
    if (!file) return;
    file->pMethods->xClose(file);
    sqlite3_free(file);
}

// Copies pieces of one size, from the first on, of which those that do not open are left out.
static int copy_pieces(sqlite3_file *file, sqlite3_int64 start, int size, FILE *to) {
    uint8_t bytes[frame_size];
    sqlite3_int64 end;
    int code = file->pMethods->xFileSize(file, &end);
    for (sqlite3_int64 at = start; code == SQLITE_OK && at + size <= end; at += size) {
        if (file->pMethods->xRead(file, bytes, size, at) != SQLITE_OK) continue;
        if (fwrite(bytes, 1, (size_t)size, to) != (size_t)size) code = SQLITE_FULL;
    }
    return code;
}

static int copy_store(sqlite3_vfs *disk, const char *name, FILE *to) {
    sqlite3_file *store = 0, *log = 0;
    uint8_t first[page_cipher_page_byte_count];
    int code = open_file(disk, name, SQLITE_OPEN_MAIN_DB, &store);
    if (code != SQLITE_OK) return code;
    code = store->pMethods->xRead(store, first, sizeof first, 0);
    if (code == SQLITE_OK) code = copy_pieces(store, 0, page_cipher_page_byte_count, to);
    if (code == SQLITE_OK && open_file(disk, sqlite3_filename_wal(name), SQLITE_OPEN_WAL, &log) == SQLITE_OK) {
        code = copy_pieces(log, log_header_size, frame_size, to);
    }
    close_file(log);
    close_file(store);
    return code;
}

int plain_copy(const char *path, const uint8_t key[32], const char *to) {
    int code = page_cipher_register(disk_name, "unix", key);
    if (code != SQLITE_OK) return code;
    char *journal = sqlite3_mprintf("%s-journal", path), *log = sqlite3_mprintf("%s-wal", path);
    const char *name = sqlite3_create_filename(path, journal, log, 0, 0);
    FILE *plain = fopen(to, "wb");
    code = plain && name ? copy_store(sqlite3_vfs_find(disk_name), name, plain) : SQLITE_CANTOPEN;
    if (plain && fclose(plain) != 0) code = SQLITE_FULL;
    sqlite3_free_filename(name);
    sqlite3_free(journal);
    sqlite3_free(log);
    page_cipher_unregister(disk_name);
    return code;
}
