#define _GNU_SOURCE
#include "engine.h"

#include "page_cipher.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void give_up(const char *words, const char *detail) {
    fprintf(stderr, "bench-pages: %s: %s\n", words, detail);
    exit(1);
}

// MARK: the library

static void *library_open(const char *path) {
    // Deep binding: several of these libraries export the same names, and each must find its own.
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND);
    if (!library) give_up("the library does not load", dlerror());
    return library;
}

static void find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    if (!found) give_up("the library lacks", name);
    memcpy(function, &found, sizeof found);
}

// MARK: the kinds

// Raw keys, so that nobody's time goes into deriving one from a passphrase.
#define KEY_HEXADECIMAL "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static void become(struct engine *engine, const char *kind) {
    if (strcmp(kind, "plain") == 0) return;
    if (strcmp(kind, "plain-excl") == 0) {
        engine->disk = "unix-excl";
    } else if (strcmp(kind, "ours") == 0) {
        uint8_t key[page_cipher_key_byte_count];
        for (int i = 0; i < page_cipher_key_byte_count; i++) key[i] = (uint8_t)i;
        if (page_cipher_register("bench", "unix-excl", key) != SQLITE_OK) give_up("no page cipher", kind);
        engine->disk = "bench";
        engine->reserved_byte_count = page_cipher_reserved_byte_count;
    } else if (strcmp(kind, "sqlcipher") == 0) {
        engine->key = "PRAGMA key = \"x'" KEY_HEXADECIMAL "'\"";
        // Version 4 has this by itself; version 3 would use pages of 1,024 bytes.
        engine->after_key = "PRAGMA cipher_page_size = 4096";
    } else {
        give_up("there is no such kind", kind);
    }
}

struct engine engine_load(const char *kind, const char *path) {
    struct engine engine = {0};
    void *library = library_open(path);
    find(library, "sqlite3_open_v2", &engine.open_v2);
    find(library, "sqlite3_close", &engine.close);
    find(library, "sqlite3_exec", &engine.exec);
    find(library, "sqlite3_errmsg", &engine.errmsg);
    find(library, "sqlite3_prepare_v2", &engine.prepare_v2);
    find(library, "sqlite3_step", &engine.step);
    find(library, "sqlite3_reset", &engine.reset);
    find(library, "sqlite3_finalize", &engine.finalize);
    find(library, "sqlite3_bind_int64", &engine.bind_int64);
    find(library, "sqlite3_bind_blob", &engine.bind_blob);
    find(library, "sqlite3_column_blob", &engine.column_blob);
    find(library, "sqlite3_column_bytes", &engine.column_bytes);
    find(library, "sqlite3_column_int64", &engine.column_int64);
    find(library, "sqlite3_file_control", &engine.file_control);
    find(library, "sqlite3_libversion", &engine.libversion);
    become(&engine, kind);
    return engine;
}

// MARK: a connection

void engine_run(const struct engine *engine, sqlite3 *connection, const char *sql) {
    if (engine->exec(connection, sql, 0, 0, 0) != SQLITE_OK) give_up(sql, engine->errmsg(connection));
}

sqlite3_stmt *engine_prepare(const struct engine *engine, sqlite3 *connection, const char *sql) {
    sqlite3_stmt *statement = 0;
    if (engine->prepare_v2(connection, sql, -1, &statement, 0) != SQLITE_OK) give_up(sql, engine->errmsg(connection));
    return statement;
}

static int keep_first(void *kept, int count, char **columns, char **names) {
    (void)names;
    if (count > 0 && columns[0]) snprintf(kept, 32, "%s", columns[0]);
    return 0;
}

// The settings of the store, and SQLite's default cache. Each is made, and read back.
static const struct { const char *name, *value, *read_back; } settings[] = {
    {"page_size", "4096", "4096"},   {"cache_size", "-2000", "-2000"}, {"temp_store", "MEMORY", "2"},
    {"secure_delete", "ON", "1"},    {"mmap_size", "0", ""},          {"journal_mode", "WAL", "wal"},
    {"synchronous", "FULL", "2"},    {"wal_autocheckpoint", "1000", "1000"},
};

sqlite3 *engine_open(const struct engine *engine, const char *path) {
    sqlite3 *connection = 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (engine->open_v2(path, &connection, flags, engine->disk) != SQLITE_OK) give_up("does not open", path);
    int reserved = engine->reserved_byte_count;
    if (reserved > 0) engine->file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    if (engine->key) engine_run(engine, connection, engine->key);
    if (engine->after_key) engine_run(engine, connection, engine->after_key);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        char sql[96], held[32] = "";
        snprintf(sql, sizeof sql, "PRAGMA %s = %s", settings[i].name, settings[i].value);
        engine_run(engine, connection, sql);
        snprintf(sql, sizeof sql, "PRAGMA %s", settings[i].name);
        engine->exec(connection, sql, keep_first, held, 0);
        if (settings[i].read_back[0] && strcmp(held, settings[i].read_back) != 0) give_up(sql, held);
    }
    return connection;
}
