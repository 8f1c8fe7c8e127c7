#!/usr/bin/env python3
"""A second reader of the sealed formats, written from their specification pages and nothing else.

    second-implementation.py check     opens every file here and compares with its `expect:`
    second-implementation.py make      makes the wrong files that no honest writer could make

Needs Python 3.11 and `cryptography` 47 or later, with ML-KEM and ML-DSA. It is no part of the tests: it shows that the
pages are enough to write a reader, and that files and pages agree.
"""

import base64, hashlib, hmac, pathlib, re, struct, sys

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

HERE = pathlib.Path(__file__).parent
SUITE = b"strongroom-suite-1"
STREAM_CHUNK = 65_536


class Fault(Exception):
    pass


def require(condition, fault):
    if not condition:
        raise Fault(fault)


def frame(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def take(data, *sizes):
    pieces, at = [], 0
    for size in sizes:
        require(len(data) - at >= size, "malformed")
        pieces.append(data[at : at + size])
        at += size
    return *pieces, data[at:]


def prelude(data, magic):
    start, suite, rest = take(data, 4, 1)
    require(start == magic, "malformed")
    require(suite == b"\x01", "unknown-suite")
    return rest


def hkdf(secret, salt, info, count):
    return HKDF(algorithm=hashes.SHA256(), length=count, salt=salt, info=info).derive(secret)


def derived(secret, label, identity=b""):
    return hkdf(secret, None, frame(SUITE, label, identity), 32)


def aead_open(key, nonce, ciphertext, context, fault="damaged"):
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, context)
    except InvalidTag:
        raise Fault(fault)


# envelope


def xwing(seed):
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def xwing_public(seed):
    kem, dh = xwing(seed)
    return kem.public_key().public_bytes_raw() + dh.public_key().public_bytes_raw()


def envelope_open(sealed, seed, label, context):
    encapsulated, commitment, ciphertext = take(prelude(sealed, b"SRen"), 1_120, 32)
    require(len(ciphertext) >= 16, "malformed")
    kem, dh = xwing(seed)
    share = encapsulated[1_088:]
    shared = hashlib.sha3_256(
        kem.decapsulate(encapsulated[:1_088])
        + dh.exchange(X25519PublicKey.from_public_bytes(share))
        + share
        + dh.public_key().public_bytes_raw()
        + bytes.fromhex("5c2e2f2f5e5c")  # \.//^\
    ).digest()
    # RFC 9180, section 5.1, base mode; KEM 0x647a, KDF 1, AEAD 2.
    suite = b"HPKE" + struct.pack(">HHH", 0x647A, 1, 2)
    extract = lambda salt, name, ikm: hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + name + ikm, "sha256")

    def expand(secret, name, info, count):
        info = struct.pack(">H", count) + b"HPKE-v1" + suite + name + info
        return hmac.digest(secret, info + b"\x01", "sha256")[:count]

    info = frame(SUITE, b"SRen", label)
    schedule = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    exporter = expand(secret, b"exp", schedule, 32)
    expected = expand(exporter, b"sec", b"strongroom/commitment/v1", 32)
    require(hmac.compare_digest(commitment, expected), "not-for-this-key")
    key, nonce = expand(secret, b"key", schedule, 32), expand(secret, b"base_nonce", schedule, 12)
    return aead_open(key, nonce, ciphertext, context)


# secret box and stream


def box_open(sealed, key, label, context):
    salt, commitment, ciphertext = take(prelude(sealed, b"SRbx"), 32, 32)
    require(len(ciphertext) >= 16, "malformed")
    keys = hkdf(key, salt, frame(SUITE, b"SRbx", label), 64)
    require(hmac.compare_digest(keys[32:], commitment), "not-for-this-key")
    return aead_open(keys[:32], bytes(12), ciphertext, context)


def stream_keys(key, salt, owner):
    return hkdf(key, salt, frame(SUITE, b"SRst", b"strongroom/stream/v1", owner), 64)


