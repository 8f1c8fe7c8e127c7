#include "internal.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <string.h>

// The first 16 bytes of a database file: magic and version, salt, key check. They never change in the life of a file,
// so that a torn first page still tells a wrong key from a page that was being written.
static const uint8_t identity_magic[3] = {'S', 'P', 1};
enum { salted_size = 8, check_size = 8 };

static const char derivation_label[] = "strongroom/page-cipher/v1";

// HKDF-SHA-256 over the disk's key: what a file is sealed under opens no other file.
static int store_derive(struct cipher_disk *disk, const uint8_t salted[salted_size], struct store_keys *keys) {
    EVP_KDF *kdf = EVP_KDF_fetch(0, "HKDF", 0);
    EVP_KDF_CTX *context = kdf ? EVP_KDF_CTX_new(kdf) : 0;
    EVP_KDF_free(kdf);
    if (!context) return 0;
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, disk->key, page_cipher_key_byte_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salted, salted_size),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)derivation_label, sizeof derivation_label - 1),
        OSSL_PARAM_construct_end(),
    };
    int done = EVP_KDF_derive(context, (unsigned char *)keys, sizeof *keys, parameters) > 0;
    EVP_KDF_CTX_free(context);
    return done;
}

// MARK: which stores are open

SHARED struct store *store_retain(struct cipher_disk *disk, const char *path, size_t path_count) {
    sqlite3_mutex_enter(disk->guard);
    struct store *store = disk->stores;
    while (store && (strlen(store->path) != path_count || memcmp(store->path, path, path_count) != 0)) {
        store = store->next;
    }
    if (!store && (store = sqlite3_malloc64(sizeof *store + path_count + 1))) {
        memset(store, 0, sizeof *store);
        memcpy(store->path, path, path_count);
        store->path[path_count] = 0;
        store->keys = locked_new(sizeof *store->keys);
        store->next = disk->stores;
        if (store->keys) {
            disk->stores = store;
        } else {
            sqlite3_free(store);
            store = 0;
        }
    }
    if (store) store->references++;
    sqlite3_mutex_leave(disk->guard);
    return store;
}

SHARED void store_release(struct cipher_disk *disk, struct store *store) {
    sqlite3_mutex_enter(disk->guard);
    if (--store->references == 0) {
        struct store **link = &disk->stores;
        while (*link != store) link = &(*link)->next;
        *link = store->next;
        locked_free(store->keys, sizeof *store->keys);
        sqlite3_free(store);
    }
    sqlite3_mutex_leave(disk->guard);
}

// MARK: which identity a store has

static int store_has_identity(struct store *store, const uint8_t bytes[identity_size]) {
    return atomic_load(&store->generation) != 0 && memcmp(store->identity, bytes, identity_size) == 0;
}

static void store_take(struct cipher_disk *disk, struct store *store, const uint8_t bytes[], struct store_keys *keys) {
    memcpy(store->identity, bytes, identity_size);
    *store->keys = *keys;
    atomic_store(&store->generation, ++disk->last_generation);
}

static enum identity store_adopt_held(struct cipher_disk *disk, struct store *store, const uint8_t bytes[]) {
    if (store_has_identity(store, bytes)) return identity_ours;
    atomic_store(&store->generation, 0);
    if (is_all_zero(bytes, identity_size)) return identity_absent;
    if (memcmp(bytes, identity_magic, sizeof identity_magic) != 0) return identity_foreign;
    struct store_keys keys;
    enum identity found = identity_failed;
    if (store_derive(disk, bytes, &keys)) {
        int fits = CRYPTO_memcmp(keys.check, bytes + salted_size, check_size) == 0;
        found = fits ? identity_ours : identity_foreign;
        if (fits) store_take(disk, store, bytes, &keys);
    }
    OPENSSL_cleanse(&keys, sizeof keys);
    return found;
}

SHARED enum identity store_adopt(struct cipher_disk *disk, struct store *store, const uint8_t bytes[identity_size]) {
    sqlite3_mutex_enter(disk->guard);
    enum identity found = store_adopt_held(disk, store, bytes);
    sqlite3_mutex_leave(disk->guard);
    return found;
}

SHARED int store_found(struct cipher_disk *disk, struct store *store) {
    uint8_t bytes[identity_size];
    struct store_keys keys;
    memcpy(bytes, identity_magic, sizeof identity_magic);
    int done = random_fill(bytes + sizeof identity_magic, salted_size - sizeof identity_magic);
    sqlite3_mutex_enter(disk->guard);
    done = done && store_derive(disk, bytes, &keys);
    if (done) {
        memcpy(bytes + salted_size, keys.check, check_size);
        store_take(disk, store, bytes, &keys);
    }
    sqlite3_mutex_leave(disk->guard);
    OPENSSL_cleanse(&keys, sizeof keys);
    return done;
}

SHARED void store_forget(struct cipher_disk *disk, struct store *store) {
    (void)disk;
    atomic_store(&store->generation, 0);
}
