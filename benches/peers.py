#!/usr/bin/env python3
"""Runs maillage and other solvers on the same covering problems, and records both sides of one run.

    cargo build --release -p maillage-cli
    cargo build --release -p maillage-benches --examples
    python3 benches/peers.py --data ../shared/data [--cases real,generated] [--limit 60] [--peers highs,scip]

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
        index = folder / f"region_{within}_{under}.index"
        if not index.exists():
            subprocess.run([EXAMPLES / "region_index", data / "grand-est", within, under, index], check=True)
        yield f"real region, {within}, below {under}, {' '.join(flags)}", index, flags


def generated_cases(data, folder):
    made = data / "bench/generated"
    yield "5,100 places, 20 min, --sites 20 --greenfield", made / "ge_m20_under.index", ["--sites", "20", "--greenfield"]
    yield "35,000 places, 20 min, --sites 100", made / "fr_m20_under.index.gz", ["--sites", "100"]
    index = folder / "uniform_1000000.index"
    subprocess.run([EXAMPLES / "generate", "uniform", "1000000", "5.5", "1", index], check=True)
    yield "uniform, 1,000,000 customers, R = 5.5, --sites 10", index, ["--sites", "10"]


def fine_cases(data, folder):
    index = folder / "fine.index"
    subprocess.run([EXAMPLES / "generate", "fine", "400000", "5100", "1", index], check=True)
    yield "400,000 places x 5,100 sites, --sites 20", index, ["--sites", "20"]


def bronx_cases(data, folder):
    index = data / "bench/bronx/bronx_600m.index.gz"
    published = {50: 1205051, 60: 1290635, 70: 1348232, 80: 1376061, 90: 1384376, 100: 1385099}
    for sites, best in published.items():
        yield f"Bronx, 600 m, --sites {sites} (best published value {best:,})", index, ["--sites", str(sites)]


def many_cases(data, folder):
    index = folder / "uniform_20000000.index"
    started = time.perf_counter()
    subprocess.run([EXAMPLES / "generate", "uniform", "20000000", "5.5", "1", index], check=True)
    made = f"made and merged in {time.perf_counter() - started:.1f} s"
    yield f"uniform, 20,000,000 customers, R = 5.5, --sites 10 ({made})", index, ["--sites", "10"]


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
             f"solver {record['limit']} s. Values are of new sites only. Not installed: "
             f"{', '.join(record['skipped']) or 'nothing'}.", ""]
    for case in record["cases"]:
        lines += [f"## {case['name']}", "", "| solver | threads | value | bound | status | CPU s | wall s | CPU times "
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
    parser.add_argument("--cases", default="real,generated")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--name", default="peers")
    parser.add_argument("--only", default="", help="cases whose name holds this text")
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
    record = {"date": date, "machine": machine(), "commit": commit(), "limit": arguments.limit, "skipped": skipped,
              "cases": []}
    runs = ROOT / "benches/runs"
    runs.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for group in arguments.cases.split(","):
            for name, index, flags in CASES[group](arguments.data, folder):
                if arguments.only not in name:
                    continue
                model = folder / "model.mps"
                case = {"name": name, "runs": []}
                record["cases"].append(case)
                for threads in map(int, arguments.threads.split(",")):
                    own = maillage(index, flags, arguments.limit, threads, model)
                    case["runs"].append({"solver": "maillage", "threads": threads} | own)
                    for peer in peers:
                        run = peer_in_own_process(peer, model, arguments.limit, threads)
                        case["runs"].append({"solver": peer, "threads": threads} | run)
                print(json.dumps(case), file=sys.stderr, flush=True)
                (runs / f"{date}-{arguments.name}.json").write_text(json.dumps(record, indent=1) + "\n")
                (runs / f"{date}-{arguments.name}.md").write_text(markdown(record))


if __name__ == "__main__":
    main()