def stream_nonce(number, last):
    return number.to_bytes(11, "big") + bytes([last])


def stream_open(sealed, key, owner):
    salt, commitment, rest = take(prelude(sealed, b"SRst"), 32, 32)
    keys = stream_keys(key, salt, owner)
    require(hmac.compare_digest(keys[32:], commitment) and rest, "damaged")
    content, ended, number, size = b"", False, 0, STREAM_CHUNK + 20
    while rest:
        chunk, rest = rest[:size], rest[size:]
        plain = aead_open(keys[:32], stream_nonce(number, not rest), chunk, None)
        require(len(plain) >= 4, "damaged")
        (count,) = struct.unpack(">I", plain[:4])
        body, filler = plain[4 : 4 + count], plain[4 + count :]
        require(len(body) == count and not any(filler) and not (ended and count), "damaged")
        ended = ended or count < STREAM_CHUNK
        content, number = content + body, number + 1
    return content


def stream_seal(chunks, key, owner, salt):
    keys = stream_keys(key, salt, owner)
    sealed = [
        AESGCM(keys[:32]).encrypt(stream_nonce(number, number == len(chunks) - 1), chunk, None)
        for number, chunk in enumerate(chunks)
    ]
    return b"SRst\x01" + salt + keys[32:] + b"".join(sealed)


def stream_edited(vector):
    if "of" not in vector.fields:
        return vector.block
    sealed = bytearray(Vector(HERE / (vector["of"] + ".txt")).block)
    word, *numbers = vector["edit"].split()
    at = int(numbers[0])
    if word == "flip-byte":
        sealed[at] ^= 1
        return bytes(sealed)
    if word == "truncate-to":
        return bytes(sealed[:at])
    size = STREAM_CHUNK + 20
    chunks = [sealed[start : start + size] for start in range(69, len(sealed), size)]
    if word == "swap-chunks":
        other = int(numbers[1])
        chunks[at], chunks[other] = chunks[other], chunks[at]
    elif word == "repeat-chunk":
        chunks.insert(at, chunks[at])
    elif word == "drop-chunk":
        del chunks[at]
    elif word == "append-chunk":
        chunks.append(chunks[at])
    return bytes(sealed[:69]) + b"".join(map(bytes, chunks))


# signatures, cards, statements


def signing_keys(seed):
    return (
        Ed25519PrivateKey.from_private_bytes(derived(seed, b"strongroom/signing-ed25519/v1")),
        MLDSA65PrivateKey.from_seed_bytes(derived(seed, b"strongroom/signing-ml-dsa-65/v1")),
    )


def signed_bytes(message, label, strength):
    return SUITE + b"\x00" + label + b"\x00" + bytes([strength]) + hashlib.sha512(message).digest()


def signature_verify(encoded, message, label, ed25519, mldsa, least):
    strength, first, rest = take(prelude(encoded, b"SRsg"), 1, 64)
    require(strength in (b"\x01", b"\x02"), "malformed")
    require(len(rest) == (3_309 if strength == b"\x02" else 0), "malformed")
    require(strength[0] >= least, "bad-signature")
    try:
        ed25519.verify(first, signed_bytes(message, label, strength[0]))
        if rest:
            mldsa.verify(rest, signed_bytes(message, label, strength[0]), label)
    except InvalidSignature:
        raise Fault("bad-signature")


def card_read(encoded):
    xwing_key, first, second, signature, rest = take(prelude(encoded, b"SRic"), 1_216, 32, 1_952, 64)
    require(not rest, "malformed")
    try:
        MLKEM768PublicKey.from_public_bytes(xwing_key[:1_184])
    except ValueError:
        raise Fault("malformed")
    body = encoded[:-64]
    try:
        Ed25519PublicKey.from_public_bytes(first).verify(
            signature, signed_bytes(body, b"strongroom/identity-card/v1", 1)
        )
    except InvalidSignature:
        raise Fault("bad-signature")
    return hashlib.sha256(body).digest()


