#!/usr/bin/env python3
"""Checks proofs of a ledger with tlog-scales, a transparency-log library in Python.

    verify_python.py CASES [TILES]

prints a line of verdicts, a (accepted) or r (rejected) for each case. With TILES, an export of the ledger, its entries
must give its checkpoint, and every accepted proof must be the one that the library makes from the tiles.
"""

import base64
import sys
from pathlib import Path

from tlog_scales import signing, tiles, tlog
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import Tile, TilesReader


class Form(Exception):
    """Not in the form that it should have."""


def decode(text):
    """Base64 that has one spelling only."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise Form
    return data


def number(text):
    value = int(text)
    if str(value) != text or value < 0:
        raise Form
    return value


def hashes(lines):
    found = [decode(line) for line in lines]
    if any(len(one) != 32 for one in found):
        raise Form
    return found


def checkpoint(data, key):
    """A signed checkpoint; the library reads it leniently, so it must also write it back to the same bytes."""
    text = data.decode()
    found = tlog.Checkpoint.from_text(text)
    if found.serialize() != text or found.origin != key.name or len(found.root_hash) != 32:
        raise Form
    found.verify(key)
    return found


def head(data):
    """The lines before the first empty one, and what follows."""
    before, blank, after = data.partition(b"\n\n")
    if not blank:
        raise Form
    return before.decode().split("\n"), after


def inclusion(data, key, reader):
    lines, signed = head(data)
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Form
    entry, index, given = decode(lines[1][6:]), number(lines[2][6:]), hashes(lines[3:])
    tree = checkpoint(signed, key)
    proof = tlog.InclusionProof(index, tree.size, given)
    proof.check(tiles.leaf_hash(entry), tree.root_hash)
    if reader and reader.get_inclusion_proof(index, tree.size).node_hashes != given:
        sys.exit("verify-python: a proof made from the tiles is another one")


def consistency(old, request, key, reader):
    before = checkpoint(old, key)
    lines, signed = head(request)
    if not lines[0].startswith("old "):
        raise Form
    size, given = number(lines[0][4:]), hashes(lines[1:])
    after = checkpoint(signed, key)
    # The library takes an empty proof from size 0; it proves nothing, so it is refused here.
    if size != before.size or size < 1:
        raise Form
    tlog.ConsistencyProof(size, after.size, given).check(before.root_hash, after.root_hash)
    if reader and reader.get_consistency_proof(size, after.size).node_hashes != given:
        sys.exit("verify-python: a proof made from the tiles is another one")


def open_tiles(directory, key):
    """A reader of an export whose entries give its tiles, and these its checkpoint."""
    reader = TilesReader(LocalBackend(Path(directory)))
    reader.tile_cache.max_size = 1 << 20
    tree = checkpoint((Path(directory) / "checkpoint").read_bytes(), key)
    reader.set_size(tree.size)
    if tree.size and reader.calculate_root_hash() != tree.root_hash:
        sys.exit("verify-python: the tiles do not give the root of the checkpoint")
    for index in range((tree.size + 255) // 256):
        width = min(256, tree.size - 256 * index)
        path = tiles.tile_path(-1, index, width % 256)
        entries = Tile.from_entries_bytes(Path(directory).joinpath(*path).read_bytes())
        leaves = [reader.mth(256 * index + i, 256 * index + i + 1) for i in range(width)]
        if [tiles.leaf_hash(entry) for entry in entries.entries] != leaves:
            sys.exit(f"verify-python: the entries from {256 * index} on are not those of the tile")
    print(f"verify-python: {tree.size} entries, root {base64.b64encode(tree.root_hash).decode()}", file=sys.stderr)
    return reader


def main():
    key = reader = None
    verdicts = []
    with open(sys.argv[1], encoding="ascii") as cases:
        for line in cases:
            kind, *fields = line.rstrip("\n").split("\t")
            if kind == "key":
                key = signing.Vkey.from_string(fields[0])
                if len(sys.argv) > 2:
                    reader = open_tiles(sys.argv[2], key)
                continue
            files = [base64.b64decode(field) for field in fields]
            try:
                (inclusion if kind == "inclusion" else consistency)(*files, key, reader)
                verdicts.append("a")
            except Exception:  # The library says no with exceptions of many kinds.
                verdicts.append("r")
    print("".join(verdicts))


if __name__ == "__main__":
    main()
