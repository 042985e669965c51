#!/usr/bin/env python3
"""Reads a TrainLedger log from docs/segment-format.md alone, sharing no code with the program.

    for position, record in segment_log.records("path/to/ledger"): ...

Every sector, commit and block checksum on the way is checked, every tree head recomputed. Needs the
PyPI package lz4. As a command it prints `position length sha256` for each record and the tree head.
"""

import hashlib
import os
import re
import struct
import sys

import lz4.block

SECTOR, PAYLOAD, HEADER = 512, 504, 4 * 512
COMPRESSED, MORE_FOLLOWS, CLOSED = 1, 2, 4
SEGMENT_POSITIONS = 65536


class Damaged(Exception):
    """Stored bytes are not what the format says they must be."""


def _make_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


_TABLE = _make_table()


def crc32c(data, crc=0):
    """CRC32C of `data`, going on from `crc`."""
    crc ^= 0xFFFFFFFF
    table = _TABLE
    for byte in data:
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283


# The tree of RFC 6962, kept as the roots of its perfect subtrees, largest first.


def _node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    def __init__(self, size=0, hashes=()):
        self.size, self.hashes = size, list(hashes)

    def append(self, leaf):
        size = self.size
        while size & 1:
            leaf = _node(self.hashes.pop(), leaf)
            size >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self):
        if not self.hashes:
            return hashlib.sha256(b"").digest()
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = _node(left, root)
        return root


def leaf(secret, position, record):
    salt = hashlib.sha256(secret + struct.pack(">Q", position)).digest()[:16]
    return hashlib.sha256(b"\x00" + salt + record).digest()


# Sectors


def _sector_state(secret, data, offset):
    """('valid', chunk, is_first), ('zero',), ('missing',) or ('bad',) for the sector at `offset`."""
    sector = data[offset : offset + SECTOR]
    if len(sector) < SECTOR:
        return ("missing",)
    tag, crc = struct.unpack_from("<II", sector, PAYLOAD)
    if tag & 0x7FFFFFFF and crc == crc32c(secret + struct.pack("<Q", offset) + sector[:508]):
        return ("valid", tag & 0x7FFFFFFF, bool(tag >> 31))
    return ("zero",) if not any(sector) else ("bad",)


def _chunk(secret, data, offset, number, sectors, name):
    """The content of a chunk, every sector checked."""
    content = b""
    for index in range(sectors):
        place = offset + index * SECTOR
        if _sector_state(secret, data, place) != ("valid", number, index == 0):
            raise Damaged(f"{name}: bad sector at byte {place}")
        content += data[place : place + PAYLOAD]
    return content


class Header:
    def __init__(self, data, name):
        if len(data) < HEADER:
            raise Damaged(f"{name}: shorter than its header")
        self.secret = data[16:32]
        content = _chunk(self.secret, data, 0, 1, 4, name)
        magic, self.version, self.kind, count, self.epoch = struct.unpack_from("<8sHBBI", content)
        if magic != b"TLSEGMNT" or self.version > 1 or self.kind > 1:
            raise Damaged(f"{name}: not a segment of format 0 or 1")
        self.ledger = content[32:48]
        (self.first,) = struct.unpack_from("<Q", content, 48)
        end = 56 + 32 * count
        if count != bin(self.first).count("1") or any(content[end:]):
            raise Damaged(f"{name}: the header's tree does not fit its position")
        self.tree = Tree(self.first, [content[56 + 32 * i : 88 + 32 * i] for i in range(count)])


# Commits


def _commits(data, header, name):
    """Yields (flags, first, acknowledged, root before, [records]) of an open segment up to its torn tail, if any."""
    offset, number = HEADER, 2
    while offset < len(data):
        if _sector_state(header.secret, data, offset) != ("valid", number, True):
            _expect_torn(header.secret, data, offset, number, name)
            return
        (magic, flags, secret, _, chunk, first, acknowledged, root, count, raw, stored, crc) = struct.unpack_from(
            "<4sI16sIIQQ32sIIII", data, offset
        )
        if magic != b"TLC0" or secret != header.secret or chunk != number or flags > 7:
            raise Damaged(f"{name}: commit {number} contradicts itself")
        sectors = (96 + stored + PAYLOAD - 1) // PAYLOAD
        states = [_sector_state(secret, data, offset + i * SECTOR) for i in range(sectors)]
        if any(state[0] in ("zero", "missing") for state in states):
            _expect_torn(header.secret, data, offset, number, name)
            return
        content = _chunk(secret, data, offset, number, sectors, name)
        payload = content[96 : 96 + stored]
        if crc != crc32c(payload, crc32c(content[:92])) or any(content[96 + stored :]):
            raise Damaged(f"{name}: commit {number} fails its checksum")
        if flags & COMPRESSED:
            payload = lz4.block.decompress(payload, uncompressed_size=raw)
        if len(payload) != raw:
            raise Damaged(f"{name}: commit {number} has the wrong length")
        records, place = [], 0
        for _ in range(count):
            (length,) = struct.unpack_from("<H", payload, place)
            records.append(payload[place + 2 : place + 2 + length])
            place += 2 + length
        if place != raw:
            raise Damaged(f"{name}: commit {number} has bytes left over")
        yield flags, first, acknowledged, root, records
        offset += sectors * SECTOR
        number += 1