def card_of(seed, signing):
    first, second = signing_keys(signing)
    body = b"SRic\x01" + xwing_public(seed)
    body += first.public_key().public_bytes_raw() + second.public_key().public_bytes_raw()
    return body + first.sign(signed_bytes(body, b"strongroom/identity-card/v1", 1))


def statements_verify(blocks, root, label, signers):
    head = None
    for index, block in enumerate(blocks):
        flag, rest = take(prelude(block, b"SRss"), 1)
        require(flag in (b"\x00", b"\x01"), "malformed")
        previous, rest = take(rest, 32) if flag == b"\x01" else (None, rest)
        signer, size, rest = take(rest, 32, 4)
        body, signature = take(rest, struct.unpack(">I", size)[0])
        prelude(signature, b"SRsg")
        require(len(signature) in (70, 70 + 3_309), "malformed")
    for index, block in enumerate(blocks):
        digest = hashlib.sha256(block).digest()
        previous = block[6:38] if block[5] else None
        at = 38 if block[5] else 6
        signer, size = block[at : at + 32], struct.unpack(">I", block[at + 32 : at + 36])[0]
        if index == 0:
            require(previous is None and digest == root, "wrong-root")
        else:
            require(previous == head, f"chain-broken {index}")
        require(signer in signers, f"unknown-signer {index}")
        message, signature = block[: at + 36 + size], block[at + 36 + size :]
        signature_verify(signature, message, label, *signers[signer], 2)
        head = digest
    require(head is not None, "wrong-root")


# armour and the identity file


def armour(title, headers, body):
    head = f"-----BEGIN STRONGROOM {title}-----\n" + "".join(f"{name}: {value}\n" for name, value in headers) + "\n"
    text = base64.b64encode(body).decode()
    lines = "".join(text[at : at + 64] + "\n" for at in range(0, len(text), 64))
    check = base64.b64encode(hashlib.sha256(head.encode() + body).digest()[:6]).decode()
    return f"{head}{lines}={check}\n-----END STRONGROOM {title}-----\n"


def armour_read(title, text):
    lines = [line.strip(" \t") for line in text.replace("\r\n", "\n").split("\n")]
    begin, end = f"-----BEGIN STRONGROOM {title}-----", f"-----END STRONGROOM {title}-----"
    require(begin in lines, "malformed")
    lines = lines[lines.index(begin) + 1 :]
    require(end in lines and "" in lines[: lines.index(end)], "damaged")
    lines = lines[: lines.index(end)]
    blank = lines.index("")
    headers = [tuple(line.split(": ", 1)) for line in lines[:blank]]
    rest = [line for line in lines[blank + 1 :] if line]
    try:
        body = base64.b64decode("".join(rest[:-1]), validate=True)
    except ValueError:
        raise Fault("damaged")
    require(armour(title, headers, body).split("\n")[-3] == rest[-1], "damaged")
    require(headers and headers[0][0] == "suite", "malformed")
    require(headers[0][1] == SUITE.decode(), "unknown-suite")
    return headers, body


def card_text_read(text):
    headers, body = armour_read("IDENTITY CARD", text)
    fingerprint = card_read(body)
    require(headers[1:] == [("key", fingerprint[:8].hex())], "damaged")
    return body, fingerprint


def scrypt(passphrase, salt, log2n):
    return Scrypt(salt=salt, length=32, n=1 << log2n, r=8, p=1).derive(passphrase)


def identity_context(card, headers):
    return frame(card, *(f"{name}: {value}".encode() for name, value in headers))


