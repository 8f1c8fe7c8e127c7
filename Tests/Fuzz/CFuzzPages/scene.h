#ifndef SCENE_H
#define SCENE_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

// The files that are fuzzed, and which rows are in them.

#define DISK "fuzz-pages"
#define STORE "store.db"

static const uint8_t disk_key[32] = "a key that no store of ours has";

enum scene_kind {
    // A database alone.
    scene_database,
    // A database as it was before the first commit, and a log with all of them.
    scene_log,
    // A database in the midst of a transaction, and the journal that takes it back.
    scene_journal,
    scene_count
};

struct image {
    uint8_t *bytes;
    size_t count;
};

struct scene {
    enum scene_kind kind;
    struct image database, beside;
    // States 0 up to this one may be read.
    int last_state;
};

// Where the log or the journal of the scene lies; null if it has none.
const char *scene_beside_path(enum scene_kind kind);

// Makes the three scenes, once.
const struct scene *scenes(void);

// A connection that believes as little as SQLite can be told to, and gives up after a while; null if it does not open.
sqlite3 *scene_open(int flags);

// The version of the row in the state, or -1 if it is not there. Rows are numbered from 1 to last_row, and versions
// below version_limit.
enum { last_row = 24, version_limit = 3, body_limit = 9000 };
int row_version(int state, int row);

// What the row's body holds in that version. Returns of how many bytes.
int row_body(int row, int version, const uint8_t **body);

// Ends the program, saying why.
_Noreturn void defect(const char *what);

#endif
