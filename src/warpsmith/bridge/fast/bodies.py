"""The body of a function, statement by statement and line by line.

Statements and declarations of a kernel whose `first_line` is known end in a mark with the line of the source that they
come from (`LINE`); everywhere else the text is Warp's.
"""

from collections.abc import Iterable
from typing import Any

from warpsmith.bridge.fast.ctypes import type_to_ctype
from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

LINE = "\x1f"
"""Control character (unit separator) in front of the number of a source line, at the end of a generated line."""

RULE = "//---------"


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen.Adjoint, "set_lineno", set_lineno)
    swap.set(codegen.Adjoint, "add_forward", add_forward)
    swap.set(codegen.Adjoint, "add_reverse", add_reverse)
    swap.set(codegen, "codegen_func_forward", codegen_func_forward)
    swap.set(codegen, "codegen_func_reverse", codegen_func_reverse)
    swap.new(codegen.Adjoint, "first_line", None)
    swap.new(codegen.Adjoint, "line_mark", "")


def set_lineno(adj: Any, lineno: int) -> None:
    """Go to a line of the source, counted from 0, and quote it in a comment."""
    if adj.lineno == lineno:
        return
    line = lineno + adj.fun_lineno
    source = adj.source_lines[lineno].strip().ljust(80 - len(adj.indentation), " ")
    if adj.first_line is not None:
        adj.line_mark = f"{LINE}{lineno + adj.first_line}"
    add_forward(adj, f"// {source}       <L {line}>")
    add_reverse(adj, f"// adj: {source}  <L {line}>")
    adj.lineno = lineno


def add_forward(adj: Any, statement: str, replay: str | None = None, skip_replay: bool = False) -> None:
    """Append a statement to the forward pass and, itself or another in its place, to the replay."""
    block = adj.blocks[-1]
    line = f"{adj.indentation}{statement}{adj.line_mark}"
    block.body_forward.append(line)
    if not skip_replay:
        block.body_replay.append(f"{adj.indentation}{replay}{adj.line_mark}" if replay else line)


def add_reverse(adj: Any, statement: str) -> None:
    """Append a statement to the reverse pass."""
    adj.blocks[-1].body_reverse.append(f"{adj.indentation}{statement}{adj.line_mark}")


def codegen_func_forward(adj: Any, func_type: str = "kernel", device: str = "cpu", grid_stride: bool = False) -> str:
    """Return the body of a forward function."""
    lines = _arguments(adj, backward=False) if (func_type, device) == ("kernel", "cpu") else []
    lines += (RULE, "// primal vars", *_primal(adj, requires_grad=False), RULE, "// forward")
    body = adj.blocks[0].body_forward
    if grid_stride and (func_type, device) == ("kernel", "cuda"):
        lines += [_continued(line) for line in body]
    else:
        lines += body
    return _indented(lines, func_type, device)


def codegen_func_reverse(adj: Any, func_type: str = "kernel", device: str = "cpu", grid_stride: bool = False) -> str:
    """Return the body of an adjoint function: the forward pass replayed, then the reverse pass.

    Raises:
        WarpCodegenError: an update in place for which Warp has no adjoint.
    """
    if adj.slot_augassign_error is not None:
        raise codegen.WarpCodegenError(adj.slot_augassign_error)
    lines = _arguments(adj, backward=True) if (func_type, device) == ("kernel", "cpu") else []
    lines += (RULE, "// primal vars", *_primal(adj, requires_grad=True), RULE, "// dual vars", *_dual(adj))
    block = adj.blocks[0]
    lines += (RULE, "// forward", *block.body_replay, RULE, "// reverse", *reversed(block.body_reverse))
    lines.append("continue;" if grid_stride and (func_type, device) == ("kernel", "cuda") else "return;")
    return _indented(lines, func_type, device)


def _indented(lines: Iterable[str], func_type: str, device: str) -> str:
    pad = "        " if (func_type, device) == ("kernel", "cuda") else "    "
    return pad + f"\n{pad}".join(lines) + "\n"


def _continued(line: str) -> str:
    return line.replace("return;", "continue;") if line.lstrip().startswith("return;") else line


def _arguments(adj: Any, backward: bool) -> list[str]:
    lines = [RULE, "// argument vars"]
    lines += [f"{var.ctype()} {var.emit()} = _wp_args->{var.label};" for var in adj.args]
    if backward:
        lines += [f"{var.ctype()} {var.emit_adj()} = _wp_adj_args->{var.label};" for var in adj.args]
    return lines


def _primal(adj: Any, requires_grad: bool) -> list[str]:
    first_line = adj.first_line
    return [_primal_declaration(var, requires_grad) + _mark(var, first_line) for var in adj.variables]


def _primal_declaration(var: Any, requires_grad: bool) -> str:
    name = f"{type_to_ctype(var.type)} {var.emit()}"
    if var.constant is not None and not isinstance(var.type, _TILES):
        return f"const {name} = {codegen.constant_str(var.constant)};"
    if codegen.is_tile(var.type):
        return f"{name} = {var.type.cinit(requires_grad=requires_grad)};"
    if codegen.is_tile_stack(var.type):
        return f"{name} = {var.type.cinit()};"
    return f"{name};"


def _dual(adj: Any) -> list[str]:
    first_line = adj.first_line
    return [line + _mark(var, first_line) for var in adj.variables for line in _dual_declarations(var)]


def _dual_declarations(var: Any) -> tuple[str, ...]:
    kind, name = var.type, var.emit_adj()
    if not isinstance(kind, _TILES):
        return (f"{type_to_ctype(kind, value_type=True)} {name} = {{}};",)
    if codegen.is_tile_stack(kind):
        return (f"{var.ctype()} {name};",)
    if kind.storage == "register":
        return (f"{kind.ctype()} {name}{{}};",)
    return (f"{kind.ctype()}& {name} = {var.emit()};",) if kind.storage == "shared" else ()


def _mark(var: Any, first_line: int | None) -> str:
    if first_line is None or var.relative_lineno is None:
        return ""
    return f"{LINE}{first_line + var.relative_lineno}"


_TILES = (codegen.tile, codegen.tile_stack)
