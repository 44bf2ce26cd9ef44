#!/usr/bin/env python3
"""Compares maillage with HiGHS on random problems of 20 to 150 sites with every kind of rule, and records the run.

    pip install highspy
    cargo build --release -p maillage-benches --examples
    python3 benches/agreement.py [--problems 2000] [--first 0] [--processes 2]

The example random_models writes each problem as it is, unreduced, in MPS, solves it, and has the proof checked by
maillage-verify. HiGHS solves the file. Values must agree, and so must what is infeasible; the first difference ends
the run with an error and keeps the file. The record goes to benches/runs/.
"""

import argparse
import collections
import json
import multiprocessing
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from peers import ROOT, EXAMPLES, commit, machine

import datetime


def best_by_highs(model):
    import highspy

    solver = highspy.Highs()
    solver.silent()
    for option, value in [("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5), ("time_limit", 600.0)]:
        solver.setOptionValue(option, value)
    if solver.readModel(str(model)) != highspy.HighsStatus.kOk:
        return "unreadable"
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus())
    if status == "Infeasible":
        return None
    return round(solver.getInfo().objective_function_value) if status == "Optimal" else status


def compare(first_and_count):
    """Solves a few problems both ways; returns maillage's answers with HiGHS's beside them."""
    first, count = first_and_count
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        command = [EXAMPLES / "random_models", str(first), str(count), folder]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            return [{"seed": first, "failed": done.stderr.strip()}]
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        for answer in answers:
            model = folder / f"{answer['seed']}.mps"
            answer["highs"] = best_by_highs(model)
            if answer["highs"] != answer["value"]:
                shutil.copy(model, pathlib.Path(tempfile.gettempdir()) / f"disagreement-{answer['seed']}.mps")
        return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--name", default="agreement")
    arguments = parser.parse_args()
    import highspy

    started, before = time.perf_counter(), machine()
    end = arguments.first + arguments.problems
    parts = [(first, min(10, end - first)) for first in range(arguments.first, end, 10)]
    seen, kinds, infeasible, sizes = 0, collections.Counter(), 0, []
    with multiprocessing.Pool(arguments.processes) as pool:
        for answers in pool.imap(compare, parts):
            for answer in answers:
                if "failed" in answer or answer["highs"] != answer["value"]:
                    sys.exit(f"a difference: {json.dumps(answer)}")
                seen += 1
                infeasible += answer["value"] is None
                kinds.update(answer["kinds"])
                sizes.append(answer["sites"])
            print(f"\r{seen} of {arguments.problems}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    date = datetime.date.today().isoformat()
    record = {"date": date, "machine": before, "commit": commit(), "problems": seen, "first": arguments.first,
              "infeasible": infeasible, "sites": [min(sizes), max(sizes)], "kinds": dict(sorted(kinds.items())),
              "highs": highspy.Highs().version(), "seconds": round(time.perf_counter() - started)}
    runs = ROOT / "benches/runs"
    (runs / f"{date}-{arguments.name}.json").write_text(json.dumps(record, indent=1) + "\n")
    of_kinds = "\n".join(f"| {kind} | {number:,} |" for kind, number in record["kinds"].items())
    (runs / f"{date}-{arguments.name}.md").write_text(f"""# Agreement with HiGHS, {date}

{before['processor']}, {before['cores']} cores. Commit {record['commit']}. HiGHS {record['highs']}.

{seen:,} random problems of {min(sizes)} to {max(sizes)} sites (seeds {arguments.first} to {end - 1}), {infeasible:,} of
them infeasible: maillage and HiGHS give the same best value, or both none, on every one. Every proof of maillage was
checked by maillage-verify.

| with rules of this kind | problems |
|---|---|
{of_kinds}
""")
    print(f"{seen} problems, {infeasible} of them infeasible: the same best values")


if __name__ == "__main__":
    main()
