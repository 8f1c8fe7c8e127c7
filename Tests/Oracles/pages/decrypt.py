#!/usr/bin/env python3
"""Opens a sealed database and its write-ahead log, and writes them out as plain SQLite files.

    decrypt.py KEY-IN-HEX SEALED.db PLAIN.db      also reads SEALED.db-wal if there is one and writes PLAIN.db-wal
    decrypt.py --journal KEY-IN-HEX SEALED.db     says what the pages in SEALED.db-journal are, as number and SHA-256

Written from page-cipher.md alone, with nothing but `cryptography`. Exit 1 if anything does not open.
"""

import hashlib
import os
import struct
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PAGE, USABLE, LOCK_PAGE = 4096, 4056, 262145


class Unopened(Exception):
    pass


def aes(key, block):
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return encryptor.update(block) + encryptor.finalize()


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def xaes_open(key, nonce, sealed, extra):
    """XAES-256-GCM, step by step as c2sp.org has it."""
    l = int.from_bytes(aes(key, bytes(16)), "big")
    k1 = ((l << 1) ^ (0x87 if l >> 127 else 0)) & ((1 << 128) - 1)
    k1 = k1.to_bytes(16, "big")
    m1 = b"\x00\x01X\x00" + nonce[:12]
    m2 = b"\x00\x02X\x00" + nonce[:12]
    derived = aes(key, xor(m1, k1)) + aes(key, xor(m2, k1))
    try:
        return AESGCM(derived).decrypt(nonce[12:], sealed, extra)
    except InvalidTag:
        raise Unopened from None


class Keys:
    def __init__(self, store_key, identity):
        if identity[:3] != b"SP\x01":
            raise Unopened("not a sealed database")
        derived = HKDF(hashes.SHA256(), 136, identity[:8], b"strongroom/page-cipher/v1").derive(store_key)
        self.identity = identity
        self.page, self.frame_header, self.journal = derived[:32], derived[32:96], derived[96:128]
        if derived[128:] != identity[8:]:
            raise Unopened("sealed under another key")

    def extra(self, domain, page, commit, offset):
        return domain + struct.pack(">IIQ", page, commit, offset) + self.identity

    def open_page(self, sealed, domain, page, commit, offset, shown=0):
        nonce, tag = sealed[USABLE : USABLE + 24], sealed[USABLE + 24 :]
        extra = self.extra(domain, page, commit, offset)
        return xaes_open(self.page, nonce, sealed[shown:USABLE] + tag, extra)


def open_database(keys, sealed):
    if len(sealed) % PAGE:
        raise Unopened("the file ends within a page")
    plain = []
    for number in range(1, len(sealed) // PAGE + 1):
        offset = (number - 1) * PAGE
        page = sealed[offset : offset + PAGE]
        declared = int.from_bytes(plain[0][28:32], "big") if plain else 1
        if number == LOCK_PAGE or (number > declared and page == bytes(PAGE)):
            plain.append(bytes(PAGE))
        elif number == 1:
            opened = keys.open_page(page, b"D", number, 0, offset, shown=16)
            plain.append(b"SQLite format 3\0" + opened + bytes(40))
        else:
            plain.append(keys.open_page(page, b"D", number, 0, offset) + bytes(40))
    return b"".join(plain)


def open_log(keys, sealed):
    plain = [sealed[:32]]
    for offset in range(32, len(sealed) - 4119, 4120):
        page, commit = struct.unpack(">II", sealed[offset : offset + 8])
        tweak = struct.pack(">QII", offset, page, commit)
        turning = Cipher(algorithms.AES(keys.frame_header), modes.XTS(tweak)).decryptor()
        sums = turning.update(sealed[offset + 8 : offset + 24]) + turning.finalize()
        try:
            content = keys.open_page(sealed[offset + 24 : offset + 4120], b"W", page, commit, offset)
        except Unopened:
            break
        plain.append(sealed[offset : offset + 8] + sums + content + bytes(40))
    return b"".join(plain)


def open_journal(keys, sealed):
    """The records of the journal's first segment, their checksums held against SQLite's own rule."""
    header = sealed[:28]
    count, start = struct.unpack(">II", header[8:16])
    extra = keys.extra(b"H", 0, 0, 0) + sealed[:29]
    xaes_open(keys.page, sealed[29:53], sealed[53:69], extra)
    for index in range(count):
        offset = 512 + index * (PAGE + 8) + 4
        (number,) = struct.unpack(">I", sealed[offset - 4 : offset])
        page = sealed[offset : offset + PAGE]
        content = keys.open_page(page, b"J", number, 0, offset) + bytes(40)
        mask = aes(keys.journal, page[USABLE + 24 :])[:4]
        checksum = int.from_bytes(xor(sealed[offset + PAGE : offset + PAGE + 4], mask), "big")
        if checksum != (start + sum(content[i] for i in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF:
            raise Unopened(f"the checksum of record {index} is another")
        yield number, content


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main(arguments):
    of_journal = arguments[:1] == ["--journal"]
    key, source, *target = arguments[1:] if of_journal else arguments
    sealed = read(source)
    keys = Keys(bytes.fromhex(key), sealed[:16])
    if of_journal:
        for number, content in open_journal(keys, read(source + "-journal")):
            print(number, hashlib.sha256(content).hexdigest())
        return
    with open(target[0], "wb") as file:
        file.write(open_database(keys, sealed))
    if os.path.exists(source + "-wal"):
        with open(target[0] + "-wal", "wb") as file:
            file.write(open_log(keys, read(source + "-wal")))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Unopened as why:
        sys.exit(f"decrypt: {why or 'a page does not open'}")
