#ifndef BENCH_ENGINE_H
#define BENCH_ENGINE_H

#include <sqlite3.h>

// One SQLite among several: the functions of a library that was opened by its file's name, so that the same workload
// drives each, and how a file is opened with it.
struct engine {
    int (*open_v2)(const char *, sqlite3 **, int, const char *);
    int (*close)(sqlite3 *);
    int (*exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
    const char *(*errmsg)(sqlite3 *);
    int (*prepare_v2)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
    int (*step)(sqlite3_stmt *);
    int (*reset)(sqlite3_stmt *);
    int (*finalize)(sqlite3_stmt *);
    int (*bind_int64)(sqlite3_stmt *, int, sqlite3_int64);
    int (*bind_blob)(sqlite3_stmt *, int, const void *, int, void (*)(void *));
    const void *(*column_blob)(sqlite3_stmt *, int);
    int (*column_bytes)(sqlite3_stmt *, int);
    sqlite3_int64 (*column_int64)(sqlite3_stmt *, int);
    int (*file_control)(sqlite3 *, const char *, int, void *);
    const char *(*libversion)(void);

    // The disk the files lie on; null for the library's own.
    const char *disk;
    // A statement that gives the key, or null.
    const char *key;
    // Said after the key.
    const char *after_key;
    int reserved_byte_count;
};

// Opens `library` as the kind of engine that `kind` names; ends the program if it cannot.
struct engine engine_load(const char *kind, const char *library);

// Opens a file under the settings that every engine is measured with; ends the program if one does not hold.
sqlite3 *engine_open(const struct engine *engine, const char *path);

void engine_run(const struct engine *engine, sqlite3 *connection, const char *sql);
sqlite3_stmt *engine_prepare(const struct engine *engine, sqlite3 *connection, const char *sql);

// Ends the program with the words.
_Noreturn void give_up(const char *words, const char *detail);

#endif
