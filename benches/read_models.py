#!/usr/bin/env python3
"""Checks that HiGHS reads what --write-model writes, MPS and LP, and finds the best value that maillage proves.

    cargo build --release -p maillage-cli && cargo build --release -p maillage-benches --examples
    python3 benches/read_models.py [--instances 40]
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAILLAGE = pathlib.Path(os.environ.get("MAILLAGE", ROOT / "target/release/maillage"))
GENERATE = ROOT / "target/release/examples/generate"


def best_by_highs(model):
    import highspy

    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    if solver.readModel(str(model)) != highspy.HighsStatus.kOk:
        sys.exit(f"{model}: HiGHS reads it with a warning or not at all")
    solver.run()
    if solver.modelStatusToString(solver.getModelStatus()) != "Optimal":
        sys.exit(f"{model}: {solver.modelStatusToString(solver.getModelStatus())}")
    return round(solver.getInfo().objective_function_value)


def compare(folder, words, flags):
    values = []
    for suffix in ["mps", "lp"]:
        model = folder / f"model.{suffix}"
        command = [str(MAILLAGE), *words, *flags, "--write-model", str(model), "--json", "--quiet", "--force"]
        answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        if answer["guarantee"] != "optimal":
            sys.exit(f"{flags}: maillage proves nothing")
        values += [answer["objective"]["value"], best_by_highs(model)]
    if len(set(values)) != 1:
        sys.exit(f"{words} {flags}: {values}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        compare(folder, ["plan", "--scenario", str(ROOT / "fixtures/tiny/maillage.toml")], [])
        for seed in range(arguments.instances):
            index = folder / "small.index"
            subprocess.run([GENERATE, "region", "150", str(seed), index], check=True, stderr=subprocess.DEVNULL)
            limits = [["--sites", "4"], ["--budget", "200000"], ["--sites", "6", "--budget", "180000"]]
            compare(folder, ["solve", str(index)], limits[seed % 3] + (["--greenfield"] if seed % 2 else []))
    print(f"tiny region and {arguments.instances} instances: the same best values")


if __name__ == "__main__":
    main()
