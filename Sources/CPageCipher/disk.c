#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

#ifdef PAGE_CIPHER_ABLATION
int page_cipher_ablated_rule = page_cipher_rule_none;
#endif

// MARK: what every file has in common

static int file_close(sqlite3_file *base) {
    struct cipher_file *file = (struct cipher_file *)base;
    int code = file_below(file)->pMethods->xClose(file_below(file));
    sealer_end(&file->sealer);
    if (file->store) store_release(file->disk, file->store);
    sqlite3_mutex_enter(file->disk->guard);
    file->disk->open_files--;
    sqlite3_mutex_leave(file->disk->guard);
    OPENSSL_cleanse(file, sizeof *file);
    return code;
}

static int database_close(sqlite3_file *base) {
    read_ahead_end((struct cipher_file *)base);
    return file_close(base);
}

static int temporary_close(sqlite3_file *base) {
    temporary_end((struct cipher_file *)base);
    return file_close(base);
}

static int journal_close(sqlite3_file *base) {
    journal_end((struct cipher_file *)base);
    return file_close(base);
}

static int file_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    return read_below((struct cipher_file *)base, bytes, count, offset);
}

static int file_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    return write_below((struct cipher_file *)base, bytes, count, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    return truncate_below((struct cipher_file *)base, size);
}

static int file_sync(sqlite3_file *base, int flags) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xSync(below, flags);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    return size_below((struct cipher_file *)base, size);
}

static int file_lock(sqlite3_file *base, int level) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xLock(below, level);
}

static int file_unlock(sqlite3_file *base, int level) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xUnlock(below, level);
}

static int file_check_reserved(sqlite3_file *base, int *result) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xCheckReservedLock(below, result);
}

static int file_sector_size(sqlite3_file *base) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xSectorSize(below);
}

// Whatever else a disk may offer writes pages in other ways: all at once, in parts, or without a log. Overwriting
// leaves the neighbours alone, whatever the base says, so that SQLite never writes a page of the log in two pieces.
static int file_characteristics(sqlite3_file *base) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    int kept = SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE;
    return (below->pMethods->xDeviceCharacteristics(below) & kept) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int file_name_disk(struct cipher_file *file, char **name) {
    char *below = 0;
    file_below(file)->pMethods->xFileControl(file_below(file), SQLITE_FCNTL_VFSNAME, &below);
    if (!below) below = sqlite3_mprintf("%s", file->disk->below->zName);
    *name = sqlite3_mprintf("%s/%z", file->disk->vfs.zName, below);
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    struct cipher_file *file = (struct cipher_file *)base;
    switch (operation) {
    // Mapped pages would bypass the cipher, and a file made longer in advance holds pages that are not sealed.
    case SQLITE_FCNTL_MMAP_SIZE: *(sqlite3_int64 *)argument = 0; return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE: return SQLITE_OK;
    case SQLITE_FCNTL_POWERSAFE_OVERWRITE: *(int *)argument = 1; return SQLITE_OK;
    case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
    case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE:
    case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE: return SQLITE_NOTFOUND;
    case SQLITE_FCNTL_VFSNAME: return file_name_disk(file, argument);
    // Among them whether another file has taken this one's place; SQLite then leaves that file's log alone.
    default: return file_below(file)->pMethods->xFileControl(file_below(file), operation, argument);
    }
}

static int database_control(sqlite3_file *base, int operation, void *argument) {
    struct cipher_file *file = (struct cipher_file *)base;
    switch (operation) {
    case SQLITE_FCNTL_CKPT_START: checkpoint_begin(file); return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT: checkpoint_grow(file, *(sqlite3_int64 *)argument); return SQLITE_OK;
    case SQLITE_FCNTL_CKPT_DONE: checkpoint_end(file); return SQLITE_OK;
    default: return file_control(base, operation, argument);
    }
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **memory) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    return below->pMethods->xShmMap(below, region, size, extend, memory);
}

static void file_shm_barrier(sqlite3_file *base) {
    sqlite3_file *below = file_below((struct cipher_file *)base);
    below->pMethods->xShmBarrier(below);
}

