#include "watched_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { size_limit = 64 << 20, word_limit = 8, word_size = 64 };

// One file: our methods, and behind this struct in the same allocation the file of the disk below.
struct watched_file {
    sqlite3_file base;
    int kind;
    int padding;
};

static struct {
    pthread_mutex_t guard;
    char words[word_limit][word_size];
    int word_count;
    int found[watched_kind_count];
    long long written[watched_kind_count];
} state = {.guard = PTHREAD_MUTEX_INITIALIZER};

static pthread_mutex_t user = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *below;

static sqlite3_file *file_below(sqlite3_file *file) {
    return (sqlite3_file *)((struct watched_file *)file + 1);
}

// MARK: looking

static int shows(const char *bytes, int count, const char *word) {
    int size = (int)strlen(word);
    for (int at = 0; at + size <= count; at++) {
        if (bytes[at] == word[0] && memcmp(bytes + at, word, (size_t)size) == 0) return 1;
    }
    return 0;
}

// Looks at what was written together with its neighbours: a word may have been written in two pieces.
static int look(sqlite3_file *file, int count, sqlite3_int64 offset) {
    sqlite3_int64 begin = offset < word_size ? 0 : offset - word_size, size = 0;
    file_below(file)->pMethods->xFileSize(file_below(file), &size);
    sqlite3_int64 end = offset + count + word_size < size ? offset + count + word_size : size;
    char *bytes = malloc((size_t)(end - begin) + 1);
    if (!bytes) abort();
    int found = 0;
    // What cannot be looked at counts as shown.
    if (file_below(file)->pMethods->xRead(file_below(file), bytes, (int)(end - begin), begin) != SQLITE_OK) found = 1;
    for (int i = 0; i < state.word_count; i++) found |= shows(bytes, (int)(end - begin), state.words[i]);
    free(bytes);
    return found;
}

static void note(sqlite3_file *file, int count, sqlite3_int64 offset) {
    int kind = ((struct watched_file *)file)->kind;
    pthread_mutex_lock(&state.guard);
    state.written[kind] += count;
    if (state.word_count > 0) state.found[kind] += look(file, count, offset);
    pthread_mutex_unlock(&state.guard);
}

// MARK: the methods of a file

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    if (offset + count > size_limit) return SQLITE_FULL;
    int code = file_below(file)->pMethods->xWrite(file_below(file), bytes, count, offset);
    if (code == SQLITE_OK) note(file, count, offset);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    if (size > size_limit) return SQLITE_FULL;
    return file_below(file)->pMethods->xTruncate(file_below(file), size);
}

static int file_close(sqlite3_file *file) {
    return file_below(file)->pMethods->xClose(file_below(file));
}
static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return file_below(file)->pMethods->xRead(file_below(file), bytes, count, offset);
}
static int file_sync(sqlite3_file *file, int flags) {
    return file_below(file)->pMethods->xSync(file_below(file), flags);
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
static int file_shm_unmap(sqlite3_file *file, int remove) {
    return file_below(file)->pMethods->xShmUnmap(file_below(file), remove);
}

// Version 2: no mapped pages, so that every write is seen.
static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock,
    file_shm_barrier, file_shm_unmap, 0, 0,
};

// MARK: the disk

static int disk_open(sqlite3_vfs *disk, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)disk;
    file->pMethods = 0;
    int code = below->xOpen(below, name, file_below(file), flags, out);
    if (file_below(file)->pMethods) file->pMethods = &methods;
    int kind = flags & SQLITE_OPEN_MAIN_DB ? watched_database : watched_temporary;
    if (flags & SQLITE_OPEN_WAL) kind = watched_log;
    if (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) kind = watched_journal;
    ((struct watched_file *)file)->kind = kind;
    return code;
}

static int disk_delete(sqlite3_vfs *disk, const char *name, int sync) {
    (void)disk;
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

int watched_disk_register(void) {
    // A copy of the disk below keeps its clock, randomness and libraries; what touches files is replaced.
    static sqlite3_vfs disk;
    static int code = SQLITE_ERROR;
    pthread_mutex_lock(&state.guard);
    if (!below && (below = sqlite3_vfs_find("unix-excl"))) {
        disk = *below;
        disk.zName = "watched-disk";
        disk.pNext = 0;
        disk.szOsFile = (int)sizeof(struct watched_file) + below->szOsFile;
        disk.xOpen = disk_open;
        disk.xDelete = disk_delete;
        disk.xAccess = disk_access;
        disk.xFullPathname = disk_full_name;
        code = sqlite3_vfs_register(&disk, 0);
    }
    pthread_mutex_unlock(&state.guard);
    return code;
}

void watched_disk_acquire(void) {
    pthread_mutex_lock(&user);
    pthread_mutex_lock(&state.guard);
    state.word_count = 0;
    memset(state.found, 0, sizeof state.found);
    memset(state.written, 0, sizeof state.written);
    pthread_mutex_unlock(&state.guard);
}

void watched_disk_release(void) {
    pthread_mutex_lock(&state.guard);
    state.word_count = 0;
    pthread_mutex_unlock(&state.guard);
    pthread_mutex_unlock(&user);
}

void watched_disk_look_for(const char *words) {
    pthread_mutex_lock(&state.guard);
    if (state.word_count == word_limit || strlen(words) >= word_size) abort();
    strcpy(state.words[state.word_count++], words);
    pthread_mutex_unlock(&state.guard);
}

int watched_disk_found(enum watched_kind kind) {
    pthread_mutex_lock(&state.guard);
    int found = state.found[kind];
    pthread_mutex_unlock(&state.guard);
    return found;
}

long long watched_disk_written(enum watched_kind kind) {
    pthread_mutex_lock(&state.guard);
    long long written = state.written[kind];
    pthread_mutex_unlock(&state.guard);
    return written;
}
