#include "power_loss_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// The disk is full where a file would be longer than any test needs.
enum { sector = 512, region_limit = 64, size_limit = 64 << 20 };

// One write or truncation that was not yet synced.
struct change {
    sqlite3_int64 offset;
    int count; // -1: the file is cut or lengthened to the offset
    struct change *next;
    uint8_t bytes[];
};

struct contents {
    uint8_t *bytes;
    sqlite3_int64 size, room;
};

struct stored_file {
    struct stored_file *next;
    char name[512];
    struct contents now, durable;
    struct change *changes, **last;
    int exists, exists_durably;
    int references;
    void *regions[region_limit];
};

struct open_file {
    sqlite3_file base;
    struct stored_file *stored;
    int is_deleted_on_close;
};

static pthread_mutex_t user = PTHREAD_MUTEX_INITIALIZER;
static struct stored_file *files;
static int acts, acts_left, is_dark;
static unsigned unnamed;

// MARK: bytes

static void contents_resize(struct contents *contents, sqlite3_int64 size) {
    if (size > contents->room) {
        contents->room = size * 2;
        contents->bytes = realloc(contents->bytes, (size_t)contents->room);
        if (!contents->bytes) abort();
    }
    if (size > contents->size) memset(contents->bytes + contents->size, 0, (size_t)(size - contents->size));
    contents->size = size;
}

static void contents_write(struct contents *contents, const uint8_t *bytes, int count, sqlite3_int64 offset) {
    if (offset + count > contents->size) contents_resize(contents, offset + count);
    memcpy(contents->bytes + offset, bytes, (size_t)count);
}

static void contents_apply(struct contents *contents, const struct change *change) {
    if (change->count < 0) {
        contents_resize(contents, change->offset);
    } else {
        contents_write(contents, change->bytes, change->count, change->offset);
    }
}

static void contents_copy(struct contents *to, const struct contents *from) {
    contents_resize(to, 0);
    if (from->size > 0) contents_write(to, from->bytes, (int)from->size, 0);
}

// MARK: files

static struct stored_file *find_file(const char *name) {
    struct stored_file *file = files;
    while (file && strcmp(file->name, name) != 0) file = file->next;
    return file;
}

static struct stored_file *make_file(const char *name) {
    struct stored_file *file = calloc(1, sizeof *file);
    if (!file) abort();
    sqlite3_snprintf((int)sizeof file->name, file->name, "%s", name);
    file->last = &file->changes;
    file->next = files;
    files = file;
    return file;
}

static void forget_changes(struct stored_file *file) {
    while (file->changes) {
        struct change *next = file->changes->next;
        free(file->changes);
        file->changes = next;
    }
    file->last = &file->changes;
}

static void forget_files(void) {
    while (files) {
        struct stored_file *next = files->next;
        forget_changes(files);
        free(files->now.bytes);
        free(files->durable.bytes);
        for (int i = 0; i < region_limit; i++) free(files->regions[i]);
        free(files);
        files = next;
    }
}

static void note_change(struct stored_file *file, const uint8_t *bytes, int count, sqlite3_int64 offset) {
    struct change *change = malloc(sizeof *change + (size_t)(count > 0 ? count : 0));
    if (!change) abort();
    *change = (struct change){.offset = offset, .count = count};
    if (count > 0) memcpy(change->bytes, bytes, (size_t)count);
    *file->last = change;
    file->last = &change->next;
    contents_apply(&file->now, change);
}

static void make_durable(struct stored_file *file) {
    for (struct change *change = file->changes; change; change = change->next) contents_apply(&file->durable, change);
    forget_changes(file);
    file->exists_durably = 1;
}

// Counts an act, and says whether the power goes with it.
static int goes_dark(void) {
    acts++;
    if (acts_left > 0 && --acts_left == 0) is_dark = 1;
    return is_dark;
}

// MARK: the methods of a file

static struct stored_file *stored(sqlite3_file *base) {
    return ((struct open_file *)base)->stored;
}

