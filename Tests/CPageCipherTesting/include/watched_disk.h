#ifndef WATCHED_DISK_H
#define WATCHED_DISK_H

// A SQLite disk for tests, registered as "watched-disk": SQLite's "unix-excl" below, which looks at every byte that is
// written and lets no file grow beyond 64 MiB, so that a believed number cannot fill the machine's disk.
//
// What it looks for and has counted is one state for the process: use these only between watched_disk_acquire and
// watched_disk_release. As a disk anybody may use it at any time.

enum watched_kind {
    watched_database,
    watched_log,
    watched_journal,
    watched_temporary, // databases, journals and sorters in files that are gone when they are closed
    watched_kind_count
};

// Makes the disk known to SQLite, not as the default. Calling it again does nothing. Returns an SQLite result code.
int watched_disk_register(void);

// Waits until nobody else watches, and forgets what was looked for and counted.
void watched_disk_acquire(void);
void watched_disk_release(void);

// Looks for the words, of at most 63 bytes, in what is written from now on; for up to 8 at a time.
void watched_disk_look_for(const char *words);

// How many writes to files of that kind showed any of the words.
int watched_disk_found(enum watched_kind kind);

// How many bytes were written to files of that kind.
long long watched_disk_written(enum watched_kind kind);

#endif