def identity_open(text, passphrase):
    headers, sealed = armour_read("IDENTITY", text)
    card, fingerprint = card_text_read(text)
    fields = dict(headers).get("scrypt", "").split(" ")
    require(len(fields) == 4, "malformed")
    log2n, salt = int(fields[0]), base64.b64decode(fields[3])
    require(14 <= log2n <= 20, f"work-factor-refused {log2n}")
    require(fields[1:3] == ["8", "1"] and len(salt) == 32, "malformed")
    require([name for name, _ in headers[:3]] == ["suite", "key", "scrypt"], "malformed")
    require(headers[1][1] == fingerprint[:8].hex(), "malformed")
    roots = headers[3:]
    require(all(name == "root" and re.fullmatch(r"[!-~]+ [0-9a-f]{64}", value) for name, value in roots), "malformed")
    require(roots == sorted(dict.fromkeys(roots)), "malformed")
    require(passphrase, "wrong-passphrase")
    try:
        seeds = box_open(
            sealed, scrypt(passphrase, salt, log2n), b"strongroom/identity-file/v1", identity_context(card, headers)
        )
    except Fault as fault:
        raise Fault("wrong-passphrase") if str(fault) == "not-for-this-key" else fault
    require(card_of(seeds[:32], seeds[32:]) == card, "damaged")
    return seeds[:32], seeds[32:], ", ".join(value for _, value in roots)


