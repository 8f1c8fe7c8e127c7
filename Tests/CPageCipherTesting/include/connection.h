#ifndef CONNECTION_H
#define CONNECTION_H

// SQLite for tests that speak to it without the store in between.

struct connection;

// Opens or makes a database on the disk of that name. A reserve of -1 asks for none. Returns SQLite's extended code; the
// connection is there to be closed in any case.
int connection_open(const char *path, const char *disk, int reserve, struct connection **opened);

// Closes it, leaving nothing of a transaction.
void connection_close(struct connection *connection);

// Runs statements and returns SQLite's extended code.
int connection_run(struct connection *connection, const char *sql);

// The answer's rows, one a line, columns parted by `|`; null if there was an error, which connection_code gives. To be
// given to connection_free.
char *connection_text(struct connection *connection, const char *sql);
void connection_free(char *text);
int connection_code(struct connection *connection);

// Copies the whole of one database over another.
int connection_backup(struct connection *from, struct connection *to);

// Sets how many bytes of each page the next VACUUM or new file is to reserve; answers with what holds now.
int connection_reserve(struct connection *connection, int count);

// Whether SQLite takes the file at that path for another than the one it opened; -1 if it cannot say.
int connection_has_moved(struct connection *connection);

// Spills the cache to the disk in the middle of a transaction.
int connection_flush(struct connection *connection);

#endif