static int file_shm_unmap(sqlite3_file *base, int remove) {
    struct cipher_file *file = (struct cipher_file *)base;
    file->holds_log_lock = 0;
    return file_below(file)->pMethods->xShmUnmap(file_below(file), remove);
}

// Version 2: no mapped pages.
static const sqlite3_io_methods database_methods = {
    2, database_close, database_read, database_write, database_truncate, file_sync, file_size, database_lock,
    database_unlock, file_check_reserved, database_control, file_sector_size, file_characteristics, file_shm_map,
    database_shm_lock, file_shm_barrier, file_shm_unmap, 0, 0,
};

// On a base that has no shared memory there is none here.
static const sqlite3_io_methods database_methods_alone = {
    1, database_close, database_read, database_write, database_truncate, file_sync, file_size, database_lock,
    database_unlock, file_check_reserved, database_control, file_sector_size, file_characteristics, 0, 0, 0, 0, 0, 0,
};

static const sqlite3_io_methods log_methods = {
    1, file_close, log_read, log_write, log_truncate, file_sync, file_size, file_lock, file_unlock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, 0, 0, 0, 0, 0, 0,
};

static const sqlite3_io_methods journal_methods = {
    1, journal_close, journal_read, journal_write, file_truncate, journal_sync, file_size, file_lock, file_unlock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, 0, 0, 0, 0, 0, 0,
};

static const sqlite3_io_methods temporary_methods = {
    1, temporary_close, temporary_read, temporary_write, temporary_truncate, file_sync, temporary_size, file_lock,
    file_unlock, file_check_reserved, file_control, file_sector_size, file_characteristics, 0, 0, 0, 0, 0, 0,
};

// A super-journal holds the names of other journals, and SQLite reads the journals it names only to find its own name.
static const sqlite3_io_methods name_methods = {
    1, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, 0, 0, 0, 0, 0, 0,
};

// MARK: opening

enum { kinds_mask = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_MAIN_JOURNAL |
                    SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL };

// Takes the store of the database that a log or journal belongs to; SQLite names them after it.
static int file_find_store(struct cipher_file *file, const char *name, const char *suffix) {
    size_t count = name ? strlen(name) : 0, suffix_count = strlen(suffix);
    if (count <= suffix_count || strcmp(name + count - suffix_count, suffix) != 0) return SQLITE_CANTOPEN;
    file->store = store_retain(file->disk, name, count - suffix_count);
    return file->store ? SQLITE_OK : SQLITE_NOMEM;
}

// Says what kind of file it is and readies what the kind needs; SQLITE_CANTOPEN if it is none we know.
static int file_begin(struct cipher_file *file, const char *name, int flags, const sqlite3_io_methods **methods) {
    int has_shm = file_below(file)->pMethods->iVersion >= 2;
    switch (flags & kinds_mask) {
    case SQLITE_OPEN_MAIN_DB:
        *methods = has_shm ? &database_methods : &database_methods_alone;
        return file_find_store(file, name, "");
    case SQLITE_OPEN_WAL:
        *methods = &log_methods;
        return file_find_store(file, name, "-wal");
    case SQLITE_OPEN_MAIN_JOURNAL:
        *methods = &journal_methods;
        journal_begin(file);
        return file_find_store(file, name, "-journal");
    case SQLITE_OPEN_SUPER_JOURNAL:
        *methods = &name_methods;
        return SQLITE_OK;
    case SQLITE_OPEN_TEMP_DB:
    case SQLITE_OPEN_TRANSIENT_DB:
    case SQLITE_OPEN_TEMP_JOURNAL:
    case SQLITE_OPEN_SUBJOURNAL:
        *methods = &temporary_methods;
        return temporary_begin(file) ? SQLITE_OK : SQLITE_CANTOPEN;
    default: return SQLITE_CANTOPEN;
    }
}

