"""From a manner to a finished kernel: a family's core now and then, the grammar around it, text and description."""

import ast
from dataclasses import replace

from warpsmith.errors import GenerationError
from warpsmith.synth.choices import Choices
from warpsmith.synth.complexity import LEVEL_BOUNDS, Bounds, complexity, level_of
from warpsmith.synth.compose import Draft, finished, write_draft
from warpsmith.synth.describe import purpose
from warpsmith.synth.families import FAMILIES, canonical_category
from warpsmith.synth.families.family import Family
from warpsmith.synth.grammar.kernel import start, write_body
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.grammar.nouns import kernel_name
from warpsmith.synth.statements import FORMS
from warpsmith.synth.writer import KernelWriter, Style

_ATTEMPTS = 60
# how often a kernel that is too small is drawn again; a profile may know none but short ones
_FEW = 4
# complexities below which there are too few shapes, and few
_SMALLEST, _SMALL = 5, 7
_ANY = Bounds(0, 10_000)
# groups of builtins, and how the names of the families begin that write kernels with them
_GROUPS = {
    "tiles": "tile_",
    "hash_grids": "hash_grid",
    "mesh_queries": "mesh_query",
    "bvh_queries": "bvh_query",
    "volumes": "volume",
    "textures": "texture",
    "random_noise": "random_noise",
}
_FAMILIES_OF = {group: tuple(name for name in FAMILIES if name.startswith(prefix)) for group, prefix in _GROUPS.items()}
# lengths up to which a kernel of a family that writes all by itself is of a level
_LENGTHS = ((7, 1), (12, 2), (20, 3), (32, 4))
# people's numbers are of 32 bits; other ones are what the families are for
_FLOATS = (1.0, 0.0, 0.0, 0.0)
_INTEGERS = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def write_in_manner(choices: Choices, manner: Manner, category: str | None, level: int | None) -> Draft:
    """Write one kernel in a manner, of a category and at a level if they are given.

    Raises `GenerationError` where the category cannot be written at that level.
    """
    asked = FAMILIES[canonical_category(category)] if category is not None else None
    for attempt in range(_ATTEMPTS):
        draft = _write(choices, manner, asked or _drawn_family(choices, manner), level)
        if level is None and attempt < _FEW and draft.source.level == 1 and _too_common(choices, draft):
            continue
        if level in (None, draft.source.level):
            return draft
    raise GenerationError(f"level {level} is out of reach for category '{category}'; try another level")


def _too_common(choices: Choices, draft: Draft) -> bool:
    """Tell whether a kernel is so small that many others would have its shape."""
    size = complexity(draft.tree)
    return size < _SMALLEST or (size < _SMALL and choices.chance(0.5))


def _write(choices: Choices, manner: Manner, family: Family | None, level: int | None) -> Draft:
    if family is not None and family.close is not None:
        return _by_itself(choices, manner, family, level)
    style = family.style if family is not None else _FREE
    forms = {**FORMS, **family.forms} if family is not None and family.forms else FORMS
    style = replace(style, floats=_FLOATS, integers=_INTEGERS)
    w = KernelWriter(choices, style, LEVEL_BOUNDS[level] if level else _ANY, forms)
    g = start(w, manner, family.style.dimensions if family is not None else None)
    if family is not None:
        w.steps += family.core(w)
    w.steps += write_body(g, free=family is None)
    if choices.chance(manner.share("spellings", "docstring", "present")):
        text = purpose(w)
        w.documentation.append(ast.Expr(ast.Constant(f"{text[0].upper()}{text[1:]}.")))
    return finished(w, family.name if family is not None else category_of(w), kernel_name(g), level_of(w.spent))


def _by_itself(choices: Choices, manner: Manner, family: Family, level: int | None) -> Draft:
    """Write a kernel of a family that writes its own end, about as long as people's kernels are."""
    lines = int(manner.row("lines").draw(choices))
    drawn = next((level for longest, level in _LENGTHS if lines <= longest), 5)
    return write_draft(choices, family.name, level or drawn)


def _drawn_family(choices: Choices, manner: Manner) -> Family | None:
    """Return a family whose builtins people use, as often as they do; mostly none, which leaves all to the grammar."""
    chosen: Family | None = None
    for group, known in _FAMILIES_OF.items():
        if choices.chance(manner.share("groups", "", group)) and known:
            chosen = FAMILIES[choices.pick(known)]
    return chosen


_FREE = Style(operations=(("arith", 8.0), ("vec", 3.0), ("minmax", 1.0)), forms={"assignment": 1.0})
# what a kernel is filed under, by the first of the features that it has
_CATEGORIES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"while", "for-constant", "for-runtime"}), "loop"),
    (frozenset({"atomic"}), "atomic"),
    (frozenset({"if-elif-else"}), "multi_conditional"),
    (frozenset({"if", "if-else", "early-return", "conditional-expression"}), "control_flow"),
    (frozenset({"function-call"}), "combined"),
)


def category_of(w: KernelWriter) -> str:
    """Return the category that a kernel falls into which no family has written."""
    if "struct" in w.features and "function-call" in w.features:
        return "combined"
    for features, category in _CATEGORIES:
        if not features.isdisjoint(w.features):
            return category
    return "multi_statement" if len(w.block.body) > 3 else "scalar_param" if "parameter" in w.features else "arithmetic"
