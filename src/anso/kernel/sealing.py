"""The arithmetic of the tamper-evident record: hashes of entries in a chain and Merkle roots of
checkpoints.

Merkle trees as in RFC 6962 section 2.1: leaves are prefixed with 0x00, inner nodes with 0x01, a
tree splits at the largest power of two below its size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from anso.kernel.canonical import canonical_json

# What stands before the first entry of a chain and before the first checkpoint.
GENESIS = "0" * 64


def entry_hash(fields: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 (hex) over the previous entry's hash and this entry's fields in canonical JSON.

    The layout is ``previous hash, line feed, JSON``, in UTF-8. It can never be changed: hashes that
    were written stand under seals that others have noted. A further field needs a further layout.
    """
    return hashlib.sha256(f"{previous_hash}\n{canonical_json(dict(fields))}".encode()).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Root (hex) over hex leaves in order; ValueError without leaves."""
    if not leaves:
        raise ValueError("a checkpoint seals at least one entry")
    # Leaves and inner nodes begin with different bytes, so that no inner node can be shown as an
    # entry.
    return _root([hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]).hex()


def _root(nodes: Sequence[bytes]) -> bytes:
    if len(nodes) == 1:
        return nodes[0]
    # The largest power of two below the number of leaves, as RFC 6962 (2.1) splits a tree.
    split = 1 << ((len(nodes) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + _root(nodes[:split]) + _root(nodes[split:])).digest()


def checkpoint_root(number: int, merkle: str, previous_root: str) -> str:
    """The public root of a checkpoint: covers its number, its Merkle root and the root before
    it.
    """
    # The layout can never be changed: roots have been noted by others.
    return hashlib.sha256(f"{number}\n{merkle}\n{previous_root}".encode()).hexdigest()
