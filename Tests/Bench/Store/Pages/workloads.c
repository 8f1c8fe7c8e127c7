#include "workloads.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { row_count = 600000, row_byte_count = 400, blob_count = 128, blob_byte_count = 1 << 20 };

// MARK: content

// The same numbers in every run and for every engine (splitmix64).
static uint64_t next_number(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

// Bytes without pattern, the first eight of which tell the row they belong to.
static void make_content(uint8_t *bytes, size_t count, uint64_t row) {
    uint64_t state = row;
    memcpy(bytes, &row, sizeof row);
    for (size_t i = sizeof row; i < count; i += sizeof state) {
        uint64_t number = next_number(&state);
        memcpy(bytes + i, &number, sizeof number);
    }
}

static void check_content(const struct engine *engine, sqlite3_stmt *statement, uint64_t row, int count) {
    uint64_t held = 0;
    const void *bytes = engine->column_blob(statement, 0);
    if (bytes && engine->column_bytes(statement, 0) == count) memcpy(&held, bytes, sizeof held);
    if (held != row) give_up("a row is not as it was written", engine->libversion());
}

// MARK: writing

static void insert(const struct engine *engine, sqlite3_stmt *statement, uint64_t row, uint8_t *bytes, int count) {
    make_content(bytes, (size_t)count, row);
    engine->bind_int64(statement, 1, (sqlite3_int64)row);
    engine->bind_blob(statement, 2, bytes, count, SQLITE_STATIC);
    if (engine->step(statement) != SQLITE_DONE) give_up("a row is not taken", engine->libversion());
    engine->reset(statement);
}

// Inserts rows 1 to `rows`, so many a transaction.
static void insert_rows(const struct engine *engine, sqlite3 *connection, int rows, int per_transaction, int count) {
    uint8_t *bytes = malloc((size_t)count);
    engine_run(engine, connection, "CREATE TABLE content (row INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
    sqlite3_stmt *statement = engine_prepare(engine, connection, "INSERT INTO content VALUES (?, ?)");
    for (int row = 1; row <= rows; row++) {
        if (per_transaction > 1 && row % per_transaction == 1) engine_run(engine, connection, "BEGIN");
        insert(engine, statement, (uint64_t)row, bytes, count);
        if (per_transaction > 1 && (row % per_transaction == 0 || row == rows)) engine_run(engine, connection, "COMMIT");
    }
    engine->finalize(statement);
    free(bytes);
}

static void commit_rows(const struct engine *engine, sqlite3 *connection, int operations) {
    insert_rows(engine, connection, operations, 1, row_byte_count);
}

static void commit_batches(const struct engine *engine, sqlite3 *connection, int operations) {
    insert_rows(engine, connection, operations, 1000, row_byte_count);
}

static void write_blobs(const struct engine *engine, sqlite3 *connection, int operations) {
    insert_rows(engine, connection, operations, 1, blob_byte_count);
}

// MARK: reading

static void read_at_random(const struct engine *engine, sqlite3 *connection, int operations, int rows, int count) {
    uint64_t state = 1;
    sqlite3_stmt *statement = engine_prepare(engine, connection, "SELECT bytes FROM content WHERE row = ?");
    for (int i = 0; i < operations; i++) {
        uint64_t row = next_number(&state) % (uint64_t)rows + 1;
        engine->bind_int64(statement, 1, (sqlite3_int64)row);
        if (engine->step(statement) != SQLITE_ROW) give_up("a row is missing", engine->libversion());
        check_content(engine, statement, row, count);
        engine->reset(statement);
    }
    engine->finalize(statement);
}

static void read_rows(const struct engine *engine, sqlite3 *connection, int operations) {
    read_at_random(engine, connection, operations, row_count, row_byte_count);
}

static void read_blobs(const struct engine *engine, sqlite3 *connection, int operations) {
    read_at_random(engine, connection, operations, blob_count, blob_byte_count);
}

static void scan_rows(const struct engine *engine, sqlite3 *connection, int operations) {
    sqlite3_stmt *statement = engine_prepare(engine, connection, "SELECT count(*) FROM content WHERE substr(bytes, 9, 1) > x''");
    for (int i = 0; i < operations; i++) {
        if (engine->step(statement) != SQLITE_ROW || engine->column_int64(statement, 0) != row_count) {
            give_up("the scan misses rows", engine->libversion());
        }
        engine->reset(statement);
    }
    engine->finalize(statement);
}

// MARK: all of them

const struct workload workloads[] = {
    {"point-read", 50000, "rows.db", read_rows},
    {"scan", 1, "rows.db", scan_rows},
    {"commit", 3000, 0, commit_rows},
    {"batch", 100000, 0, commit_batches},
    {"blob-write", 48, 0, write_blobs},
    {"blob-read", 384, "blobs.db", read_blobs},
    {0, 0, 0, 0},
};

static void fill(const struct engine *engine, const char *folder, const char *name, int rows, int count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    sqlite3 *connection = engine_open(engine, path);
    insert_rows(engine, connection, rows, count > row_byte_count ? 4 : 10000, count);
    engine_run(engine, connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    engine->close(connection);
    // What should be sealed must not be plain because a key was not taken.
    char head[15] = "";
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(head, 1, sizeof head, file) : 0;
    if (file) fclose(file);
    int is_plain = got == sizeof head && memcmp(head, "SQLite format 3", sizeof head) == 0;
    if (is_plain != (!engine->key && engine->reserved_byte_count == 0)) give_up("not sealed as it should be", path);
}

void workloads_fill(const struct engine *engine, const char *folder) {
    fill(engine, folder, "rows.db", row_count, row_byte_count);
    fill(engine, folder, "blobs.db", blob_count, blob_byte_count);
}
