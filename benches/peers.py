#!/usr/bin/env python3
"""Runs maillage and other solvers on the same covering problems, and records both sides of one run.

    cargo build --release -p maillage-cli
    cargo build --release -p maillage-benches --examples
    python3 benches/peers.py --data ../shared/data [--cases real,fine] [--only "10min"] [--limit 60] [--peers highs,scip]

One command makes the whole record of the day, with one thread for every solver and then with two: the real region, the
generated instances, and the one of 28 million pairs, which among the peers SCIP alone is asked. It can be stopped and
started again, or asked for some cases at a time: what the day's record holds already is kept (maillage's own runs only
where the commit is the same), the rest is added; --again runs all that is asked anew.

For each case `maillage solve --write-model` writes the residual merged problem, which every peer that is installed
(pip install highspy pyscipopt ortools) reads and solves in a process of its own: model reading is not counted for the
peers. maillage reads and reduces the problem as given. The record goes to benches/runs/ as JSON and as Markdown.

CPU seconds are those of the whole solve on all threads (for maillage, of the whole process, reading included, or of
solving by the wall clock on one thread where that is less). Wall-clock seconds suffer when the machine is shared: so
SCIP's limit is of CPU seconds, and that of HiGHS, which knows the wall clock only, four times as long.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAILLAGE = pathlib.Path(os.environ.get("MAILLAGE", ROOT / "target/release/maillage"))
EXAMPLES = ROOT / "target/release/examples"


def measured(solve):
    """Runs an action; returns its result with wall-clock and CPU seconds of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = solve()
    return dict(result, seconds=round(time.perf_counter() - wall, 3), cpu=round(time.process_time() - cpu, 3))


def highs(model, limit, threads):
    import highspy

    solver = highspy.Highs()
    solver.silent()
    for option, value in [("threads", threads), ("time_limit", 4 * limit), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.99)]:
        solver.setOptionValue(option, value)
    solver.readModel(model)

    def solve():
        solver.run()
        info = solver.getInfo()
        return {"value": info.objective_function_value, "bound": info.mip_dual_bound,
                "status": solver.modelStatusToString(solver.getModelStatus())}

    return measured(solve) | {"version": solver.version()}


def scip(model, limit, threads):
    import pyscipopt

    solver = pyscipopt.Model()
    solver.hideOutput()
    solver.readProblem(model)
    solver.setParam("timing/clocktype", 1)
    solver.setParam("limits/time", limit)
    solver.setParam("limits/absgap", 0.99)
    solver.setParam("lp/threads", threads)
    if threads > 1:
        solver.setParam("parallel/maxnthreads", threads)

    def solve():
        if threads > 1:
            solver.solveConcurrent()
        else:
            solver.optimize()
        value = solver.getObjVal() if solver.getNSols() else None
        return {"value": value, "bound": solver.getDualbound(), "status": solver.getStatus()}

    return measured(solve) | {"version": str(solver.version())}


def cp_sat(model, limit, threads):
    from ortools.linear_solver.python import model_builder

    problem = model_builder.Model()
    if not problem.import_from_mps_file(model):
        raise ValueError("the model cannot be read")
    solver = model_builder.Solver("sat")
    solver.set_time_limit_in_seconds(limit)
    solver.set_solver_specific_parameters(f"num_workers: {threads}")

    def solve():
        status = solver.solve(problem)
        return {"value": solver.objective_value, "bound": solver.best_objective_bound, "status": str(status)}

    return measured(solve)


PEERS = {"highs": highs, "scip": scip, "cp_sat": cp_sat}
MODULES = {"highs": "highspy", "scip": "pyscipopt", "cp_sat": "ortools"}


def installed(peer):
    import importlib.util

    return importlib.util.find_spec(MODULES[peer]) is not None


