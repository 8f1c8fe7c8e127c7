#include "fault_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

// One file: our methods, and behind this struct in the same allocation the file of the disk below.
struct fault_file {
    sqlite3_file base;
};

static struct {
    pthread_mutex_t guard;
    int counts[FAULT_DISK_ANY + 1];
    int armed;
    enum fault_disk_kind kind;
    int nth;
    int persistent;
    int struck;
} state = {.guard = PTHREAD_MUTEX_INITIALIZER};

static pthread_mutex_t user = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *below;

static sqlite3_file *file_below(sqlite3_file *file) {
    return (sqlite3_file *)((struct fault_file *)file + 1);
}

// Counts one act under a kind and says whether it is to fail.
static int strikes_kind(enum fault_disk_kind kind) {
    int count = ++state.counts[kind];
    int hit = state.armed && state.kind == kind && (count == state.nth || (state.persistent && count > state.nth));
    state.struck += hit;
    return hit;
}

static int strikes(enum fault_disk_kind kind) {
    pthread_mutex_lock(&state.guard);
    int any = strikes_kind(FAULT_DISK_ANY);
    int own = strikes_kind(kind);
    pthread_mutex_unlock(&state.guard);
    return any || own;
}

// A write is counted under each of its three ways to fail; answers with the way that strikes, or -1.
static int write_strikes(void) {
    pthread_mutex_lock(&state.guard);
    int way = -1;
    if (strikes_kind(FAULT_DISK_SHORT_WRITE)) way = FAULT_DISK_SHORT_WRITE;
    if (strikes_kind(FAULT_DISK_FULL)) way = FAULT_DISK_FULL;
    if (strikes_kind(FAULT_DISK_WRITE)) way = FAULT_DISK_WRITE;
    if (strikes_kind(FAULT_DISK_ANY)) way = FAULT_DISK_WRITE;
    pthread_mutex_unlock(&state.guard);
    return way;
}

// MARK: the methods that can fail

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    if (strikes(FAULT_DISK_READ)) return SQLITE_IOERR_READ;
    return file_below(file)->pMethods->xRead(file_below(file), bytes, count, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    sqlite3_file *base = file_below(file);
    switch (write_strikes()) {
    case FAULT_DISK_WRITE: return SQLITE_IOERR_WRITE;
    case FAULT_DISK_FULL: return SQLITE_FULL;
    case FAULT_DISK_SHORT_WRITE: base->pMethods->xWrite(base, bytes, count / 2, offset); return SQLITE_FULL;
    default: return base->pMethods->xWrite(base, bytes, count, offset);
    }
}

static int file_sync(sqlite3_file *file, int flags) {
    if (strikes(FAULT_DISK_SYNC)) return SQLITE_IOERR_FSYNC;
    return file_below(file)->pMethods->xSync(file_below(file), flags);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (strikes(FAULT_DISK_TRUNCATE)) return SQLITE_IOERR_TRUNCATE;
    return file_below(file)->pMethods->xTruncate(file_below(file), size);
}

// MARK: the methods that pass everything on

static int file_close(sqlite3_file *file) {
    return file_below(file)->pMethods->xClose(file_below(file));
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return file_below(file)->pMethods->xFileSize(file_below(file), size);
}
static int file_lock(sqlite3_file *file, int level) {
    return file_below(file)->pMethods->xLock(file_below(file), level);
}
static int file_unlock(sqlite3_file *file, int level) {
    return file_below(file)->pMethods->xUnlock(file_below(file), level);
}
static int file_check_reserved(sqlite3_file *file, int *result) {
    return file_below(file)->pMethods->xCheckReservedLock(file_below(file), result);
}
static int file_control(sqlite3_file *file, int operation, void *argument) {
    return file_below(file)->pMethods->xFileControl(file_below(file), operation, argument);
}
static int file_sector_size(sqlite3_file *file) {
    return file_below(file)->pMethods->xSectorSize(file_below(file));
}
static int file_characteristics(sqlite3_file *file) {
    return file_below(file)->pMethods->xDeviceCharacteristics(file_below(file));
}
static int file_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory) {
    return file_below(file)->pMethods->xShmMap(file_below(file), region, size, extend, memory);
}
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return file_below(file)->pMethods->xShmLock(file_below(file), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *file) {
    file_below(file)->pMethods->xShmBarrier(file_below(file));
}
static int file_shm_unmap(sqlite3_file *file, int delete) {
    return file_below(file)->pMethods->xShmUnmap(file_below(file), delete);
}

