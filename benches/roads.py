"""Times on roads beside scipy's bounded Dijkstra, and the speed of reading extracts: one command makes the record.

    python3 benches/roads.py --extract liechtenstein-latest.osm.pbf --out benches/runs/2026-11-23-roads

It builds the example `roads`, makes graphs of 500,000 points and of twice and four times as many, has both search from
5,100 points for 30 minutes, compares their times to the decisecond, repeats an extract to about 40 and 100 MB and reads
it. Needs numpy and scipy.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import scipy
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 18_000
CHUNK = 20


def run(*arguments, threads=2):
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    command = [str(target / "release/examples/roads"), *map(str, arguments)]
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    text = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return json.loads(text) if text.strip() else None


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peer(folder, points):
    """scipy's Dijkstra from every origin, up to the limit; the first hundred are compared with ours."""
    arcs = numpy.fromfile(folder / "arcs", dtype="<u4").reshape(-1, 3)
    origins = numpy.fromfile(folder / "origins", dtype="<u4")
    ours = numpy.fromfile(folder / "times", dtype="<u4")
    rows = numpy.concatenate([arcs[:, 0], arcs[:, 1]])
    columns = numpy.concatenate([arcs[:, 1], arcs[:, 0]])
    graph = csr_array((numpy.tile(arcs[:, 2].astype(float), 2), (rows, columns)), shape=(points, points))
    settled, compared, at, seconds, wall = 0, 0, 0, 0.0, 0.0
    for start in range(0, len(origins), CHUNK):
        began, began_wall = cpu(), time.time()
        times = dijkstra(graph, directed=True, indices=origins[start : start + CHUNK], limit=LIMIT)
        seconds += cpu() - began
        wall += time.time() - began_wall
        settled += int(numpy.isfinite(times).sum())
        for site in range(start, min(start + CHUNK, 100)):
            count = int(ours[at])
            pairs = ours[at + 1 : at + 1 + 2 * count].reshape(-1, 2)
            at += 1 + 2 * count
            row = times[site - start][origins]
            expected = numpy.flatnonzero(row <= LIMIT)
            # Inside a commune nobody takes less than a second.
            if not numpy.array_equal(pairs[:, 0], expected) or not numpy.array_equal(
                pairs[:, 1], numpy.maximum(row[expected], 10).astype(numpy.uint32)
            ):
                sys.exit(f"the times of site {site} differ")
            compared += count
    return {"cpu": round(seconds, 2), "wall": round(wall, 2), "settled": settled / len(origins), "compared": compared}


def machine():
    model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "commit": commit.strip(),
        "python": platform.python_version(),
        "scipy": scipy.__version__,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extract", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scales", default="1,2,4")
    asked = parser.parse_args()
    subprocess.run(
        ["cargo", "build", "--release", "-p", "maillage-benches", "--example", "roads"], cwd=ROOT, check=True
    )
    record = {"machine": machine(), "graphs": [], "reading": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scale in map(int, asked.scales.split(",")):
            ours = run("graph", scale, folder)
            one = run("graph", scale, folder, threads=1)
            theirs = peer(folder, ours["points"])
            line = {"scale": scale, "two_threads": ours, "one_thread": one, "scipy": theirs}
            line["ratio_cpu"] = round(theirs["cpu"] / ours["all"]["cpu"], 2)
            line["ratio_cpu_one_thread"] = round(theirs["cpu"] / one["all"]["cpu"], 2)
            record["graphs"].append(line)
            print(json.dumps(line), flush=True)
        size = asked.extract.stat().st_size
        for megabytes in (40, 100):
            large = folder / "large.osm.pbf"
            run("repeat", asked.extract, max(1, round(megabytes * 1e6 / size)), large)
            for threads in (2, 1):
                read = {"threads": threads, **run("read", large, threads=threads)}
                read["mb_a_second"] = round(read["bytes"] / 1e6 / read["read"]["wall"], 1)
                record["reading"].append(read)
                print(json.dumps(read), flush=True)
    record["machine"]["load_after"] = os.getloadavg()
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "roads.json").write_text(json.dumps(record, indent=1) + "\n")
    (asked.out / "README.md").write_text(told(record))


def told(record):
    machine = record["machine"]
    lines = [
        "# Times on roads, " + time.strftime("%Y-%m-%d"),
        "",
        f"{machine['cpu']}, {machine['cores']} cores, load {machine['load'][0]:.1f} before and "
        f"{machine['load_after'][0]:.1f} after. Commit {machine['commit']}, scipy {machine['scipy']}.",
        "",
        "A generated graph, 5,100 origins, 30 minutes. Ours is everything: reading the extract, preparing, searching",
        "backwards, all pairs in whole deciseconds; scipy has its matrix ready. Seconds; memory is the peak of the process.",
        "",
        "| points | roads | ours, 2 threads: wall | of which preparation | CPU | 1 thread: CPU | scipy CPU | scipy ÷ ours (2) "
        "| scipy ÷ ours (1) | settled an origin | pairs | MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for graph in record["graphs"]:
        two, one, scipys = graph["two_threads"], graph["one_thread"], graph["scipy"]
        lines.append(
            f"| {two['points']:,} | {two['roads']:,} | {two['all']['wall']:.2f} | {two['preparation']['wall']:.2f} "
            f"| {two['all']['cpu']:.2f} | {one['all']['cpu']:.2f} | {scipys['cpu']:.2f} | {graph['ratio_cpu']} "
            f"| {graph['ratio_cpu_one_thread']} | {scipys['settled']:,.0f} | {two['pairs']:,} | {two['mb_peak']:,} |"
        )
    lines += [
        "",
        f"{record['graphs'][0]['scipy']['compared']:,} times of the first graph are equal to scipy's, to the decisecond.",
        "",
        "Reading an extract of Liechtenstein repeated side by side, its copies joined by a road; profile `car`:",
        "",
        "| MB | threads | wall s | CPU s | MB a second | points of roads | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for read in record["reading"]:
        lines.append(
            f"| {read['bytes'] / 1e6:.0f} | {read['threads']} | {read['read']['wall']:.2f} | {read['read']['cpu']:.2f} "
            f"| {read['mb_a_second']} | {read['points']:,} | {read['peak_mb']:,} |"
        )
    by_size = {round(read["bytes"] / 1e6): read["peak_mb"] for read in record["reading"] if read["threads"] == 2}
    (small, low), (large, high) = sorted(by_size.items())[0], sorted(by_size.items())[-1]
    whole = high + (high - low) / max(1, large - small) * (700 - large)
    lines += ["", f"By the same growth, a region of 700 MB takes some {whole / 1000:.1f} GB.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
