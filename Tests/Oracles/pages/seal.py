#!/usr/bin/env python3
"""Seals a plain SQLite file whose pages are of 4,096 bytes and keep 40 reserved, the way back from decrypt.py.

    seal.py KEY-IN-HEX PLAIN.db SEALED.db

Written from page-cipher.md alone, with nothing but `cryptography`. It makes the vectors that the store's tests open.
"""

import os
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from decrypt import LOCK_PAGE, PAGE, USABLE, Keys, aes, xor

MAGIC = b"SP\x01"


def xaes_seal(key, nonce, plain, extra):
    l = int.from_bytes(aes(key, bytes(16)), "big")
    k1 = (((l << 1) ^ (0x87 if l >> 127 else 0)) & ((1 << 128) - 1)).to_bytes(16, "big")
    derived = b"".join(aes(key, xor(bytes([0, part]) + b"X\x00" + nonce[:12], k1)) for part in (1, 2))
    return AESGCM(derived).encrypt(nonce[12:], plain, extra)


def new_keys(store_key):
    salted = MAGIC + os.urandom(5)
    derived = HKDF(hashes.SHA256(), 136, salted, b"strongroom/page-cipher/v1").derive(store_key)
    return Keys(store_key, salted + derived[128:])


def seal(keys, plain):
    if len(plain) % PAGE or plain[20] != PAGE - USABLE:
        sys.exit("seal: the pages are not of 4,096 bytes with 40 reserved")
    for number in range(1, len(plain) // PAGE + 1):
        offset = (number - 1) * PAGE
        page = plain[offset : offset + PAGE]
        if number == LOCK_PAGE:
            yield page
            continue
        shown = 16 if number == 1 else 0
        nonce = os.urandom(24)
        sealed = xaes_seal(keys.page, nonce, page[shown:USABLE], keys.extra(b"D", number, 0, offset))
        yield keys.identity[:shown] + sealed[:-16] + nonce + sealed[-16:]


def main(key, source, target):
    with open(source, "rb") as file:
        plain = file.read()
    with open(target, "wb") as file:
        file.write(b"".join(seal(new_keys(bytes.fromhex(key)), plain)))


if __name__ == "__main__":
    main(*sys.argv[1:])
