"""Opens what stores seal, as docs/store.md describes it, with libcrypto itself: AES-256-GCM by viewers' keys."""

import ctypes
import ctypes.util
import os
import sqlite3
import struct

crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
for name in "EVP_CIPHER_CTX_new", "EVP_aes_256_gcm":
    getattr(crypto, name).restype = ctypes.c_void_p

EVENT, STATES, SUBJECT, QUARANTINED, KEY, SECRET, PATH = range(1, 8)


def opened(key, nonce, sealed, kind, number):
    """The text of `sealed`, which ends with its tag."""
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    place = bytes([kind]) + struct.pack("<q", number)
    text, tag, count = ctypes.create_string_buffer(len(sealed)), sealed[-16:], ctypes.c_int()
    crypto.EVP_DecryptInit_ex(context, ctypes.c_void_p(crypto.EVP_aes_256_gcm()), None, key, nonce)
    crypto.EVP_DecryptUpdate(context, None, ctypes.byref(count), place, len(place))
    crypto.EVP_DecryptUpdate(context, text, ctypes.byref(count), sealed[:-16], len(sealed) - 16)
    crypto.EVP_CIPHER_CTX_ctrl(context, 0x11, 16, tag)
    good = crypto.EVP_DecryptFinal_ex(context, text, ctypes.byref(count))
    crypto.EVP_CIPHER_CTX_free(context)
    assert good == 1, "it was not sealed with this key, for this place"
    return text.raw[: len(sealed) - 16]


def opened_row(key, sealed, kind, number):
    """The same where the nonce stands in front."""
    return opened(key, sealed[:12], sealed[12:], kind, number)


class Keys:
    """The keys of a store, from its file in the folder of the keys."""

    def __init__(self, connection):
        configuration = os.environ.get("XDG_CONFIG_HOME") or os.environ["HOME"] + "/.config"
        folder = os.environ.get("VIEWERHOST_KEYS") or configuration + "/viewerhost/keys"
        (id,) = connection.execute("SELECT value FROM meta WHERE name = 'id'").fetchone()
        with open(f"{folder}/{id.hex()}.master") as file:
            master = bytes.fromhex(file.read().split()[1])
        file = sqlite3.connect(f"{folder}/{id.hex()}.keys")
        (secret,) = file.execute("SELECT value FROM meta WHERE name = 'secret'").fetchone()
        self.secret = opened_row(master, secret, SECRET, 0)
        rows = file.execute("SELECT viewer, sealed FROM viewer_keys")
        self.of = {viewer: opened_row(master, sealed, KEY, viewer) for viewer, sealed in rows}


def events(connection, keys):
    """The places, viewers and texts of the log's events."""
    for first, ends, bodies, viewers, nonce in connection.execute(
        "SELECT first, ends, bodies, viewers, nonce FROM blocks ORDER BY first"
    ):
        start = 0
        for index, ((end,), (viewer,)) in enumerate(zip(struct.iter_unpack("<I", ends), struct.iter_unpack("<q", viewers))):
            if end == start:
                continue
            body, start = bodies[start:end], end + 1
            if viewer:
                own = nonce[:8] + struct.pack(">I", struct.unpack(">I", nonce[8:])[0] + index & 0xFFFFFFFF)
                body = opened(keys.of[viewer], own, body, EVENT, first + index)
            yield first + index, viewer, body
        assert start == len(bodies)


def subjects(connection, keys):
    """What events call the viewers, by their numbers."""
    rows = connection.execute("SELECT viewer, subject FROM viewers")
    return {viewer: opened_row(keys.of[viewer], sealed, SUBJECT, viewer).decode() for viewer, sealed in rows}


def states(connection, keys):
    """What plugins keep, by viewers' numbers."""
    rows = connection.execute("SELECT viewer, entries FROM viewer_states")
    return {viewer: opened_row(keys.of[viewer], sealed, STATES, viewer) for viewer, sealed in rows}


def quarantined(connection, keys):
    """The events in quarantine: number, plugin, code, message, origin and text."""
    for number, viewer, plugin, code, origin, held in connection.execute(
        "SELECT key, viewer, plugin, code, origin, held FROM quarantine ORDER BY key"
    ):
        if viewer:
            held = opened_row(keys.of[viewer], held, QUARANTINED, number)
        length = place = shift = 0
        while True:
            byte, place = held[place], place + 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield number, plugin, code, held[place : place + length].decode(), origin, held[place + length :]


def written(connection, keys, viewers):
    """Files with data of some viewers, or of all: kind and path."""
    kinds = {"events": "events", "accessReport": "access_report"}
    for viewer, kind, path in connection.execute("SELECT viewer, kind, path FROM written_files ORDER BY file"):
        if not viewer or viewer in viewers:
            yield kinds[kind], (opened_row(keys.of[viewer], path, PATH, viewer) if viewer else path).decode()


def unseal(connection):
    """Makes a store into one of the version before there were keys."""
    keys = Keys(connection)
    texts = {position: body for position, _, body in events(connection, keys)}
    blocks = connection.execute("SELECT first, count, ends, viewers, received FROM blocks ORDER BY first").fetchall()
    names = subjects(connection, keys)
    kept = states(connection, keys)
    waiting = list(quarantined(connection, keys))
    connection.executescript(
        """
        DROP TABLE blocks; DROP TABLE viewers; DROP TABLE quarantine; DROP TABLE audit; DROP TABLE disclosures;
        DROP TABLE privacy_budgets; DROP TABLE privacy_spending; DROP TABLE written_files;
        CREATE TABLE blocks (
            first INTEGER PRIMARY KEY, count INTEGER NOT NULL, ends BLOB NOT NULL, bodies BLOB NOT NULL,
            viewers BLOB NOT NULL, received INTEGER NOT NULL
        );
        CREATE TABLE viewers (viewer INTEGER PRIMARY KEY, subject TEXT NOT NULL);
        CREATE TABLE quarantine (
            key INTEGER PRIMARY KEY, body BLOB NOT NULL, plugin TEXT NOT NULL, code TEXT NOT NULL,
            message TEXT NOT NULL, origin TEXT NOT NULL
        );
        DELETE FROM meta WHERE name = 'id';
        DELETE FROM grdb_migrations WHERE CAST(identifier AS INTEGER) >= 5;
        """
    )
    for first, count, ends, viewers, received in blocks:
        bodies, plain_ends = b"", b""
        for index in range(len(ends) // 4):
            text = texts.get(first + index)
            if text is not None:
                bodies += text
            plain_ends += struct.pack("<I", len(bodies))
            if text is not None:
                bodies += b"\n"
        connection.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)", (first, count, plain_ends, bodies, viewers, received))
    connection.executemany("INSERT INTO viewers VALUES (?, ?)", names.items())
    connection.executemany("UPDATE viewer_states SET entries = ?2 WHERE viewer = ?1", kept.items())
    connection.executemany(
        "INSERT INTO quarantine VALUES (?1, ?6, ?2, ?3, ?4, ?5)", waiting
    )
    connection.execute("INSERT INTO meta VALUES ('secret', ?)", (keys.secret[:16],))
