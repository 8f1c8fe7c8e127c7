#include "connection.h"

#include <sqlite3.h>
#include <string.h>

static sqlite3 *handle(struct connection *connection) {
    return (sqlite3 *)connection;
}

int connection_open(const char *path, const char *disk, int reserve, struct connection **opened) {
    sqlite3 *database = 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    int code = sqlite3_open_v2(path, &database, flags, disk);
    *opened = (struct connection *)database;
    if (code != SQLITE_OK) return database ? sqlite3_extended_errcode(database) : code;
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, 10000);
    if (reserve >= 0) sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
    return SQLITE_OK;
}

void connection_close(struct connection *connection) {
    sqlite3_close_v2(handle(connection));
}

int connection_run(struct connection *connection, const char *sql) {
    return sqlite3_exec(handle(connection), sql, 0, 0, 0);
}

int connection_code(struct connection *connection) {
    return sqlite3_extended_errcode(handle(connection));
}

static int append_row(void *context, int count, char **columns, char **names) {
    (void)names;
    sqlite3_str *text = context;
    if (sqlite3_str_length(text) > 0) sqlite3_str_appendchar(text, 1, '\n');
    for (int i = 0; i < count; i++) {
        if (i > 0) sqlite3_str_appendchar(text, 1, '|');
        if (columns[i]) sqlite3_str_appendall(text, columns[i]);
    }
    return 0;
}

char *connection_text(struct connection *connection, const char *sql) {
    sqlite3_str *text = sqlite3_str_new(0);
    int code = sqlite3_exec(handle(connection), sql, append_row, text, 0);
    char *answer = sqlite3_str_finish(text);
    if (code != SQLITE_OK) {
        sqlite3_free(answer);
        return 0;
    }
    return answer ? answer : sqlite3_mprintf("");
}

void connection_free(char *text) {
    sqlite3_free(text);
}

int connection_backup(struct connection *from, struct connection *to) {
    sqlite3_backup *backup = sqlite3_backup_init(handle(to), "main", handle(from), "main");
    if (!backup) return sqlite3_extended_errcode(handle(to));
    int code = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    return finished != SQLITE_OK ? finished : code == SQLITE_DONE ? SQLITE_OK : code;
}

int connection_reserve(struct connection *connection, int count) {
    int held = count;
    sqlite3_file_control(handle(connection), "main", SQLITE_FCNTL_RESERVE_BYTES, &held);
    return held;
}

int connection_has_moved(struct connection *connection) {
    int moved = -1;
    int code = sqlite3_file_control(handle(connection), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return code == SQLITE_OK ? moved : -1;
}

int connection_flush(struct connection *connection) {
    return sqlite3_db_cacheflush(handle(connection));
}
