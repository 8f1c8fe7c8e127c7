#include "CFuzzPages.h"

#include "mutation.h"
#include "power_loss_disk.h"
#include "second_seal.h"

#include <stdlib.h>
#include <string.h>

// MARK: what may be read

// The states that fit everything read so far, one bit each; every row fits if nothing is expected.
struct expectation {
    unsigned states;
    int is_checked;
    // How many readings came to their end.
    int finished;
};

static void expect(struct expectation *expectation, unsigned states, const char *otherwise) {
    expectation->states &= states;
    if (expectation->is_checked && expectation->states == 0) defect(otherwise);
}

static void expect_body(const struct expectation *expectation, int row, int version, const void *bytes, int count) {
    const uint8_t *body = 0;
    if (!expectation->is_checked) return;
    if (row < 1 || row > last_row || version < 0 || version >= version_limit) defect("a row that never was");
    if (row_body(row, version, &body) != count || memcmp(body, bytes, (size_t)count) != 0) defect("another body");
}

// The states in which the version of the row is this one.
static unsigned states_with(int row, int version) {
    unsigned states = 0;
    for (int state = 0; state < 8; state++) states |= (unsigned)(row_version(state, row) == version) << state;
    return states;
}

static unsigned states_without_rows(int first, int past) {
    unsigned states = ~0u;
    for (int row = first; row < past; row++) states &= states_with(row, -1);
    return states;
}

// MARK: reading

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = 0;
    return sqlite3_prepare_v2(database, sql, -1, &statement, 0) == SQLITE_OK ? statement : 0;
}

// Every row in order. What was read before an error has to fit as well.
static void read_table(sqlite3 *database, struct expectation *expectation) {
    sqlite3_stmt *statement = prepare(database, "SELECT id, version, body FROM t WHERE id < 1000 ORDER BY id");
    int code = SQLITE_ERROR, next = 1;
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        int row = sqlite3_column_int(statement, 0), version = sqlite3_column_int(statement, 1);
        const void *body = sqlite3_column_blob(statement, 2);
        // A body whose pages are damaged is not given, and the next step says why.
        if (!body && sqlite3_errcode(database) != SQLITE_ROW) continue;
        expect_body(expectation, row, version, body, sqlite3_column_bytes(statement, 2));
        expect(expectation, states_with(row, version) & states_without_rows(next, row), "rows of no state");
        next = row + 1;
    }
    if (code == SQLITE_DONE) expect(expectation, states_without_rows(next, last_row + 1), "rows are missing");
    expectation->finished += code == SQLITE_DONE;
    sqlite3_finalize(statement);
}

static void read_index(sqlite3 *database, struct expectation *expectation) {
    sqlite3_stmt *statement =
        prepare(database, "SELECT version, id FROM t INDEXED BY by_version WHERE id < 1000 AND version >= 0");
    int code = SQLITE_ERROR, is_seen[last_row + 1] = {0};
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        int version = sqlite3_column_int(statement, 0), row = sqlite3_column_int(statement, 1);
        expect(expectation, states_with(row, version), "the index knows another row");
        if (row >= 1 && row <= last_row) is_seen[row] = 1;
    }
    for (int row = 1; code == SQLITE_DONE && row <= last_row; row++) {
        if (!is_seen[row]) expect(expectation, states_with(row, -1), "the index lacks a row");
    }
    expectation->finished += code == SQLITE_DONE;
    sqlite3_finalize(statement);
}

static void look(struct expectation *expectation, int writes) {
    sqlite3 *database = scene_open(SQLITE_OPEN_READWRITE);
    if (!database) return;
    read_table(database, expectation);
    read_index(database, expectation);
    if (writes) {
        // Grows the file, uses its free pages, and makes every page move.
        sqlite3_exec(
            database,
            "INSERT INTO t VALUES (1000, 0, randomblob(9000)); PRAGMA integrity_check; VACUUM;"
            "DELETE FROM t WHERE id = 1000",
            0, 0, 0);
    }
    sqlite3_close(database);
}

// MARK: one input

static struct image copy_into(uint8_t **room, const struct image *image) {
    uint8_t *grown = realloc(*room, image->count + 1);
    if (!grown) defect("no memory");
    *room = grown;
    if (image->count > 0) memcpy(grown, image->bytes, image->count);
    return (struct image){grown, image->count};
}

// A journal whose front was wiped is one that was finished with, and so is one of which hardly anything is there. One whose
// front is noise, magic and rest, is what a crash leaves of a journal that was not yet needed. All are as good as taken
// away, which is not protected against.
static int is_journal_gone(const struct scene *scene, const struct image *beside) {
    enum { magic_size = 8, sealed_size = 69 };
    if (scene->kind != scene_journal) return 0;
    if (beside->count < 512 || beside->bytes[0] == 0) return 1;
    const uint8_t *whole = scene->beside.bytes;
    return memcmp(beside->bytes, whole, magic_size) != 0 &&
           memcmp(beside->bytes + magic_size, whole + magic_size, sealed_size - magic_size) != 0;
}

static void put_scene(const struct scene *scene, const struct image *database, const struct image *beside) {
    power_loss_put(STORE, database->bytes, (long long)database->count);
    const char *path = scene_beside_path(scene->kind);
    if (path) power_loss_put(path, beside->bytes, (long long)beside->count);
    // Nothing reasonable needs more acts than this; what asks for a terabyte finds the disk gone.
    power_loss_after(3000);
}

static void fuzz(const uint8_t *bytes, size_t count, int reseals) {
    static uint8_t *database_room, *beside_room;
    static struct scene plain[scene_count];
    struct input input;
    if (!input_read(bytes, count, &input)) return;
    const struct scene *scene = &scenes()[input.kind];
    if (reseals && !plain[input.kind].database.bytes) plain[input.kind] = second_open(scene);
    const struct scene *from = reseals ? &plain[input.kind] : scene;
    struct image database = copy_into(&database_room, &from->database);
    struct image beside = copy_into(&beside_room, &from->beside);
    input_apply(&input, &database, &beside);
    if (reseals) {
        second_seal(scene, from, &database, &beside, input.mends);
    } else if (input.mends && input.kind == scene_log) {
        mend_log_header(&beside);
    }
    struct expectation expectation = {
        (2u << scene->last_state) - 1, !(reseals && input.step_count > 0) && !is_journal_gone(scene, &beside), 0};
    power_loss_acquire();
    put_scene(scene, &database, &beside);
    look(&expectation, input.writes);
    // Closing wrote the log back, or a journal was rolled back: no damage may have become content by that.
    look(&expectation, 0);
    power_loss_release();
    // Where nothing was done, everything has to be there: what is checked above is not checked on nothing.
    int is_whole = expectation.finished == 4 && expectation.states == 1u << scene->last_state;
    if (input.step_count == 0 && !is_whole) defect("an untouched store is not read");
}

void fuzz_pages(const uint8_t *bytes, size_t count) {
    fuzz(bytes, count, 0);
}

void fuzz_resealed_pages(const uint8_t *bytes, size_t count) {
    fuzz(bytes, count, 1);
}
