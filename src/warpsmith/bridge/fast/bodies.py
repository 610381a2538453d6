"""The body of a function, statement by statement and line by line.

Both targets get the same lines but for a few, so the lines of a build are put together once (`Lines`). For a kernel
whose `first_line` is known, each comes with the number of the line of the source that it was made from.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from warpsmith.bridge.fast.ctypes import type_to_ctype
from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

LINE = "\x1f"
"""Control character (unit separator) in front of the number of a source line, at the end of a statement of a build."""

RULE = "//---------"
"""The line that the body of every generated function starts with."""

_TILES = (codegen.tile, codegen.tile_stack)


class Lines(NamedTuple):
    """Lines of generated code, each with the line of the source that it comes from (0: none)."""

    text: list[str]
    numbers: list[int]

    def plain(self, *text: str) -> None:
        """Append lines that come from no line of the source."""
        self.text.extend(text)
        self.numbers.extend([0] * len(text))

    def statements(self, statements: Iterable[str]) -> None:
        """Append statements, which may end in a mark with their line and may have several lines."""
        for statement in statements:
            text, _, number = statement.partition(LINE)
            self.text.append(text)
            if "\n" in text:
                self.numbers.extend([int(number or 0)] * (text.count("\n") + 1))
            else:
                self.numbers.append(int(number) if number else 0)

    def declarations(self, adj: Any, declarations: Iterable[tuple[str, Any]]) -> None:
        """Append declarations of variables, which belong to the lines that the variables are for."""
        first_line = adj.first_line
        for text, var in declarations:
            self.text.append(text)
            line = var.relative_lineno
            self.numbers.append(0 if line is None or first_line is None else first_line + line)


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen.Adjoint, "set_lineno", set_lineno)
    swap.set(codegen.Adjoint, "add_forward", add_forward)
    swap.set(codegen.Adjoint, "add_reverse", add_reverse)
    swap.set(codegen, "codegen_func_forward", codegen_func_forward)
    swap.set(codegen, "codegen_func_reverse", codegen_func_reverse)
    swap.new(codegen.Adjoint, "first_line", None)
    swap.new(codegen.Adjoint, "line_mark", "")
    swap.new(codegen.Adjoint, "written", None)
    swap.new(codegen.Adjoint, "forward_numbers", [])
    swap.new(codegen.Adjoint, "backward_numbers", [])


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
    written = _written(adj)
    body, numbers = written.forward()
    adj.forward_numbers = numbers
    if func_type != "kernel":
        return written.once("forward", body)
    if device == "cpu":
        head = _arguments(adj, "var", "_wp_args")
        adj.forward_numbers = [0] * len(head) + numbers
        return _indented(head + body, 4)
    return _indented([_continued(line) if "return;" in line else line for line in body] if grid_stride else body, 8)


def codegen_func_reverse(adj: Any, func_type: str = "kernel", device: str = "cpu", grid_stride: bool = False) -> str:
    """Return the body of an adjoint function: the forward pass replayed, then the reverse pass.

    Raises:
        WarpCodegenError: an update in place for which Warp has no adjoint.
    """
    if adj.slot_augassign_error is not None:
        raise codegen.WarpCodegenError(adj.slot_augassign_error)
    written = _written(adj)
    body, numbers = written.reverse()
    if func_type != "kernel":
        return written.once("reverse", [*body, "return;"])
    if device == "cpu":
        head = _arguments(adj, "var", "_wp_args") + _arguments(adj, "adj", "_wp_adj_args")[2:]
        adj.backward_numbers = [0] * len(head) + numbers + [0]
        return _indented([*head, *body, "return;"], 4)
    adj.backward_numbers = [*numbers, 0]
    return _indented([*body, "continue;" if grid_stride else "return;"], 8)


class Written:
    """The lines of the functions of one build, put together when they are first asked for."""

    def __init__(self, adj: Any) -> None:
        self.adj = adj
        self.variables = adj.variables
        self._primal: Lines | None = None
        self._forward: Lines | None = None
        self._reverse: Lines | None = None
        self._texts: dict[str, str] = {}

    def once(self, part: str, lines: Sequence[str]) -> str:
        """Return the indented text of a part of a function, which is the same for both targets."""
        if part not in self._texts:
            self._texts[part] = _indented(lines, 4)
        return self._texts[part]

    def forward(self) -> Lines:
        """Return the lines of the forward function."""
        if self._forward is None:
            lines = self._forward = self._declared(requires_grad=False)
            lines.plain(RULE, "// forward")
            lines.statements(self.adj.blocks[0].body_forward)
        return self._forward

    def reverse(self) -> Lines:
        """Return the lines of the adjoint function, but for the last."""
        if self._reverse is None:
            block = self.adj.blocks[0]
            lines = self._reverse = self._declared(requires_grad=True)
            lines.plain(RULE, "// dual vars")
            lines.declarations(self.adj, _dual(self.variables))
            lines.plain(RULE, "// forward")
            lines.statements(block.body_replay)
            lines.plain(RULE, "// reverse")
            lines.statements(reversed(block.body_reverse))
        return self._reverse

    def _declared(self, requires_grad: bool) -> Lines:
        """Return the declarations of the variables; but for tiles, those of both functions are the same."""
        known = self._primal
        if known is None or any(isinstance(var.type, _TILES) for var in self.variables):
            known = self._primal = Lines([], [])
            known.plain(RULE, "// primal vars")
            known.declarations(self.adj, [(_primal_declaration(var, requires_grad), var) for var in self.variables])
        return Lines(known.text.copy(), known.numbers.copy())


def _written(adj: Any) -> Written:
    if adj.written is None or adj.written.variables is not adj.variables:  # a build starts with a list of its own
        adj.written = Written(adj)
    written: Written = adj.written
    return written


def _indented(lines: Sequence[str], width: int) -> str:
    pad = " " * width
    return pad + f"\n{pad}".join(lines) + "\n"


def _continued(line: str) -> str:
    return line.replace("return;", "continue;") if line.lstrip().startswith("return;") else line


def _arguments(adj: Any, prefix: str, struct: str) -> list[str]:
    arguments = [f"{var.ctype()} {var.emit(prefix)} = {struct}->{var.label};" for var in adj.args]
    return [RULE, "// argument vars", *arguments]


def _primal_declaration(var: Any, requires_grad: bool) -> str:
    kind = var.type
    name = f"{type_to_ctype(kind)} {var.emit()}"
    if isinstance(kind, _TILES):
        initial = kind.cinit(requires_grad=requires_grad) if codegen.is_tile(kind) else kind.cinit()
        return f"{name} = {initial};"
    if var.constant is None:
        return f"{name};"
    return f"const {name} = {codegen.constant_str(var.constant)};"


def _dual(variables: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for var in variables:
        kind, name = var.type, var.emit_adj()
        if not isinstance(kind, _TILES):
            yield f"{type_to_ctype(kind, value_type=True)} {name} = {{}};", var
        elif codegen.is_tile_stack(kind):
            yield f"{var.ctype()} {name};", var
        elif kind.storage == "register":
            yield f"{kind.ctype()} {name}{{}};", var
        elif kind.storage == "shared":
            yield f"{kind.ctype()}& {name} = {var.emit()};", var