static struct cipher_disk *disk_of(sqlite3_vfs *vfs) {
    return (struct cipher_disk *)vfs;
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out) {
    struct cipher_disk *disk = disk_of(vfs);
    struct cipher_file *file = (struct cipher_file *)base;
    memset(file, 0, sizeof *file);
    file->disk = disk;
    int code = disk->below->xOpen(disk->below, name, file_below(file), flags, out);
    if (!file_below(file)->pMethods) return code == SQLITE_OK ? SQLITE_CANTOPEN : code;
    sqlite3_mutex_enter(disk->guard);
    disk->open_files++;
    sqlite3_mutex_leave(disk->guard);
    const sqlite3_io_methods *methods = 0;
    if (code == SQLITE_OK) code = file_begin(file, name, flags, &methods);
    if (code != SQLITE_OK) {
        file_close(base);
        return code;
    }
    base->pMethods = methods;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    return disk_of(vfs)->below->xDelete(disk_of(vfs)->below, name, sync);
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    return disk_of(vfs)->below->xAccess(disk_of(vfs)->below, name, flags, result);
}

static int disk_full_name(sqlite3_vfs *vfs, const char *name, int count, char *full) {
    return disk_of(vfs)->below->xFullPathname(disk_of(vfs)->below, name, count, full);
}

// MARK: which disks there are

static sqlite3_mutex *disks_guard(void) {
    return sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_VFS1);
}

static struct cipher_disk *disks;

static void disk_free(struct cipher_disk *disk) {
    if (!disk) return;
    locked_free(disk->key, page_cipher_key_byte_count);
    sqlite3_mutex_free(disk->guard);
    sqlite3_free(disk);
}

static struct cipher_disk *disk_new(const char *name, sqlite3_vfs *below, const uint8_t key[]) {
    size_t name_size = strlen(name) + 1;
    struct cipher_disk *disk = sqlite3_malloc64(sizeof *disk + name_size);
    if (!disk) return 0;
    memset(disk, 0, sizeof *disk);
    disk->guard = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST);
    disk->key = locked_new(page_cipher_key_byte_count);
    // A single-threaded SQLite has no mutexes, and then needs none.
    if (!disk->key || (!disk->guard && sqlite3_threadsafe())) {
        disk_free(disk);
        return 0;
    }
    memcpy(disk->key, key, page_cipher_key_byte_count);
    disk->below = below;
    // A copy of the disk below keeps its clock, randomness and libraries; what touches files is replaced.
    disk->vfs = *below;
    disk->vfs.zName = memcpy(disk + 1, name, name_size);
    disk->vfs.pNext = 0;
    disk->vfs.szOsFile = (int)sizeof(struct cipher_file) + below->szOsFile;
    disk->vfs.xOpen = disk_open;
    disk->vfs.xDelete = disk_delete;
    disk->vfs.xAccess = disk_access;
    disk->vfs.xFullPathname = disk_full_name;
    return disk;
}

int page_cipher_register(const char *name, const char *base, const uint8_t key[page_cipher_key_byte_count]) {
    int code = sqlite3_initialize();
    if (code != SQLITE_OK) return code;
    sqlite3_vfs *below = sqlite3_vfs_find(base);
    if (!below) return SQLITE_NOTFOUND;
    if (sqlite3_vfs_find(name)) return SQLITE_MISUSE;
    struct cipher_disk *disk = disk_new(name, below, key);
    if (!disk) return SQLITE_NOMEM;
    code = sqlite3_vfs_register(&disk->vfs, 0);
    if (code != SQLITE_OK) {
        disk_free(disk);
        return code;
    }
    sqlite3_mutex_enter(disks_guard());
    disk->next = disks;
    disks = disk;
    sqlite3_mutex_leave(disks_guard());
    return SQLITE_OK;
}

int page_cipher_unregister(const char *name) {
    sqlite3_mutex_enter(disks_guard());
    struct cipher_disk **link = &disks;
    while (*link && strcmp((*link)->vfs.zName, name) != 0) link = &(*link)->next;
    struct cipher_disk *disk = *link;
    int code = !disk ? SQLITE_NOTFOUND : disk->open_files > 0 ? SQLITE_BUSY : SQLITE_OK;
    if (code == SQLITE_OK) *link = disk->next;
    sqlite3_mutex_leave(disks_guard());
    if (code != SQLITE_OK) return code;
    sqlite3_vfs_unregister(&disk->vfs);
    disk_free(disk);
    return SQLITE_OK;
}

int page_cipher_refuse_addresses(void) {
    return sqlite3_config(SQLITE_CONFIG_URI, 0);
}
