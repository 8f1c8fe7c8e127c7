#include "scene.h"

#include "page_cipher.h"
#include "power_loss_disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { commit_count = 4, first_rows = 16 };

void defect(const char *what) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

// MARK: the rows

int row_version(int state, int row) {
    int added = row <= first_rows ? 0 : (row - first_rows + 1) / 2;
    int is_removed = row % 7 == 0 && state >= row / 7;
    if (row > last_row || state < added || is_removed) return -1;
    int version = 0;
    for (int commit = added + 1; commit <= state; commit++) version += (row + commit) % 3 == 0;
    return version;
}

static int make_body(int row, int version, uint8_t body[body_limit]) {
    // Every fourth is too long for one page.
    int count = row % 4 == 0 ? 5000 + (row * 401 + version * 977) % 4000 : 20 + (row * 37 + version * 11) % 600;
    uint32_t state = (uint32_t)(row * 1000 + version + 1);
    for (int i = 0; i < count; i++) {
        state = state * 1664525 + 1013904223;
        body[i] = (uint8_t)(state >> 24);
    }
    return count;
}

int row_body(int row, int version, const uint8_t **body) {
    static uint8_t bodies[last_row + 1][version_limit][body_limit];
    static int counts[last_row + 1][version_limit];
    int *count = &counts[row][version];
    if (*count == 0) *count = make_body(row, version, bodies[row][version]);
    *body = bodies[row][version];
    return *count;
}

// MARK: making them

static void run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) defect(sqlite3_errmsg(database));
}

static void put_row(sqlite3 *database, int row, int version) {
    const uint8_t *body = 0;
    int count = row_body(row, version, &body);
    sqlite3_stmt *statement = 0;
    sqlite3_prepare_v2(database, "INSERT OR REPLACE INTO t VALUES (?, ?, ?)", -1, &statement, 0);
    sqlite3_bind_int(statement, 1, row);
    sqlite3_bind_int(statement, 2, version);
    sqlite3_bind_blob(statement, 3, body, count, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE) defect(sqlite3_errmsg(database));
    sqlite3_finalize(statement);
}

// Makes of the state before this one.
static void put_state(sqlite3 *database, int state) {
    for (int row = 1; row <= last_row; row++) {
        int version = row_version(state, row);
        if (version < 0) {
            char *sql = sqlite3_mprintf("DELETE FROM t WHERE id = %d", row);
            run(database, sql);
            sqlite3_free(sql);
        } else if (state == 0 || version != row_version(state - 1, row)) {
            put_row(database, row, version);
        }
    }
}

static struct image image_of(const char *path) {
    const uint8_t *bytes = 0;
    long long count = power_loss_file(path, &bytes);
    struct image image = {count > 0 ? malloc((size_t)count) : 0, count > 0 ? (size_t)count : 0};
    if (!image.bytes) defect("a scene has no files");
    memcpy(image.bytes, bytes, image.count);
    return image;
}

const char *scene_beside_path(enum scene_kind kind) {
    return kind == scene_log ? STORE "-wal" : kind == scene_journal ? STORE "-journal" : 0;
}

static sqlite3 *make_store(void) {
    sqlite3 *database = scene_open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    int reserved = page_cipher_reserved_byte_count;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    run(database, "CREATE TABLE t (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL);"
                  "CREATE INDEX by_version ON t (version, id)");
    // Free pages at the end.
    run(database, "BEGIN");
    put_state(database, 0);
    run(database, "COMMIT; CREATE TABLE gone (body BLOB); INSERT INTO gone VALUES (zeroblob(20000)); DROP TABLE gone");
    return database;
}

static struct scene make_scene(enum scene_kind kind) {
    power_loss_acquire();
    sqlite3 *database = make_store();
    struct scene scene = {.kind = kind};
    if (kind == scene_log) {
        run(database, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
        for (int state = 1; state <= commit_count; state++) {
            run(database, "BEGIN");
            put_state(database, state);
            run(database, "COMMIT");
        }
        scene.last_state = commit_count;
    } else if (kind == scene_journal) {
        run(database, "BEGIN");
        put_state(database, 1);
        if (sqlite3_db_cacheflush(database) != SQLITE_OK) defect("the transaction does not reach the disk");
    }
    scene.database = image_of(STORE);
    if (kind != scene_database) scene.beside = image_of(scene_beside_path(kind));
    sqlite3_close(database);
    power_loss_release();
    return scene;
}

const struct scene *scenes(void) {
    static struct scene made[scene_count];
    if (made[0].database.bytes) return made;
    if (power_loss_register() != SQLITE_OK ||
        page_cipher_register(DISK, "power-loss-disk", disk_key) != SQLITE_OK) {
        defect("no disk");
    }
    for (enum scene_kind kind = 0; kind < scene_count; kind++) made[kind] = make_scene(kind);
    return made;
}

// MARK: opening

static int give_up(void *context) {
    (void)context;
    return 1;
}

sqlite3 *scene_open(int flags) {
    sqlite3 *database = 0;
    if (sqlite3_open_v2(STORE, &database, flags, DISK) != SQLITE_OK) {
        sqlite3_close(database);
        return 0;
    }
    sqlite3_extended_result_codes(database, 1);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    sqlite3_exec(database, "PRAGMA cell_size_check = ON", 0, 0, 0);
    sqlite3_progress_handler(database, 200000, give_up, 0);
    return database;
}