def _expect_torn(secret, data, offset, number, name):
    """Raises unless the rest of the file is a torn commit: its own sectors, zeros, or nothing."""
    for place in range(offset, len(data), SECTOR):
        state = _sector_state(secret, data, place)
        if state[0] == "bad" or (state[0] == "valid" and state[1:] != (number, place == offset)):
            raise Damaged(f"{name}: rot at byte {place}")


# Sealed segments


def _varint(data, place):
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def _sealed(data, header, name):
    """Yields (first, [records]) of each block of a sealed segment, then checks the index."""

    def bound(offset, content):
        return crc32c(header.secret + struct.pack("<Q", offset) + content)

    foot = len(data) - 24
    magic, zero, index_at, index_length, crc = struct.unpack_from("<4sIQII", data, foot)
    if magic != b"TLE0" or zero or crc != bound(foot, data[foot : foot + 20]) or index_at + index_length != foot:
        raise Damaged(f"{name}: bad footer")
    index = data[index_at:foot]
    if index[:4] != b"TLI0" or index[8:24] != header.secret:
        raise Damaged(f"{name}: bad index")
    if struct.unpack("<I", index[-4:])[0] != bound(index_at, index[:-4]):
        raise Damaged(f"{name}: the index fails its checksum")
    count, end = struct.unpack_from("<I", index, 4)[0], struct.unpack_from("<Q", index, 24)[0]
    places = [struct.unpack_from("<QQ", index, 64 + 16 * i) for i in range(count)]
    offset, position = HEADER, header.first
    for number, place in enumerate(places, start=2):
        head = data[offset : offset + 76]
        if place != (position, offset) or struct.unpack_from("<I", head, 72)[0] != bound(offset, head[:72]):
            raise Damaged(f"{name}: bad header of block {number}")
        magic, block, secret, first, records = struct.unpack_from("<4sI16sQI", head)
        forms = magic == b"TLB1"
        plain = magic == b"TLB0" and header.version == 0
        if not (forms or plain) or (block, secret, first) != (number, header.secret, position):
            raise Damaged(f"{name}: block {number} contradicts itself")
        at, streams = offset + 76, []
        for stream in range(3):
            raw, stored = struct.unpack_from("<II", head, 36 + 8 * stream)
            content = data[at : at + stored]
            if crc32c(content) != struct.unpack_from("<I", head, 60 + 4 * stream)[0]:
                raise Damaged(f"{name}: stream {stream + 1} of block {number} fails its checksum")
            content = content if raw == stored else lz4.block.decompress(content, uncompressed_size=raw)
            if forms:
                content = _without_columns(content, records, f"{name}: block {number}")
            streams.append(content)
            at += stored
        cursors, merged = [0, 0, 0], []
        for _ in range(records):
            record = b""
            for stream, tag in enumerate((b"\x0a", b"\x12", b"\x1a")):
                length, begin = _varint(streams[stream], cursors[stream])
                if length or stream < 2:
                    record += tag + streams[stream][cursors[stream] : begin + length]
                cursors[stream] = begin + length
            merged.append(record)
        if cursors != [len(stream) for stream in streams]:
            raise Damaged(f"{name}: block {number} has bytes left over")
        yield first, merged
        offset, position = at, position + records
    if offset != index_at or position != end:
        raise Damaged(f"{name}: the index does not follow the blocks")


# Streams in columns


def _without_columns(stream, records, place):
    """The parts of a stream one behind the other, each after its length."""
    if stream[0] == 0:
        return stream[1:]
    if stream[0] != 1:
        raise Damaged(f"{place} has a stream of an unknown form")
    cursor = 1

    def number():
        nonlocal cursor
        value, cursor = _varint(stream, cursor)
        return value

    def column():
        nonlocal cursor
        length = number()
        cursor += length
        return stream[cursor - length : cursor]

    shapes = []
    for _ in range(number()):
        tags = [number() for _ in range(number())]
        shapes.append((tags, number() if tags[0] & 7 == 0 else None))
    count = number()
    kinds = [number() for _ in range(count)]
    runs = list(zip(kinds, [number() for _ in range(count)]))
    whole = column()
    columns = [
        [(_numbers if tag & 7 == 0 else _texts)(column()) for tag in tags[kind is not None :]] for tags, kind in shapes
    ]
    if cursor != len(stream) or sum(times for _, times in runs) != records:
        raise Damaged(f"{place} has columns that do not add up")
    parts, used = [], 0
    for shape, times in runs:
        for _ in range(times):
            if shape == 0:
                length, begin = _varint(whole, used)
                part, used = whole[begin : begin + length], begin + length
            else:
                part = _part(*shapes[shape - 1], columns[shape - 1])
            parts.append(_coded(len(part)) + part)
    if used != len(whole):
        raise Damaged(f"{place} has bytes left over")
    return b"".join(parts)