# recovery shares

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def share_read(page):
    lines = {}
    for line in page.splitlines():
        words = line.split()
        if len(words) > 1 and words[0].strip(".:)") in "12345":
            number = int(words[0].strip(".:)"))
            require(number not in lines, "malformed")
            text = "".join(words[1:]).replace("-", "").upper()
            lines[number] = text.replace("O", "0").replace("I", "1").replace("L", "1")
    data = b""
    for number in range(1, 6):
        text = lines.get(number, "")
        require(len(text) == 18 and all(letter in CROCKFORD for letter in text), f"share-damaged {number}")
        values = [CROCKFORD.index(letter) for letter in text]
        rest = number
        for value in values[:16]:
            rest = (rest * 32 + value) % 1_021
        require([rest // 32, rest % 32] == values[16:], f"share-damaged {number}")
        bits = 0
        for value in values[:16]:
            bits = bits << 5 | value
        data += bits.to_bytes(10, "big")
    front, check = data[:45], data[45:]
    require(hashlib.sha256(b"strongroom/recovery-page/v1\x00" + front).digest()[:5] == check, "damaged")
    require(front[0] == 1, "unknown-suite")
    return front[1:6], front[6], front[7], front[8], front[9:]


def gf_multiply(one, other):
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return product


def gf_inverse(element):
    return next(other for other in range(256) if gf_multiply(element, other) == 1)


def interpolate(points, place):
    total = 0
    for x, y in points:
        for other, _ in points:
            if other != x:
                y = gf_multiply(y, gf_multiply(place ^ other, gf_inverse(x ^ other)))
        total ^= y
    return total


def shares_combine(pages):
    shares = sorted(set(map(share_read, pages)), key=lambda share: share[3])
    require(len({share[:3] for share in shares}) == 1, "shares-of-different-sets")
    set_id, threshold = shares[0][:2]
    require(len(shares) >= threshold, f"too-few-shares {threshold} {len(shares)}")
    chosen = shares[:threshold]
    value = lambda place: bytes(interpolate([(s[3], s[4][at]) for s in chosen], place) for at in range(36))
    require(all(value(share[3]) == share[4] for share in shares), "damaged")
    secret, check = value(0)[:32], value(0)[32:]
    message = b"strongroom/recovery-secret/v1\x00" + set_id + secret
    require(hashlib.sha256(message).digest()[:4] == check, "damaged")
    return secret


# the files


class Vector:
    def __init__(self, path):
        # Lines ended as by mail are part of what some files are about.
        text = path.read_bytes().decode()
        head, self.body = text.split("\n\n", 1)
        self.name, self.fields = path.stem, dict(re.findall(r"^([a-z0-9-]+): ?(.*)$", head, re.M))

    def __getitem__(self, key):
        return self.fields[key]

    def hex(self, key):
        return bytes.fromhex(self[key])

    @property
    def plaintext(self):
        if "pattern" in self.fields:
            return bytes(i % 251 for i in range(int(self["pattern"])))
        return self.hex("plaintext")

    @property
    def blocks(self):
        return [base64.b64decode(block) for block in self.body.split("\n\n") if block.strip()]

    @property
    def block(self):
        return self.blocks[0]

    def key(self):
        return derived(self.hex("record-key"), b"strongroom/entry-key/v1", self.hex("entry"))


def run(vector):
    """True if the vector opens to what it says; a fault otherwise."""
    name, label = vector.name, vector.fields.get("label", "").encode()
    context = bytes.fromhex(vector.fields.get("context", ""))
    if name.startswith("envelope-"):
        return envelope_open(vector.block, vector.hex("seed"), label, context) == vector.plaintext
    if name.startswith("group-key-"):
        context = frame(struct.pack(">I", int(vector["epoch"])), context)
        label = b"strongroom/group-key/v1"
        return envelope_open(vector.block, vector.hex("seed"), label, context) == vector.hex("value")
    if name.startswith("record-key-"):
        key = envelope_open(vector.block, vector.hex("seed"), b"strongroom/record-key/v1", context)
        digest = hmac.digest(derived(key, b"strongroom/content-digest/v1"), vector.plaintext, "sha256")
        return digest == vector.hex("value")
    if name.startswith("secret-box-"):
        return box_open(vector.block, vector.hex("key"), label, context) == vector.plaintext
    if name.startswith("stream-"):
        return stream_open(stream_edited(vector), vector.key(), vector.hex("owner")) == vector.plaintext
    if name.startswith("token-"):
        return hmac.digest(vector.hex("key"), label + b"\x00" + vector.plaintext, "sha256") == vector.hex("value")
    if name.startswith("signature-"):
        public = [key.public_key() for key in signing_keys(vector.hex("seed"))]
        least = {"ordinary": 1, "authority": 2}[vector["at-least"]]
        return signature_verify(vector.block, vector.hex("message"), label, *public, least) is None
    if name.startswith("card-bytes-"):
        return card_read(vector.block) == vector.hex("fingerprint")
    if name.startswith("card-text-"):
        return card_text_read(vector.body)[1] == vector.hex("fingerprint")
    if name.startswith("identity-file-"):
        opened = identity_open(vector.body, vector["passphrase"].encode())
        return opened == (vector.hex("encapsulation"), vector.hex("signing"), vector["roots"])
    if name.startswith("share-"):
        return shares_combine(vector.body.split("STRONGROOM RECOVERY SHARE")[1:]) == vector.hex("secret")
    if name.startswith("statements-"):
        signers = {}
        for seeds in map(bytes.fromhex, vector["signers"].split(", ")):
            fingerprint = card_read(card_of(seeds[:32], seeds[32:]))
            signers[fingerprint] = [key.public_key() for key in signing_keys(seeds[32:])]
        return statements_verify(vector.blocks, vector.hex("root"), label, signers) is None
    raise Fault("of no known format")


def check():
    wrong = 0
    paths = sorted(HERE.glob("*.txt"))
    for path in paths:
        vector = Vector(path)
        try:
            found = "opens" if run(vector) else "opens to something else"
        except Fault as fault:
            found = str(fault)
        if found != vector["expect"]:
            wrong += 1
            print(f"{path.name}: expected {vector['expect']}, found {found}")
    print(f"{len(paths)} files, {wrong} differ")
    return wrong == 0


def write(name, what, expect, like, body):
    good = Vector(HERE / (like + ".txt"))
    fields = good.fields | {"what": what, "expect": expect}
    fields.pop("made-with", None)
    text = "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n" + body
    (HERE / (name + ".txt")).write_text(text, newline="")


def lines64(data):
    return re.sub(r"(.{1,64})", r"\1\n", base64.b64encode(data).decode())


def make():
    good = Vector(HERE / "stream-short.txt")
    seal = lambda *chunks: lines64(stream_seal(chunks, good.key(), good.hex("owner"), bytes(range(32))))
    length = struct.pack(">I", len(good.plaintext))
    for name, what, chunks in [
        ("padding-not-zero", "something hidden in the padding", [length + good.plaintext + b"\x00\x01"]),
        ("length-past-end", "a length beyond the chunk", [struct.pack(">I", 400) + bytes(260)]),
        ("no-length", "a chunk too short for its length", [b"\x00\x00"]),
        ("content-after-end", "content after a chunk that was not full",
            [length + good.plaintext + bytes(STREAM_CHUNK - len(good.plaintext)), length + good.plaintext]),
        ("short-chunk-within", "a chunk before the last that is not full", [length + good.plaintext, bytes(4)]),
    ]:
        write("stream-" + name, what, "damaged", "stream-short", seal(*chunks))

    card = Vector(HERE / "card-text-good.txt")
    encoded, _ = card_text_read(card.body)
    other = armour("IDENTITY CARD", [("suite", "strongroom-suite-2"), ("key", encoded[:8].hex())], encoded)
    write("card-text-unknown-suite", "names suite 2, checksum right", "unknown-suite", "card-text-good", other)
    changed = bytearray(encoded)
    changed[1_210] ^= 1
    headers = [("suite", SUITE.decode()), ("key", hashlib.sha256(changed[:-64]).digest()[:8].hex())]
    write("card-text-forged", "another encapsulation key, checksum right", "bad-signature", "card-text-good",
        armour("IDENTITY CARD", headers, bytes(changed)))

    good = Vector(HERE / "identity-file-good.txt")
    card_text = good.body[: good.body.index("-----BEGIN STRONGROOM IDENTITY-----")]
    headers, sealed = armour_read("IDENTITY", good.body)
    salt = headers[2][1].split(" ")[3]

    def file(name, what, expect, headers, sealed=sealed, card_text=card_text):
        body = card_text + armour("IDENTITY", headers, sealed)
        write("identity-file-" + name, what + ", checksum right", expect, "identity-file-good", body)

    replaced = lambda at, header: headers[:at] + [header] + headers[at + 1 :]
    file("hostile-work-factor", "asks for 2^30", "work-factor-refused 30", replaced(2, ("scrypt", f"30 8 1 {salt}")))
    file("weak-work-factor", "asks for 2^10", "work-factor-refused 10", replaced(2, ("scrypt", f"10 8 1 {salt}")))
    file("hostile-block-size", "asks for r = 64", "malformed", replaced(2, ("scrypt", f"14 64 1 {salt}")))
    file("other-work-factor", "asks for 2^15", "wrong-passphrase", replaced(2, ("scrypt", f"15 8 1 {salt}")))
    file("root-replaced", "another root pinned", "damaged", replaced(3, ("root", "vault-2Q9X " + "00" * 32)))
    file("root-removed", "a pinned root left out", "damaged", headers[:3] + headers[4:])
    file("roots-out-of-order", "the roots exchanged", "malformed", headers[:3] + headers[:2:-1])
    file("unknown-header", "a header nobody knows", "malformed", headers + [("note", "hello")])
    file("unknown-suite", "names suite 2", "unknown-suite", replaced(0, ("suite", "strongroom-suite-2")))
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    file("sealed-half-changed", "one bit of the sealed half", "damaged", headers, flipped)
    stranger = card_of(bytes(32), bytes(32))
    key = hashlib.sha256(stranger[:-64]).digest()[:8].hex()
    stranger_text = armour("IDENTITY CARD", [("suite", SUITE.decode()), ("key", key)], stranger)
    file("other-card", "a stranger's card before it", "damaged", replaced(1, ("key", key)), card_text=stranger_text)


if __name__ == "__main__":
    {"check": check, "make": make}[sys.argv[1]]()
