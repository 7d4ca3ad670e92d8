"""A record of any length, written in one statement: what an alliance has after years."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from anso.kernel.sealing import GENESIS

WRITE = """
INSERT INTO audit_entry (object_type, object_id, object_label, sequence, verb, actor_label,
    on_behalf_of, mandate, at, changes, because, previous_hash, hash, object_search, actor_search)
SELECT 'calls.call', n, 'Call ' || n, 1, 'create_call', 'set-up', '', '', %(at)s, '{}', '',
    %(genesis)s, md5(n::text) || md5((-n)::text), ' call ' || n, ' set-up'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
"""
SEAL = """
WITH seal AS (
    INSERT INTO audit_checkpoint (number, sealed_at, entry_count, merkle_root, previous_root, root)
    SELECT coalesce(max(number), 0) + 1, %(at)s, 1, %(genesis)s, %(genesis)s,
        md5(%(first)s::text) || md5(%(last)s::text)
    FROM audit_checkpoint RETURNING id)
INSERT INTO audit_sealedentry (entry_id, checkpoint_id, position)
SELECT entry.id, seal.id, entry.object_id FROM audit_entry AS entry, seal
WHERE entry.object_type = 'calls.call' AND entry.object_id BETWEEN %(first)s AND %(last)s
"""


def fill_record(first: int, last: int, *, now: dt.datetime) -> None:
    """Entries about the calls with these keys, all of them under one seal. Their hashes are made
    up: for tests of cost, not of proof.
    """
    values = {"first": first, "last": last, "at": now, "genesis": GENESIS}
    with connection.cursor() as cursor:
        # Past the queue of what waits for a seal, as if that had been cleaned up long ago.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_awaits_seal")
        cursor.execute(WRITE, values)
        cursor.execute(SEAL, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_awaits_seal")
        cursor.execute("ANALYZE audit_entry, audit_sealedentry, audit_checkpoint")