def _part(tags, kind, columns):
    part, columns = b"", iter(columns)
    for index, tag in enumerate(tags):
        part += _coded(tag)
        if index == 0 and kind is not None:
            part += _coded(kind)
        elif tag & 7 == 0:
            part += _coded(next(next(columns)))
        else:
            text = next(next(columns))
            part += _coded(len(text)) + text
    return part


def _coded(value):
    coded = b""
    while value >= 0x80:
        coded += bytes([value & 0x7F | 0x80])
        value >>= 7
    return coded + bytes([value])


def _numbers(column):
    """The numbers of a column, going on with the last step behind its end."""
    cursor = value = step = 0
    while True:
        if cursor < len(column):
            coded, cursor = _varint(column, cursor)
            step = coded >> 1 ^ -(coded & 1)
        value = (value + step) % (1 << 64)
        yield value


def _texts(column):
    """The texts of a column, going on with the last operation behind its end."""
    cursor, text, operation = 0, b"", None
    while True:
        if cursor < len(column):
            operation, cursor = _varint(column, cursor)
        if operation == 1:
            digits = len(text) - len(text.rstrip(b"0123456789"))
            text = text[: len(text) - digits] + b"%0*d" % (digits, int(text[len(text) - digits :]) + 1)
        elif operation != 0:
            length, cursor = _varint(column, cursor)
            text = text[: operation - 2] + column[cursor : cursor + length]
            cursor += length
        yield text


# The ledger


def segment_names(directory):
    names = os.listdir(os.path.join(directory, "segments"))
    return sorted(name for name in names if name.endswith(".seg"))


def description(directory):
    """Checks ledger.json and returns format version and ID."""
    with open(os.path.join(directory, "ledger.json"), "rb") as file:
        text = file.read()
    head, _, tail = text.partition(b',"crc32c"')
    found = re.fullmatch(rb'\{"format":([01]),"ledger":"([0-9a-f]{32})"', head)
    if not found or tail != b':"%08x"}\n' % crc32c(head):
        raise Damaged("ledger.json is not as it was written, or of a later format")
    return int(found[1]), bytes.fromhex(found[2].decode())


def batches(directory):
    """Yields (tree before, first position, [records]) in order, whole batches only, every tree head checked."""
    (version, ledger), tree, pending, waiting = description(directory), Tree(), [], 0
    for name in segment_names(directory):
        with open(os.path.join(directory, "segments", name), "rb") as file:
            data = file.read()
        header = Header(data, name)
        if header.ledger != ledger or f"{header.first:020}.seg" != name:
            raise Damaged(f"{name}: not this ledger's segment of that position")
        if header.version != version:
            raise Damaged(f"{name}: of format {header.version} in a ledger of format {version}")
        if (header.tree.size, header.tree.hashes) != (tree.size, tree.hashes):
            raise Damaged(f"{name}: its tree is not that of the records before")
        if header.kind == 1:
            units = ((0, first, first, None, records) for first, records in _sealed(data, header, name))
        else:
            units = _commits(data, header, name)
        for flags, first, acknowledged, root, records in units:
            if first != tree.size or (root is not None and root != tree.root()):
                raise Damaged(f"{name}: the records before position {first} are not those committed")
            if root is not None and acknowledged != (waiting if pending else first):
                raise Damaged(f"{name}: the batch at position {first} does not follow on")
            before = Tree(tree.size, tree.hashes)
            for index, record in enumerate(records):
                tree.append(leaf(header.secret, first + index, record))
            if not pending:
                waiting = first
            pending.append((before, first, records))
            if not flags & MORE_FOLLOWS:
                yield from pending
                pending = []


def records(directory):
    """Yields (position, record bytes) of every record, in order."""
    for _, first, batch in batches(directory):
        for index, record in enumerate(batch):
            yield first + index, record


def tree_head(directory):
    """(size, root) over all records, recomputed from the headers' secrets."""
    secrets = []
    for name in segment_names(directory):
        with open(os.path.join(directory, "segments", name), "rb") as file:
            header = Header(file.read(HEADER), name)
        secrets.append((header.first, header.secret))
    tree, number = Tree(), 0
    for position, record in records(directory):
        while number + 1 < len(secrets) and secrets[number + 1][0] <= position:
            number += 1
        tree.append(leaf(secrets[number][1], position, record))
    return tree.size, tree.root()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: segment_log.py LEDGER")
    try:
        for position, record in records(sys.argv[1]):
            print(position, len(record), hashlib.sha256(record).hexdigest())
        size, root = tree_head(sys.argv[1])
        print("head", size, root.hex())
    except (Damaged, OSError) as error:
        sys.exit(f"segment_log.py: {error}")
