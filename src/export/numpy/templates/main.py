def measured(network):
    """What is asked for of the network as it is now."""
    found = {}
    for measure in MEASURES:
        measure(network, found)
    return {name: found[name] for name in COLUMNS if found.get(name) is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", metavar="FILE", help="write the table as CSV")
    parser.add_argument("--data", metavar="FILE", help="the .npz file, where it is elsewhere")
    options = parser.parse_args()
    path = options.data or os.path.splitext(os.path.abspath(__file__))[0] + ".npz"
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    rows = []
    for arm in ARMS:
        print(arm["label"])
        print("      step" + "".join(f"{name:>26}" for name in COLUMNS[:4]))

        def note(k, time, found):
            rows.append([guarded(arm["label"]), arm["seed"], k, repr(float(time))])
            rows[-1] += [repr(float(found[name])) if name in found else "" for name in COLUMNS]
            shown = (f"{found[name]:26.10g}" if name in found else " " * 26 for name in COLUMNS[:4])
            print(f"{k:10d}" + "".join(shown), flush=True)

        train(Network(arm, arrays), note)
    if options.out:
        with open(options.out, "w", newline="", encoding="utf-8") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow(["arm", "seed", "step", "time"] + COLUMNS)
            table.writerows(rows)


def guarded(text):
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.lstrip("'")[:1] in tuple("=+-@\t\r") else text


if __name__ == "__main__":
    main()