static int file_close(sqlite3_file *base) {
    struct stored_file *file = stored(base);
    if (--file->references == 0) {
        for (int i = 0; i < region_limit; i++) {
            free(file->regions[i]);
            file->regions[i] = 0;
        }
        if (((struct open_file *)base)->is_deleted_on_close) file->exists = file->exists_durably = 0;
    }
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    struct contents *now = &stored(base)->now;
    if (is_dark) return SQLITE_IOERR_READ;
    sqlite3_int64 held = now->size - offset;
    int part = held <= 0 ? 0 : held < count ? (int)held : count;
    if (part > 0) memcpy(bytes, now->bytes + offset, (size_t)part);
    memset((uint8_t *)bytes + part, 0, (size_t)(count - part));
    return part == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    if (is_dark) return SQLITE_IOERR_WRITE;
    if (offset > size_limit - count) return SQLITE_FULL;
    note_change(stored(base), bytes, count, offset);
    return goes_dark() ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    if (is_dark) return SQLITE_IOERR_TRUNCATE;
    if (size > size_limit) return SQLITE_FULL;
    note_change(stored(base), 0, -1, size);
    return goes_dark() ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags) {
    (void)flags;
    if (is_dark || goes_dark()) return SQLITE_IOERR_FSYNC;
    make_durable(stored(base));
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    *size = stored(base)->now.size;
    return is_dark ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level) {
    (void)base, (void)level;
    return SQLITE_OK;
}

static int file_check_reserved(sqlite3_file *base, int *result) {
    (void)base;
    *result = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    (void)base, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *base) {
    (void)base;
    return sector;
}

static int file_characteristics(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **memory) {
    struct stored_file *file = stored(base);
    if (is_dark || region >= region_limit) return SQLITE_IOERR_SHMMAP;
    if (!file->regions[region] && extend) file->regions[region] = calloc(1, (size_t)size);
    *memory = file->regions[region];
    return SQLITE_OK;
}

static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    (void)base, (void)offset, (void)count, (void)flags;
    return SQLITE_OK;
}

static void file_shm_barrier(sqlite3_file *base) {
    (void)base;
}

static int file_shm_unmap(sqlite3_file *base, int remove) {
    (void)base, (void)remove;
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_lock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock,
    file_shm_barrier, file_shm_unmap, 0, 0,
};

// MARK: the methods of the disk

