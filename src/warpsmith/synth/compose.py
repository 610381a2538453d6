"""From a family to a finished kernel: core, elaboration, final store, text, description and launch."""

import ast
from itertools import pairwise
from typing import NamedTuple

from warpsmith.errors import GenerationError
from warpsmith.record import KernelSource, Provenance
from warpsmith.synth import launch
from warpsmith.synth.choices import Choices
from warpsmith.synth.complexity import LEVEL_BOUNDS, level_of
from warpsmith.synth.describe import describe
from warpsmith.synth.expr import function, spelled, struct
from warpsmith.synth.families import FAMILIES, canonical_category
from warpsmith.synth.families.family import Family
from warpsmith.synth.form import elaborate
from warpsmith.synth.idiom import statements
from warpsmith.synth.printing import text_of
from warpsmith.synth.statements import FORMS, atomic
from warpsmith.synth.types import BOOL, ValueType
from warpsmith.synth.updates import output_array, store
from warpsmith.synth.writer import KernelWriter, Parameter

_ATTEMPTS = 40
_DIMENSIONS = (1, 2, 3, 4)
_CLOSING_ROOM = 3
_IMPORTS = (ast.Import, ast.ImportFrom)
_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


class Draft(NamedTuple):
    """A kernel with the syntax tree that its text was printed from, and is parsed to again."""

    source: KernelSource
    tree: ast.Module


def write_kernel(choices: Choices, category: str, level: int) -> KernelSource:
    """Write one kernel of a category at a level (1 to 5 by measured complexity, see `complexity`).

    Its provenance says ``synth``; the caller fills in where it stands in a run. Raises `UsageError` for an unknown
    category and `GenerationError` where the family cannot be written at that level.
    """
    return write_draft(choices, category, level).source


def write_draft(choices: Choices, category: str, level: int) -> Draft:
    """Do the same as `write_kernel` and keep the tree, for those who would parse the text next."""
    family = FAMILIES[canonical_category(category)]
    forms = {**FORMS, **family.forms} if family.forms else FORMS
    for _ in range(_ATTEMPTS):
        w = KernelWriter(choices, family.style, LEVEL_BOUNDS[level], forms)
        kernel_name = write_family(w, family)
        if level_of(w.spent) == level:
            return finished(w, family.name, kernel_name, level)
    raise GenerationError(f"level {level} is out of reach for category '{family.name}'; try another level")


def write_family(w: KernelWriter, family: Family) -> str:
    """Write a whole kernel as its family does and return its name."""
    w.use_threads(w.choices.weighted(_DIMENSIONS, family.style.dimensions))
    kernel_name = w.names.kernel(w.choices.pick(family.subjects))
    w.steps += family.core(w)
    w.steps += elaborate(w, family.style.forms, w.room - _CLOSING_ROOM)
    w.steps.append((family.close or _close)(w))
    return kernel_name


def finished(w: KernelWriter, category: str, kernel_name: str, level: int) -> Draft:
    """Return the kernel that has been written, with its text, description and launch."""
    module = _module(w, kernel_name)
    source = KernelSource(
        python_source=_text(module),
        kernel_name=kernel_name,
        category=category,
        description=describe(w),
        level=level,
        features=tuple(sorted(w.features)),
        launch=_recipe(w),
        provenance=Provenance("synth"),
    )
    return Draft(source, module)


def _close(w: KernelWriter) -> str:
    """Write what the kernel gives back: everything that is still unread goes into the output."""
    value_type = _output_type(w)
    if w.shares_result:
        expr = w.expressions.combine(w.block, value_type)
        w.features.add("atomic")
        return atomic.share(w, expr)
    w.accumulating = w.choices.chance(0.1)
    return store(w, output_array(w, value_type), value_type)


def _output_type(w: KernelWriter) -> ValueType:
    types = [value.type for value in w.block.open() if value.type != BOOL]
    if not types:
        return w.precision
    return w.choices.pick(types)


def _module(w: KernelWriter, kernel_name: str) -> ast.Module:
    parameters = [ast.arg(parameter.name, parameter.annotation) for parameter in _ordered(w)]
    body = [*w.documentation, *w.block.body]
    kernel = function(kernel_name, parameters, body, "kernel", None)
    structs = [struct(s.name, [(field, spelled(kind.spelling)) for field, kind in s.fields]) for s in w.structs]
    imports = [node for node in w.preamble if isinstance(node, _IMPORTS)]
    others = [node for node in w.preamble if not isinstance(node, _IMPORTS)]
    body = [*imports, ast.Import([ast.alias("warp", "wp")]), *others, *structs, *w.functions, *_enclosed(w, kernel)]
    return ast.Module(body, [])


def _enclosed(w: KernelWriter, kernel: ast.FunctionDef) -> list[ast.stmt]:
    """Return the statements that define the kernel: its definition alone, or what encloses it."""
    if w.enclosure is None:
        return [kernel]
    text, holes = w.enclosure
    return statements(text, KERNEL=[kernel], kernel=kernel.name, **holes)


def _text(module: ast.Module) -> str:
    """Print a module as people lay it out: two blank lines around definitions, none between constants."""
    text = text_of(module.body[0])
    for above, node in pairwise(module.body):
        text += "\n" * _distance(above, node) + _printed(node)
    return text + "\n"


def _printed(node: ast.stmt) -> str:
    """Print a statement; a text of several lines stands between three quotes."""
    match node:
        case ast.Assign(targets=[ast.Name(id=identifier)], value=ast.Constant(value=str() as text)) if "\n" in text:
            return f'{identifier} = """{text}"""'
    return text_of(node)


def _distance(above: ast.stmt, node: ast.stmt) -> int:
    """Return how many lines further down a statement of the module stands."""
    if isinstance(above, _DEFINITIONS) or isinstance(node, _DEFINITIONS):
        return 3
    if isinstance(node, ast.Import) and node.names[0].name == "warp":  # behind the standard library
        return 2
    return 1 if type(above) is type(node) or (isinstance(above, _IMPORTS) and isinstance(node, _IMPORTS)) else 2


def _ordered(w: KernelWriter) -> list[Parameter]:
    """Return the parameters with the outputs last, the others as they came."""
    return [p for p in w.parameters if not p.output] + [p for p in w.parameters if p.output]


def _recipe(w: KernelWriter) -> str:
    seed = w.choices.integer(1, 9999)
    return launch.recipe(w.threads.extents, seed, _arguments(w), w.block_dim, tiled=w.tiled)


def _arguments(w: KernelWriter) -> tuple[launch.Argument, ...]:
    return tuple(parameter.argument for parameter in _ordered(w))
