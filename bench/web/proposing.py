"""How long the proposal "who reviews what" takes for a large call, from the database to the answer,
and how much memory, beside HiGHS on the same question.

Run: python -m bench proposing. It makes a demonstration of its own with 4,000 applications
(``ANSO_BENCH_PROPOSED`` chooses another number), 192 reviewers with subjects, keywords and declared
interests, and three reviews for each file. HiGHS is given the finished table of what fits, without
the time for reading, conflicts and affinities, and the same limits. Each has a process of its own.
Results: bench/web/results/proposing.json and proposing.md.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"
VAR = ROOT / "var" / "bench" / "proposing"
QUESTION = VAR / "question.npz"
REVIEWERS, EACH, TIES = 192, 3, 40
LIMIT_S, LIMIT_MB, PEER_S = 60, 1024, 120
WORDS = ("groundwater", "catalysis", "genomics", "seismology", "malaria", "turbulence", "optics")


def main(words: list[str]) -> int:
    """Make the call, once, and let each answer in a process of its own; fails beyond a limit."""
    if words:
        WORK[words[0]]()
        return 0
    from operations import embedded_database

    count = os.environ.get("ANSO_BENCH_PROPOSED", "4000")
    environment = {
        **os.environ,
        "ANSO_VAR": str(VAR),
        "ANSO_DEMONSTRATION": "true",
        "DATABASE_URL": embedded_database.ensure_running(var=VAR),
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    mark = VAR / f"loaded-{count}"
    steps = [["manage.py", "migrate", "-v0"], ["manage.py", "load_demo", "--applications", count]]
    for step in [] if mark.exists() else [*steps, ["-m", "bench.web.proposing", "fill"]]:
        subprocess.run([sys.executable, *step], cwd=ROOT, env=environment, check=True)
    mark.touch()
    rows = [_run(name, environment) for name in ("anso", "highs")]
    embedded_database.stop(var=VAR)
    content = {"applications": int(count), "reviewers": REVIEWERS, "each": EACH, "rows": rows}
    content["load"] = round(os.getloadavg()[0], 1)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "proposing.json").write_text(json.dumps(content, indent=1) + "\n")
    (RESULTS / "proposing.md").write_text(table(content))
    print(table(content))
    own = rows[0]
    return int(own["wall_s"] > LIMIT_S or own["peak_mb"] > LIMIT_MB)


def _run(name: str, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.web.proposing", name]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            timeout=600 if name == "anso" else PEER_S,
        )
    except subprocess.TimeoutExpired:
        return {"work": name, "wall_s": f"no answer in {PEER_S}"}
    return {"work": name, **json.loads(done.stdout.splitlines()[-1])}


def fill() -> None:
    """Every file may be reviewed; reviewers have subjects, words and ties."""
    import django

    django.setup()
    from django.db.models import Count
    from django.utils import timezone

    from anso.applications.models import Application
    from anso.calls.models import Call
    from anso.directory.models import Expertise, Interest, Person
    from anso.review.models import Reviewer

    now, draw = timezone.now(), random.Random(7)
    call = Call.objects.annotate(n=Count("applications")).order_by("-n").first()
    files = Application.objects.filter(call=call)
    files.filter(state="submitted").update(state="eligible", screened_at=now)
    applicants = list(files.values_list("applicant_id", flat=True))
    subjects = sorted({*Expertise.objects.values_list("subject", flat=True)})
    people = list(Person.objects.exclude(pk__in=applicants).order_by("id")[:REVIEWERS])
    people += Person.objects.bulk_create(
        Person(full_name=f"Reviewer {place}", email=f"reviewer{place}@bench.example")
        for place in range(REVIEWERS - len(people))
    )
    Reviewer.objects.filter(call=call).delete()
    facts = {"state": "accepted", "capacity": 500, "invited_at": now, "answered_at": now}
    Reviewer.objects.bulk_create(Reviewer(call=call, person=each, **facts) for each in people)
    Expertise.objects.filter(person__in=people).delete()
    Expertise.objects.bulk_create(
        Expertise(person=each, subject=subject, keywords=", ".join(draw.sample(WORDS, 3)))
        for each in people
        for subject in draw.sample(subjects, 3)
    )
    Interest.objects.bulk_create(
        Interest(person=each, other_person_id=other, kind="family", declared_at=now)
        for each in people
        for other in draw.sample(applicants, TIES)
    )


def anso() -> None:
    """The proposal as an officer gets it, in its parts; the question is kept for the other."""
    import django

    django.setup()
    import numpy as np
    from django.db.models import Count

    from anso.calls.models import Call
    from anso.calls.queries.steps import steps_of
    from anso.review.queries import proposals

    call = Call.objects.annotate(n=Count("applications")).order_by("-n").first()
    assert call is not None
    step = next(each for each in steps_of(call) if each.block == "review")
    now = dt.datetime.combine(step.starts_on, dt.time(12), dt.UTC)
    parts: dict[str, float] = {}
    kept: dict[str, Any] = {}
    for name in ("get_conflict_facts", "findings_between", "_affinity", "_best_pairs", "_task"):
        setattr(proposals, name, _watched(getattr(proposals, name), name, parts, kept))
    begin, begin_cpu = time.perf_counter(), time.process_time()
    answer = proposals.propose_assignments(call, now)
    wall, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    peak = _peak_mb()
    task = kept["_task"]
    rows = {each.pk: place for place, each in enumerate(task.applications)}
    columns = {each.pk: place for place, each in enumerate(task.reviewers)}
    conflicts = np.array([(rows[a], columns[r]) for a, r in task.excluded if a in rows])
    np.savez(QUESTION, table=np.array(task.affinity), conflicts=conflicts, missing=task.missing)
    total = sum(task.affinity[rows[a.pk]][columns[r.pk]] for a, r in answer.pairs)
    loads = np.bincount([columns[r.pk] for _a, r in answer.pairs])
    _say(
        wall,
        cpu,
        peak,
        total=round(total, 6),
        files=len(task.applications),
        reviews=len(answer.pairs),
        most=int(loads.max()),
        conflicts=len(conflicts),
        parts={name: round(seconds, 2) for name, seconds in parts.items()},
    )


def _watched(work: Any, name: str, parts: dict[str, float], kept: dict[str, Any]) -> Any:
    def watched(*args: Any) -> Any:
        begin = time.perf_counter()
        kept[name] = work(*args)
        parts[name] = parts.get(name, 0.0) + time.perf_counter() - begin
        return kept[name]

    return watched


def highs() -> None:
    """The same question as a linear program: it has a whole answer, as every flow."""
    import numpy as np
    from scipy import sparse
    from scipy.optimize import linprog

    kept = np.load(QUESTION)
    worth, missing = kept["table"], kept["missing"]
    begin, begin_cpu = time.perf_counter(), time.process_time()
    free = np.ones(worth.shape, dtype=bool)
    free[tuple(kept["conflicts"].T)] = False
    rows, columns = np.nonzero(free)
    ones, place = np.ones(len(rows)), np.arange(len(rows))
    most = int(missing.sum()) * 13 // (worth.shape[1] * 10) + 1
    found = linprog(
        -worth[rows, columns],
        A_ub=sparse.csr_array((ones, (columns, place))),
        b_ub=np.full(worth.shape[1], most),
        A_eq=sparse.csr_array((ones, (rows, place))),
        b_eq=missing,
        bounds=(0, 1),
        method="highs",
    )
    wall, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    _say(wall, cpu, _peak_mb(), total=round(-found.fun, 6), reviews=round(found.x.sum()), most=most)


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _say(wall: float, cpu: float, peak: int, **figures: Any) -> None:
    print(json.dumps({"wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "peak_mb": peak} | figures))


def table(content: dict[str, Any]) -> str:
    """The results for reading."""
    names = ("work", "wall_s", "cpu_s", "peak_mb", "total", "reviews", "most", "conflicts")
    own, other = content["rows"]
    lines = [
        "# Who reviews what",
        "",
        (
            f"{content['applications']:,} applications, of which {own['files']:,} were submitted,"
            f" {content['reviewers']} reviewers,"
            f" {content['each']} reviews each; load {content['load']} at the end."
        ),
        "",
        "| " + " | ".join(name.replace("_", " ") for name in names) + " |",
        "|---" * len(names) + "|",
    ]
    lines += [
        "| " + " | ".join(str(row.get(name, "")) for name in names) + " |" for row in (own, other)
    ]
    lines += ["", "Of ours in seconds: " + ", ".join(f"{k} {v}" for k, v in own["parts"].items())]
    if "cpu_s" in other:
        ratio = own["cpu_s"] / other["cpu_s"]
        lines += ["", f"Processor seconds, the whole proposal to HiGHS alone: {ratio:.2f}."]
    else:
        ratio = own["wall_s"] / PEER_S
        lines += ["", f"Seconds, the whole proposal to HiGHS alone: less than {ratio:.2f}."]
    return "\n".join([*lines, ""])


WORK = {"fill": fill, "anso": anso, "highs": highs}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