static int disk_open(sqlite3_vfs *disk, const char *name, sqlite3_file *base, int flags, int *out) {
    char made[32];
    (void)disk;
    base->pMethods = 0;
    if (is_dark) return SQLITE_CANTOPEN;
    if (!name) name = sqlite3_snprintf((int)sizeof made, made, "unnamed-%u", unnamed++);
    struct stored_file *file = find_file(name);
    if ((!file || !file->exists) && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    if (!file) file = make_file(name);
    if (!file->exists) {
        // A file whose deletion may still be undone comes back empty or as it was.
        if (file->now.size > 0) note_change(file, 0, -1, 0);
        file->exists = 1;
        if (goes_dark()) return SQLITE_CANTOPEN;
    }
    file->references++;
    *(struct open_file *)base = (struct open_file){{&methods}, file, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    if (out) *out = flags;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *disk, const char *name, int sync) {
    struct stored_file *file = find_file(name);
    (void)disk;
    if (is_dark) return SQLITE_IOERR_DELETE;
    if (!file || !file->exists) return SQLITE_IOERR_DELETE_NOENT;
    file->exists = 0;
    if (goes_dark()) return SQLITE_IOERR_DELETE;
    if (sync) {
        file->exists_durably = 0;
        forget_changes(file);
        contents_resize(&file->now, 0);
        contents_resize(&file->durable, 0);
    }
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *disk, const char *name, int flags, int *result) {
    struct stored_file *file = find_file(name);
    (void)disk;
    if (is_dark) return SQLITE_IOERR_ACCESS;
    *result = file && file->exists && (flags != SQLITE_ACCESS_EXISTS || file->now.size > 0);
    return SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *disk, const char *name, int count, char *full) {
    (void)disk;
    sqlite3_snprintf(count, full, "%s", name);
    return SQLITE_OK;
}

int power_loss_register(void) {
    static sqlite3_vfs disk;
    static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
    int code = SQLITE_OK;
    pthread_mutex_lock(&guard);
    sqlite3_vfs *usual = disk.zName ? 0 : sqlite3_vfs_find(0);
    if (usual) {
        disk = *usual;
        disk.zName = "power-loss-disk";
        disk.pNext = 0;
        disk.szOsFile = (int)sizeof(struct open_file);
        disk.xOpen = disk_open;
        disk.xDelete = disk_delete;
        disk.xAccess = disk_access;
        disk.xFullPathname = disk_full_name;
        code = sqlite3_vfs_register(&disk, 0);
    }
    pthread_mutex_unlock(&guard);
    return code;
}

// MARK: losing the power

static uint64_t next_random(uint64_t *state) {
    // splitmix64
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int is_heads(uint64_t *state) {
    return (int)(next_random(state) & 1);
}

// Writes a change as a disk does that loses power in it: some of its sectors, or those up to one.
static void apply_torn(struct contents *contents, const struct change *change, int in_order, uint64_t *random) {
    if (change->count < 0) {
        if (is_heads(random)) contents_apply(contents, change);
        return;
    }
    int at = 0;
    while (at < change->count) {
        int part = sector - (int)((change->offset + at) % sector);
        if (part > change->count - at) part = change->count - at;
        if (is_heads(random)) {
            contents_write(contents, change->bytes + at, part, change->offset + at);
        } else if (in_order) {
            return;
        }
        at += part;
    }
}

static int count_changes(const struct stored_file *file) {
    int count = 0;
    for (struct change *change = file->changes; change; change = change->next) count++;
    return count;
}

enum { all_lost, all_kept, prefix_kept, some_kept, sectors_kept, style_count };

static void survive(struct stored_file *file, uint64_t *random) {
    int style = (int)(next_random(random) % style_count);
    int kept = (int)(next_random(random) % (uint64_t)(count_changes(file) + 1));
    for (struct change *change = file->changes; change; change = change->next) {
        switch (style) {
        case all_lost: break;
        case all_kept: contents_apply(&file->durable, change); break;
        case prefix_kept:
            if (kept > 0) contents_apply(&file->durable, change);
            if (kept == 0) apply_torn(&file->durable, change, 1, random);
            kept--;
            break;
        case some_kept:
            if (is_heads(random)) contents_apply(&file->durable, change);
            break;
        case sectors_kept: apply_torn(&file->durable, change, 0, random); break;
        }
    }
    forget_changes(file);
    if (file->exists != file->exists_durably) file->exists = is_heads(random);
    file->exists_durably = file->exists;
    if (!file->exists) contents_resize(&file->durable, 0);
    contents_copy(&file->now, &file->durable);
}

void power_loss_restore(uint64_t seed) {
    uint64_t random = seed;
    for (struct stored_file *file = files; file; file = file->next) survive(file, &random);
    is_dark = acts_left = 0;
}

void power_loss_acquire(void) {
    pthread_mutex_lock(&user);
    forget_files();
    is_dark = acts = acts_left = 0;
}

void power_loss_release(void) {
    forget_files();
    pthread_mutex_unlock(&user);
}

void power_loss_after(int count) {
    acts = 0;
    acts_left = count;
}

int power_loss_acts(void) {
    return acts;
}

int power_loss_struck(void) {
    return is_dark;
}

long long power_loss_file(const char *path, const uint8_t **bytes) {
    struct stored_file *file = find_file(path);
    if (!file || !file->exists) return -1;
    *bytes = file->now.bytes;
    return file->now.size;
}

void power_loss_put(const char *path, const uint8_t *bytes, long long count) {
    struct stored_file *file = find_file(path);
    if (!file) file = make_file(path);
    forget_changes(file);
    file->exists = file->exists_durably = count > 0;
    contents_resize(&file->durable, 0);
    if (count > 0) contents_write(&file->durable, bytes, (int)count, 0);
    contents_copy(&file->now, &file->durable);
}

int power_loss_search(const uint8_t *bytes, long long count) {
    int found = 0;
    for (struct stored_file *file = files; file; file = file->next) {
        sqlite3_int64 last = file->now.size - count;
        sqlite3_int64 at = 0;
        while (at <= last && memcmp(file->now.bytes + at, bytes, (size_t)count) != 0) at++;
        found += at <= last;
    }
    return found;
}
