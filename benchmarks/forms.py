"""Which forms Warp's adjoints are wrong for: ``python -m benchmarks.forms FOLDER [--save]``.

Reads a verified data set, sorts its kernels by the forms of `warpsmith.synth.adjoints` that they have, and counts the
verdicts. A form's own rate is taken over the kernels that have it and no other; the line ``none of them`` says how well
the table explains what is wrong.
"""

import ast
import sys
from collections import Counter
from pathlib import Path

import msgspec

from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.synth.adjoints import FORMS, Form, Text

NONE = "none of them"
_RESULT = Path("docs/figures/forms.json")


class FormCount(msgspec.Struct):
    """The verdicts on kernels that have a form and no other, and how many have it at all."""

    name: str
    any: int
    alone: dict[str, int]


def counted(folder: Path) -> list[FormCount]:
    """Return the counts of every form over the kernels with a verdict that says something."""
    alone: dict[str, Counter[str]] = {name: Counter() for name in (*(form.name for form in FORMS), NONE)}
    having: Counter[str] = Counter()
    for row in all_rows(folder, read_manifest(folder)):
        if row["gradient"] not in ("match", "mismatch"):
            continue
        text = Text(ast.parse(row["python_source"]), row["overloads"])
        found = [form.name for form in FORMS if form.found(text)] or [NONE]
        having.update(found)
        if len(found) == 1:
            alone[found[0]][row["gradient"]] += 1
    return [FormCount(name, having[name], dict(sorted(counts.items()))) for name, counts in alone.items()]


def table(counts: list[FormCount]) -> str:
    """Return the counts as a table in Markdown."""
    lines = ["| form | kernels with it | with it alone | of these a mismatch |", "|---|---:|---:|---:|"]
    for one in counts:
        wrong, total = one.alone.get("mismatch", 0), sum(one.alone.values())
        share = f"{wrong / total:.0%}" if total else ""
        lines.append(f"| {one.name} | {one.any:,} | {total:,} | {wrong:,} {share} |")
    return "\n".join(lines)


def saved() -> str:
    """Return the table of the counts that were saved, with the reasons and the examples."""
    if not _RESULT.exists():
        return "Not measured yet: `python -m benchmarks.forms FOLDER --save`."
    counts = msgspec.json.decode(_RESULT.read_bytes(), type=list[FormCount])
    return "\n\n".join([table(counts), *map(_explained, FORMS)])


def _explained(form: Form) -> str:
    before = f"{form.before}\n\n" if form.before else ""
    return f"**{form.name}**: {form.why}.\n\n```python\n{before}{form.example}\n```"


def main(arguments: list[str]) -> None:
    """Count over a data set and print the table."""
    counts = counted(Path(arguments[0]))
    print(table(counts))
    if "--save" in arguments:
        _RESULT.write_bytes(msgspec.json.format(msgspec.json.encode(counts)) + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
