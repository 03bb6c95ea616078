#!/usr/bin/env python3
"""Our training steps against PyTorch and JAX on the same machine, alternating.

    benches/compare-with-peers.py --peers DIR --python VENV/bin/python [--ours PROGRAM]
                                  [--pairs 5] [--seconds S] [--precision f32|f64]
                                  [--ours-precision f32|f64] [--first] [--markdown]
                                  [NAME ...]

DIR holds bench_torch.py and bench_jax.py, whose names of problems are those of `widescope bench`. A
pair is ours, then each form of the peers once. Printed per form: the median of the pairs' ratios ours
over theirs, with the smallest and the largest, and whether the bar is met. Only the standard library
is used. With --precision f64 all compute in double precision, and the bar is half of that of f32; ours
alone does with --ours-precision f64.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

# A peer's form: the framework's file, the problem's name there, and more words. `%` is what follows
# the dash of our name, for example 12,12 of D1-12,12. The first of each list was the fastest one.
MANUAL, COMPILE = ["--style", "manual"], ["--style", "compile"]
STEPS = [("jax", None, []), ("torch", None, MANUAL), ("torch", None, COMPILE)]
FORMS = {
    "B": STEPS,
    "C": STEPS,
    # Two processes of one thread each, at the same time, their rates added up.
    "D": [("jax x 2", "D1-batch-cell-%", ["--threads", "1"]), ("torch", "D1-batch-cell-%", COMPILE)],
    # The form a careful user chooses, X(UV^T).
    "E": [("jax", "E1v-%", []), ("torch", "E1v-%", MANUAL), ("torch", "E1v-%", COMPILE)],
    "A": [("jax", None, []), ("torch", None, []), ("torch", None, COMPILE)],
    "J": [("torch", "J-gram-analytic", []), ("jax", "J-gram-analytic", [])],
}
# Runs a peer's file with doubles in place of singles; what asks for no width follows the default.
IN_DOUBLE = """
import sys
sys.argv = sys.argv[1:]
if "torch" in sys.argv[0]:
    import torch
    torch.set_default_dtype(torch.float64)
source = open(sys.argv[0]).read()
source = source.replace("jnp.float32", "jnp.float64").replace(".float()", ".double()")
exec(compile(source, sys.argv[0], "exec"), {"__name__": "__main__", "__file__": sys.argv[0]})
"""
# Least ratio of ours over the best peer.
BARS = {
    "B1": 4, "B2": 4, "B3-1024": 4, "B3-8192": 20, "C1-2000": 2.2, "C1-10000": 2.2,
    "D1-12,12": 10, "D1-25,25": 4, "E1-500": 20, "E1-10000": 400, "A1": 1.2, "J": 1,
}


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="problems; all unless given")
    parser.add_argument("--peers", required=True, metavar="DIR", help="folder of the peers' loops")
    parser.add_argument("--python", required=True, help="python that has torch and jax")
    parser.add_argument("--ours", default="target/release/widescope", help="program to compare")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of measurements (5)")
    parser.add_argument("--seconds", default="2", help="length of ours in a pair (2)")
    parser.add_argument("--precision", default="f32", choices=["f32", "f64"], help="of all")
    parser.add_argument("--ours-precision", choices=["f32", "f64"], help="of ours, if another")
    parser.add_argument("--first", action="store_true", help="only the peer that was fastest")
    parser.add_argument("--markdown", action="store_true", help="a table in Markdown")
    args = parser.parse_args()
    args.names = args.names or list(BARS)
    args.ours_precision = args.ours_precision or args.precision
    unknown = [name for name in args.names if name[0] not in FORMS]
    if unknown or args.pairs < 1:
        parser.error(f"unknown: {' '.join(unknown)}" if unknown else "--pairs: at least 1")
    return args


def last_json(process):
    """The last line of a finished process, as JSON; None where it failed."""
    out, err = process.communicate()
    lines = out.strip().splitlines()
    if process.returncode or not lines:
        told = err.strip().splitlines()
        print(f"  {process.args[1:3]}: {told[-1] if told else 'failed'}", file=sys.stderr)
        return None
    return json.loads(lines[-1])


def started(command, **variables):
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | variables
    )


def ours(args, name):
    command = [args.ours, "bench", name, "--json", "--repeat", "1", "--seconds", args.seconds]
    found = last_json(started(command + ["--precision", args.ours_precision]))
    if found is None:
        raise SystemExit(f"{args.ours} can't time {name}")
    if found["profile"] != "release":
        print("widescope is a debug build: these ratios say little", file=sys.stderr)
    return found["median"]


def theirs(args, name, form):
    """Steps a second (trial-steps, or seconds of J) of one form of a peer; None where it fails."""
    framework, renamed, words = form
    file = f"{args.peers}/bench_{framework.split()[0]}.py"
    there = (renamed or name).replace("%", name.partition("-")[2])
    program = [file] if args.precision == "f32" else ["-c", IN_DOUBLE, file]
    command = [args.python, *program, there, "--repeat", "1", *words]
    variables = {"JAX_ENABLE_X64": "1" if args.precision == "f64" else "0"}
    both = [started(command, **variables) for _ in range(2 if framework.endswith("x 2") else 1)]
    found = [last_json(process) for process in both]
    if None in found:
        return None
    keys = ("seconds_median", "trial_steps_per_s", "steps_per_s_median")
    return sum(next(one[key] for key in keys if key in one) for one in found)


def compared(args, name):
    """One row a form: its title, the median of theirs and of ours, and the ratios."""
    forms, pairs = list(FORMS[name[0]]), []
    if args.first:
        forms = forms[:1]
    for pair in range(args.pairs):
        mine = ours(args, name)
        rates = {}
        for form in list(forms):
            rate = theirs(args, name, form)
            if rate is None:
                # What does not work here is not tried again.
                forms.remove(form)
            else:
                rates[id(form)] = rate
        pairs.append((mine, rates))
        print(f"  {name}: pair {pair + 1} of {args.pairs}", file=sys.stderr)
    rows = []
    for form in forms:
        both = [(mine, rates[id(form)]) for mine, rates in pairs]
        ratios = [b / a if name[0] == "J" else a / b for a, b in both]
        title = " ".join([form[0], *form[2]])
        medians = [statistics.median(column) for column in zip(*both)]
        rows.append((title, medians[0], medians[1], ratios))
    return rows


def bar_of(args, name):
    bar = BARS.get(name)
    return bar / 2 if bar and args.ours_precision == "f64" else bar


def main():
    args = parsed()
    head = ["name", "peer", "ours", "theirs", "ratio", "min", "max", "bar", ""]
    table = []
    for name in args.names:
        rows = compared(args, name)
        bar = bar_of(args, name)
        # The bar is against the best peer: the one with the smallest ratio.
        worst = min((statistics.median(row[3]) for row in rows), default=None)
        for title, mine, rate, ratios in rows:
            middle = statistics.median(ratios)
            is_best = middle == worst
            verdict = ("met" if middle >= bar else "NOT met") if bar and is_best else ""
            cells = [f"{x:.4g}" for x in (mine, rate, middle, min(ratios), max(ratios))]
            bar_text = f"{bar:g}" if bar and is_best else ""
            table.append([name, title, *cells, bar_text, verdict])
    print(laid_out([head, *table], args.markdown))


def laid_out(rows, markdown):
    if markdown:
        rows = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


main()
