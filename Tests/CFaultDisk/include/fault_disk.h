#ifndef FAULT_DISK_H
#define FAULT_DISK_H

// A SQLite disk for tests, registered as "fault-disk": SQLite's "unix-excl" below, which counts what it is asked to do
// and can fail the n-th time. Its state is one for the process, so use it only between fault_disk_acquire and
// fault_disk_release.

enum fault_disk_kind {
    FAULT_DISK_READ = 0,        // fails with SQLITE_IOERR_READ
    FAULT_DISK_WRITE = 1,       // fails with SQLITE_IOERR_WRITE, nothing written
    FAULT_DISK_SYNC = 2,        // fails with SQLITE_IOERR_FSYNC
    FAULT_DISK_TRUNCATE = 3,    // fails with SQLITE_IOERR_TRUNCATE
    FAULT_DISK_OPEN = 4,        // fails with SQLITE_CANTOPEN
    FAULT_DISK_DELETE = 5,      // fails with SQLITE_IOERR_DELETE
    FAULT_DISK_FULL = 6,        // a write fails with SQLITE_FULL, nothing written
    FAULT_DISK_SHORT_WRITE = 7, // a write fails with SQLITE_FULL, its first half written
    FAULT_DISK_ANY = 8          // the n-th act of any kind fails as its own kind does
};

// Makes the disk known to SQLite, not as the default. Calling it again does nothing. Returns an SQLite result code.
int fault_disk_register(void);

// Waits until nobody else uses the disk, and forgets all counts and faults.
void fault_disk_acquire(void);
void fault_disk_release(void);

// Sets every count to 0 and arranges for the nth act of that kind (the first is 1) to fail; if persistent, all after
// it too.
void fault_disk_arm(enum fault_disk_kind kind, int nth, int persistent);

// Lets everything through again. The counts go on.
void fault_disk_disarm(void);

// How often an act of that kind was asked for since the disk was last armed.
int fault_disk_count(enum fault_disk_kind kind);

// How often the armed fault has struck.
int fault_disk_struck(void);

#endif
