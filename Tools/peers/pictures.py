"""The pictures of docs/benchmarks.md, as SVG that says nothing of when it was drawn."""
import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "trainledger", "font.size": 9, "axes.spines.top": False,
                            "axes.spines.right": False, "svg.fonttype": "none"})
from matplotlib import pyplot  # noqa: E402  the back end is chosen first

from .rows import times  # noqa: E402

BETTER, WORSE, INK, PALE = "#1b7f5a", "#b5482a", "#222222", "#dddddd"


def _save(figure, path):
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def ratios(sections, path):
    """A bar a row, on a logarithmic scale: to the right of 1 TrainLedger is better. Sections stand apart."""
    bars, place = [], 0.0
    for rows in sections.values():
        for row in rows:
            bars.append((place, f"{row.question} – {row.peer}", row.ratio))
            place += 1
        place += 0.6
    figure, axes = pyplot.subplots(figsize=(9, 0.22 * place + 1))
    for place, _, ratio in bars:
        side = 1 if ratio >= 1 else -1
        axes.barh(place, ratio - 1, left=1, color=BETTER if ratio >= 1 else WORSE, height=0.66)
        axes.annotate(times(ratio), (ratio, place), textcoords="offset points", xytext=(4 * side, 0),
                      ha="left" if ratio >= 1 else "right", va="center", fontsize=7)
    axes.set_xscale("log")
    found = [ratio for _, _, ratio in bars]
    axes.set_xlim(min(0.1, min(found) / 20), max(10, max(found) * 6))
    axes.set_ylim(-1, bars[-1][0] + 1)
    axes.set_yticks([place for place, _, _ in bars], [label for _, label, _ in bars], fontsize=7)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"1/{1 / value:,.0f}")
    axes.invert_yaxis()
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.grid(axis="x", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", which="minor", bottom=False)
    axes.set_xlabel("times better than the peer (logarithmic)")
    _save(figure, path)


def growth(sizes, path):
    """Four panels on double logarithmic scales: rebuild, timeline, opening, memory by events."""
    events = [one["alone"]["events"] for one in sizes]
    panels = (
        ("rebuild: facts and decisions, 2 threads", "seconds",
         [one["alone"]["rebuild"]["2"]["seconds"] for one in sizes]),
        ("timeline of one trainee, whole process", "seconds", [one["alone"]["timeline"]["seconds"] for one in sizes]),
        ("open for writing", "seconds", [one["alone"]["open"]["seconds"] for one in sizes]),
        ("memory of the rebuild", "MB", [one["alone"]["rebuild"]["2"]["megabytes"] for one in sizes]))
    figure, grid = pyplot.subplots(2, 2, figsize=(9, 6), sharex=True)
    for axes, (title, unit, values) in zip(grid.flat, panels):
        axes.plot(events, values, marker="o", color=BETTER, linewidth=1.5)
        for event, value in zip(events, values):
            axes.annotate(f"{value:,.3g}", (event, value), textcoords="offset points", xytext=(0, 6), ha="center",
                          fontsize=8)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(min(events) / 2, max(events) * 2)
        axes.set_ylim(min(values) / 4, max(values) * 4)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value / 1e6:,.3g} M")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.3g}")
        axes.minorticks_off()
        axes.set_title(title, fontsize=9, loc="left")
        axes.set_ylabel(unit)
        axes.grid(which="major", color=PALE, linewidth=0.5)
    for axes in grid[1]:
        axes.set_xlabel("events in the log")
    figure.tight_layout()
    _save(figure, path)