def peer_in_own_process(peer, model, limit, threads):
    command = [sys.executable, __file__, "--one", peer, str(model), str(limit), str(threads)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5 * limit + 60)
    except subprocess.TimeoutExpired:
        return {"failed": f"killed after {5 * limit + 60} s"}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def maillage(index, flags, limit, threads, model=None):
    command = [str(MAILLAGE), "solve", str(index), *flags, "--effort", "proof", "--time-limit", f"{limit}s", "--json",
               "--quiet", "--threads", str(threads)]
    if model:
        command += ["--write-model", str(model), "--force"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        return {"failed": done.stderr.strip()}
    answer = json.loads(done.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    solving = answer["seconds_solving"]
    return {"value": answer["objective"]["value"], "bound": answer["objective"]["bound"],
            "status": answer["guarantee"], "seconds": solving,
            "cpu": round(min(cpu, solving) if threads == 1 else cpu, 3), "seconds_with_reading": answer["seconds"]}


class Index:
    """An index file, made when it is first needed; `note` says how long that took."""

    def __init__(self, path, *command):
        self.path, self.command, self.note = path, command, None

    def ready(self):
        if not self.path.exists():
            started = time.perf_counter()
            subprocess.run([*self.command, self.path], check=True)
            self.note = f"made in {time.perf_counter() - started:.1f} s"
        return self.path


def real_cases(data, folder):
    """Cases on the real region: minutes, threshold, flags."""
    wanted = [
        ("10min", "4", ["--sites", "100"]), ("10min", "4", ["--budget", "3000000"]),
        ("8min", "4", ["--sites", "100"]), ("8min", "2.5", ["--budget", "2000000"]),
        ("9min", "3", ["--sites", "60"]), ("10min", "2.5", ["--sites", "40"]),
        ("10min", "3.5", ["--sites", "150"]), ("10min", "4", ["--budget", "1000000"]),
        ("12min", "4", ["--sites", "80"]), ("12min", "3", ["--budget", "4000000"]),
        ("15min", "4", ["--sites", "100"]), ("15min", "2.5", ["--sites", "60"]),
        ("18min", "3", ["--sites", "40"]), ("20min", "4", ["--budget", "2500000"]),
        ("10min", "4", ["--sites", "100", "--greenfield"]),
    ]
    for within, under, flags in wanted:
        path = folder / f"region_{within}_{under}.index"
        index = Index(path, EXAMPLES / "region_index", data / "grand-est", within, under)
        yield f"real region, {within}, below {under}, {' '.join(flags)}", index, flags, PEERS


def generated_cases(data, folder):
    made = data / "bench/generated"
    yield "5,100 places, 20 min, --sites 20 --greenfield", Index(made / "ge_m20_under.index"), \
        ["--sites", "20", "--greenfield"], PEERS
    yield "35,000 places, 20 min, --sites 100", Index(made / "fr_m20_under.index.gz"), ["--sites", "100"], PEERS
    index = Index(folder / "uniform_1000000.index", EXAMPLES / "generate", "uniform", "1000000", "5.5", "1")
    yield "uniform, 1,000,000 customers, R = 5.5, --sites 10", index, ["--sites", "10"], PEERS


def fine_cases(data, folder):
    index = Index(folder / "fine.index", EXAMPLES / "generate", "fine", "400000", "5100", "1")
    yield "400,000 places x 5,100 sites, --sites 20", index, ["--sites", "20"], ["scip"]


def bronx_cases(data, folder):
    index = Index(data / "bench/bronx/bronx_600m.index.gz")
    published = {50: 1205051, 60: 1290635, 70: 1348232, 80: 1376061, 90: 1384376, 100: 1385099}
    for sites, best in published.items():
        yield f"Bronx, 600 m, --sites {sites} (best published value {best:,})", index, ["--sites", str(sites)], PEERS


def many_cases(data, folder):
    index = Index(folder / "uniform_20000000.index", EXAMPLES / "generate", "uniform", "20000000", "5.5", "1")
    yield "uniform, 20,000,000 customers, R = 5.5, --sites 10", index, ["--sites", "10"], PEERS


CASES = {"real": real_cases, "generated": generated_cases, "fine": fine_cases, "bronx": bronx_cases, "many": many_cases}


def machine():
    name = platform.processor() or platform.machine()
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":")[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        name = names[0] if names else name
    return {"processor": name, "cores": os.cpu_count(), "system": platform.system(), "load": os.getloadavg()}


def commit():
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip()


def whole(number):
    return "-" if number is None or abs(number) > 1e15 else f"{round(number):,}"


def markdown(record):
    lines = [f"# Peers, {record['date']}", "",
             f"{record['machine']['processor']}, {record['machine']['cores']} cores, load {record['machine']['load']} at "
             f"the start (the machine was shared: compare CPU seconds). Commit {record['commit']}. Limit for each "
             f"solver {record['limit']} s, for HiGHS {4 * record['limit']} s by the wall clock. Values are of new sites only. Not installed: "
             f"{', '.join(record['skipped']) or 'nothing'}.", ""]
    for case in record["cases"]:
        note = [f"The instance was {case['note']}.", ""] if case.get("note") else []
        lines += [f"## {case['name']}", "", *note, "| solver | threads | value | bound | status | CPU s | wall s | CPU times "
                  "maillage's |", "|---|---|---|---|---|---|---|---|"]
        for run in case["runs"]:
            if "failed" in run:
                lines.append(f"| {run['solver']} | {run['threads']} | | | {run['failed']} | | | |")
                continue
            own = next((r for r in case["runs"] if r["solver"] == "maillage" and r["threads"] == run["threads"]), run)
            ratio = f"{run['cpu'] / max(own.get('cpu', 0), 0.001):.1f}"
            lines.append(f"| {run['solver']} | {run['threads']} | {whole(run['value'])} | {whole(run['bound'])} | "
                         f"{run['status']} | {run['cpu']:.2f} | {run['seconds']:.2f} | {ratio} |")
        lines.append("")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--cases", default="real,generated,fine", help="of " + ", ".join(CASES))
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--name", default="peers")
    parser.add_argument("--only", default="", help="cases whose name holds this text")
    parser.add_argument("--again", action="store_true", help="run what the day's record holds already")
    parser.add_argument("--one", nargs=4, metavar=("PEER", "MODEL", "LIMIT", "THREADS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        peer, model, limit, threads = arguments.one
        print(json.dumps(PEERS[peer](model, float(limit), int(threads))))
        return
    asked = arguments.peers.split(",") if arguments.peers else []
    peers = [peer for peer in asked if installed(peer)]
    skipped = [peer for peer in asked if peer not in peers]
    if skipped:
        print(f"not installed, left out: {', '.join(skipped)}", file=sys.stderr)
    date = datetime.date.today().isoformat()
    runs = ROOT / "benches/runs"
    runs.mkdir(exist_ok=True)
    place = runs / f"{date}-{arguments.name}.json"
    record = {"date": date, "machine": machine(), "commit": commit(), "limit": arguments.limit, "skipped": skipped,
              "cases": []}
    if place.exists():
        earlier = json.loads(place.read_text())
        if earlier["limit"] != arguments.limit:
            sys.exit(f"{place} was made with --limit {earlier['limit']}: take another --name")
        record["cases"] = earlier["cases"]
    threads = [int(number) for number in arguments.threads.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        wanted = [case for group in arguments.cases.split(",") for case in CASES[group](arguments.data, folder)]
        for name, index, flags, meant in wanted:
            if arguments.only not in name:
                continue
            case = next((case for case in record["cases"] if case["name"] == name), None)
            if case is None:
                case = {"name": name, "runs": []}
                record["cases"].append(case)
            if run_case(case, index, flags, [peer for peer in peers if peer in meant], threads, arguments, folder):
                if index.note:
                    case["note"] = index.note
                print(json.dumps(case), file=sys.stderr, flush=True)
                place.write_text(json.dumps(record, indent=1) + "\n")
                place.with_suffix(".md").write_text(markdown(record))


def run_case(case, index, flags, peers, threads, arguments, folder):
    """Adds to a case the runs that it lacks; returns whether there were any."""
    model = folder / "model.mps"
    model.unlink(missing_ok=True)
    now = commit()
    ran = False
    for count in threads:
        for solver in ["maillage", *peers]:
            here = lambda run: (run["solver"], run["threads"]) == (solver, count)
            done = next((run for run in case["runs"] if here(run) and "failed" not in run), None)
            if done and not arguments.again and (solver != "maillage" or done.get("commit") == now):
                continue
            if solver == "maillage":
                run = maillage(index.ready(), flags, arguments.limit, count, model) | {"commit": now}
            else:
                if not model.exists():
                    maillage(index.ready(), flags, 1, 1, model)
                run = peer_in_own_process(solver, model, arguments.limit, count)
            case["runs"] = [run for run in case["runs"] if not here(run)]
            case["runs"].append({"solver": solver, "threads": count} | run)
            ran = True
    order = ["maillage", *PEERS]
    case["runs"].sort(key=lambda run: (run["threads"], order.index(run["solver"])))
    return ran


if __name__ == "__main__":
    main()