// Version 2: no xFetch, so that every read comes through file_read.
static const sqlite3_io_methods methods = {
    2,          file_close,    file_read,           file_write,    file_truncate,    file_sync,
    file_size,  file_lock,     file_unlock,         file_check_reserved, file_control, file_sector_size,
    file_characteristics, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, 0, 0,
};

// MARK: the disk

static int disk_open(sqlite3_vfs *disk, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)disk;
    file->pMethods = 0;
    if (strikes(FAULT_DISK_OPEN)) return SQLITE_CANTOPEN;
    int code = below->xOpen(below, name, file_below(file), flags, out);
    if (file_below(file)->pMethods) file->pMethods = &methods;
    return code;
}

static int disk_delete(sqlite3_vfs *disk, const char *name, int sync) {
    (void)disk;
    if (strikes(FAULT_DISK_DELETE)) return SQLITE_IOERR_DELETE;
    return below->xDelete(below, name, sync);
}

static int disk_access(sqlite3_vfs *disk, const char *name, int flags, int *result) {
    (void)disk;
    return below->xAccess(below, name, flags, result);
}

static int disk_full_name(sqlite3_vfs *disk, const char *name, int count, char *full) {
    (void)disk;
    return below->xFullPathname(below, name, count, full);
}

int fault_disk_register(void) {
    // A copy of the disk below keeps its clock, randomness and libraries; what touches files is replaced.
    static sqlite3_vfs disk;
    static int code = SQLITE_ERROR;
    pthread_mutex_lock(&state.guard);
    if (!below && (below = sqlite3_vfs_find("unix-excl"))) {
        disk = *below;
        disk.zName = "fault-disk";
        disk.pNext = 0;
        disk.szOsFile = (int)sizeof(struct fault_file) + below->szOsFile;
        disk.xOpen = disk_open;
        disk.xDelete = disk_delete;
        disk.xAccess = disk_access;
        disk.xFullPathname = disk_full_name;
        code = sqlite3_vfs_register(&disk, 0);
    }
    pthread_mutex_unlock(&state.guard);
    return code;
}

void fault_disk_acquire(void) {
    pthread_mutex_lock(&user);
    fault_disk_arm(FAULT_DISK_ANY, 0, 0);
    fault_disk_disarm();
}

void fault_disk_release(void) {
    fault_disk_disarm();
    pthread_mutex_unlock(&user);
}

void fault_disk_arm(enum fault_disk_kind kind, int nth, int persistent) {
    pthread_mutex_lock(&state.guard);
    memset(state.counts, 0, sizeof state.counts);
    state.armed = 1;
    state.kind = kind;
    state.nth = nth;
    state.persistent = persistent;
    state.struck = 0;
    pthread_mutex_unlock(&state.guard);
}

void fault_disk_disarm(void) {
    pthread_mutex_lock(&state.guard);
    state.armed = 0;
    pthread_mutex_unlock(&state.guard);
}

int fault_disk_count(enum fault_disk_kind kind) {
    pthread_mutex_lock(&state.guard);
    int count = state.counts[kind];
    pthread_mutex_unlock(&state.guard);
    return count;
}

int fault_disk_struck(void) {
    pthread_mutex_lock(&state.guard);
    int struck = state.struck;
    pthread_mutex_unlock(&state.guard);
    return struck;
}
