"""The operator's command line: ``python -m operations WORD``.

Belongs here: reading the word and telling refusals in a sentence. Does not belong here: what the
words do.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from anso.config.env import EnvironmentRefused

WORDS = """\
run         prepare, start database, web and worker, and stop all of it at Ctrl-C
stop        stop what runs in this clone, the embedded database included
prepare     bring tables, reference facts and static files up to date
demo-reset  throw the embedded database away and load the demonstration anew
database    start, stop, status, url, version of the embedded PostgreSQL; or psql, pg_dump,
            pg_restore with their own options, on the one that DATABASE_URL names if it does"""


def main(words: Sequence[str]) -> int:
    """Obey one word and give the exit code."""
    verb, *rest = words or ["help"]
    try:
        return _obey(verb, rest)
    except EnvironmentRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _obey(verb: str, rest: Sequence[str]) -> int:
    """Carry out one word; each imports only what it needs, since Django takes a second."""
    if verb in {"run", "stop"}:
        from operations import launcher

        return launcher.run() if verb == "run" else launcher.stop()
    if verb in {"prepare", "demo-reset"}:
        from operations import preparation

        preparation.prepare_unless_done(is_reset=verb == "demo-reset")
        return 0
    if verb == "database" and rest:
        from operations import embedded_database

        return embedded_database.obey(*rest)
    print(WORDS)
    return 0 if verb == "help" else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
