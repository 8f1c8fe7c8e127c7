#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// XAES-256-GCM as https://c2sp.org/XAES-256-GCM gives it, in its own names.

// Steps 1 and 2: K1, which depends on the key alone.
static int xaes_make_subkey_mask(struct xaes *xaes) {
    uint8_t l[16] = {0};
    int count = 0;
    if (!EVP_EncryptUpdate(xaes->block, l, &count, l, sizeof l) || count != sizeof l) return 0;
    uint8_t carry = (uint8_t)(0 - (l[0] >> 7));
    for (int i = 0; i < 15; i++) xaes->subkey_mask[i] = (uint8_t)(l[i] << 1 | l[i + 1] >> 7);
    xaes->subkey_mask[15] = (uint8_t)(l[15] << 1 ^ (carry & 0x87));
    OPENSSL_cleanse(l, sizeof l);
    return 1;
}

// Steps 3 to 5: Kx for the first half of the nonce.
static int xaes_derive(struct xaes *xaes, const uint8_t nonce[nonce_size], uint8_t derived[32]) {
    uint8_t m[32];
    for (uint8_t i = 0; i < 2; i++) {
        uint8_t *block = m + 16 * i;
        memcpy(block, (uint8_t[]){0, (uint8_t)(i + 1), 'X', 0}, 4);
        memcpy(block + 4, nonce, 12);
        for (int j = 0; j < 16; j++) block[j] ^= xaes->subkey_mask[j];
    }
    int count = 0;
    return EVP_EncryptUpdate(xaes->block, derived, &count, m, sizeof m) && count == sizeof m;
}

SHARED int xaes_begin(struct xaes *xaes, const uint8_t key[32]) {
    *xaes = (struct xaes){EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_new(), {0}};
    if (xaes->block && xaes->seal && xaes->open && EVP_EncryptInit_ex(xaes->block, EVP_aes_256_ecb(), 0, key, 0) &&
        EVP_CIPHER_CTX_set_padding(xaes->block, 0) && EVP_EncryptInit_ex(xaes->seal, EVP_aes_256_gcm(), 0, 0, 0) &&
        EVP_DecryptInit_ex(xaes->open, EVP_aes_256_gcm(), 0, 0, 0) && xaes_make_subkey_mask(xaes)) {
        return 1;
    }
    xaes_end(xaes);
    return 0;
}

SHARED void xaes_end(struct xaes *xaes) {
    // Freeing a context wipes what it holds.
    EVP_CIPHER_CTX_free(xaes->block);
    EVP_CIPHER_CTX_free(xaes->seal);
    EVP_CIPHER_CTX_free(xaes->open);
    OPENSSL_cleanse(xaes, sizeof *xaes);
}

SHARED int xaes_seal(
    struct xaes *xaes, const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count, const uint8_t *plain,
    size_t count, uint8_t *sealed, uint8_t tag[tag_size]) {
    uint8_t derived[32];
    int n = 0;
    int done = xaes_derive(xaes, nonce, derived) && EVP_EncryptInit_ex(xaes->seal, 0, 0, derived, nonce + 12) &&
               EVP_EncryptUpdate(xaes->seal, 0, &n, extra, (int)extra_count) &&
               (count == 0 || (EVP_EncryptUpdate(xaes->seal, sealed, &n, plain, (int)count) && n == (int)count)) &&
               EVP_EncryptFinal_ex(xaes->seal, sealed + count, &n) &&
               EVP_CIPHER_CTX_ctrl(xaes->seal, EVP_CTRL_AEAD_GET_TAG, tag_size, tag);
    OPENSSL_cleanse(derived, sizeof derived);
    return done;
}

SHARED int xaes_open(
    struct xaes *xaes, const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count,
    const uint8_t *sealed, size_t count, uint8_t *plain, const uint8_t tag[tag_size]) {
    uint8_t derived[32], expected[tag_size];
    int n = 0;
    memcpy(expected, tag, tag_size);
    int done = xaes_derive(xaes, nonce, derived) && EVP_DecryptInit_ex(xaes->open, 0, 0, derived, nonce + 12) &&
               EVP_DecryptUpdate(xaes->open, 0, &n, extra, (int)extra_count) &&
               (count == 0 || (EVP_DecryptUpdate(xaes->open, plain, &n, sealed, (int)count) && n == (int)count)) &&
               EVP_CIPHER_CTX_ctrl(xaes->open, EVP_CTRL_AEAD_SET_TAG, tag_size, expected) &&
               EVP_DecryptFinal_ex(xaes->open, plain + count, &n) > 0;
    OPENSSL_cleanse(derived, sizeof derived);
    // What was decrypted before the tag was known to be wrong is nobody's to see.
    if (!done && count > 0) OPENSSL_cleanse(plain, count);
    return done;
}

int page_cipher_xaes_seal(
    const uint8_t key[32], const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count,
    const uint8_t *plain, size_t count, uint8_t *sealed, uint8_t tag[tag_size]) {
    struct xaes xaes;
    if (!xaes_begin(&xaes, key)) return 0;
    int done = xaes_seal(&xaes, nonce, extra, extra_count, plain, count, sealed, tag);
    xaes_end(&xaes);
    return done;
}

int page_cipher_xaes_open(
    const uint8_t key[32], const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count,
    const uint8_t *sealed, size_t count, uint8_t *plain, const uint8_t tag[tag_size]) {
    struct xaes xaes;
    if (!xaes_begin(&xaes, key)) return 0;
    int done = xaes_open(&xaes, nonce, extra, extra_count, sealed, count, plain, tag);
    xaes_end(&xaes);
    return done;
}
