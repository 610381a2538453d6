"""The contract between the rooms: what a kernel, its generated code, a verdict, a record and a rejection are.

Everything here is a frozen value. `COLUMNS` describes the columns of a data set once; `arrow_schema` makes the Arrow
schema of it, and documentation and validation read the same table.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_CHANGES: dict[int, str] = {
    1: "the first",
    2: "a column `overloads`",
    3: "a column `gradient_reason`",
    4: "columns `self_contained` and `bound_by`, for kernels that people wrote",
    5: "`cluster` is filled; files have names by split, those of the format `json` too",
}
"""What each version of the schema of records brought."""

SCHEMA_VERSION = max(SCHEMA_CHANGES)

Target = Literal["cpu", "cuda"]
TARGETS: tuple[Target, ...] = ("cpu", "cuda")

ProvenanceKind = Literal["synth", "file", "package", "capture"]
Gradient = Literal["match", "mismatch", "nondifferentiable"]

Stage = Literal["compiles_cpu", "runs", "gradient", "compiles_cuda"]
STAGES: tuple[Stage, ...] = ("compiles_cpu", "runs", "gradient", "compiles_cuda")
Depth = Literal["none", "compile", "run", "gradient"]
DEPTHS: tuple[Depth, ...] = ("none", "compile", "run", "gradient")
Mismatch = Literal["keep", "reject"]
MISMATCHES: tuple[Mismatch, ...] = ("keep", "reject")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a kernel comes from; a field that does not apply is None."""

    kind: ProvenanceKind
    package: str | None = None
    version: str | None = None
    license: str | None = None
    path: str | None = None
    line: int | None = None
    seed: int | None = None
    shard: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class KernelSource:
    """A kernel as text, whoever wrote it: the start of the one road that every record takes.

    `python_source` is self-contained: executing it (it starts with ``import warp as wp``) defines the kernel
    `kernel_name` and all that it needs. `level` is 1 to 5 by measured complexity. `features` are the statement and
    type forms that it uses, sorted. `launch` is the JSON recipe of a launch that stays in bounds, or None. Where a
    person's kernel could not be cut loose, `bound_by` says why, and `python_source` is the text of its function alone.
    """

    python_source: str
    kernel_name: str
    category: str
    description: str
    level: int
    features: tuple[str, ...] = ()
    launch: str | None = None
    provenance: Provenance = field(default_factory=lambda: Provenance("file"))
    bound_by: str | None = None

    @property
    def id(self) -> str:
        """First 16 hex digits of the SHA-256 of `python_source`."""
        return source_id(self.python_source)

    @property
    def name(self) -> str:
        """The kernel's name, as the specs of the prototypes called it."""
        return self.kernel_name

    @property
    def source(self) -> str:
        """The kernel's text, as the specs of the prototypes called it."""
        return self.python_source


def source_id(python_source: str) -> str:
    """Return the record id of a kernel text: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(python_source.encode()).hexdigest()[:16]


class MappedText(NamedTuple):
    """A piece of generated code and, for each of its lines, the line of `python_source` it comes from (0: none)."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TargetCode:
    """What Warp makes of one kernel for one target, cut into sections; names carry no hashes.

    `text` is the whole module without the `preamble` (the header that all kernels share): structs, functions,
    forward, backward and entry points, in Warp's own order. `backward` is None where no adjoint was generated.
    `entry_points` is what the host calls on the CPU; CUDA kernels are their own entry points, so it is empty there.
    """

    text: str
    preamble: str
    structs: str
    functions: str
    forward: MappedText
    backward: MappedText | None
    entry_points: str


@dataclass(frozen=True, slots=True)
class KernelCode:
    """The generated code of a kernel for the targets that were asked for.

    `builtins` are the builtins that its source calls. `overloads` are all that is called, what operators and indices
    turn into as well, each with the types of its arguments. Both are sorted.
    """

    cpu: TargetCode | None
    cuda: TargetCode | None
    builtins: tuple[str, ...]
    ptx: str | None = None
    overloads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proved of a kernel by running it; None: not checked."""

    compiles_cpu: bool | None = None
    compiles_cuda: bool | None = None
    runs: bool | None = None
    finite: bool | None = None
    gradient: Gradient | None = None
    gradient_error: float | None = None
    gradient_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A sample that failed: the stage that it failed in, the reason in one line, the whole message and its source."""

    stage: str
    reason: str
    message: str
    source: KernelSource


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a data set: source, generated code, fingerprint and verdict of one kernel."""

    source: KernelSource
    code: KernelCode
    fingerprint: str
    verdict: Verdict
    warp_version: str
    warpsmith_version: str
    cluster: str | None = None

    def row(self) -> dict[str, Any]:
        """Return the record as a mapping of column name to value, in the order of `COLUMNS`."""
        source, code, verdict = self.source, self.code, self.verdict
        return {
            "id": source.id,
            "kernel_name": source.kernel_name,
            "category": source.category,
            "description": source.description,
            "level": source.level,
            "python_source": source.python_source,
            "self_contained": source.bound_by is None,
            "bound_by": source.bound_by,
            **_code_columns("cpp", code.cpu),
            **_code_columns("cuda", code.cuda),
            "ptx": code.ptx,
            "builtins": list(code.builtins),
            "overloads": list(code.overloads),
            "features": list(source.features),
            "fingerprint": self.fingerprint,
            "cluster": self.cluster,
            **{name: getattr(verdict, name) for name in _VERDICT_COLUMNS},
            "launch": source.launch,
            "provenance": {name: getattr(source.provenance, name) for name in _PROVENANCE_FIELDS},
            "warp_version": self.warp_version,
            "warpsmith_version": self.warpsmith_version,
        }


def _code_columns(prefix: str, code: TargetCode | None) -> dict[str, Any]:
    forward = code.forward if code else None
    backward = code.backward if code else None
    return {
        prefix: code.text if code else None,
        f"{prefix}_forward": forward.text if forward else None,
        f"{prefix}_backward": backward.text if backward else None,
        f"{prefix}_forward_lines": list(forward.lines) if forward else None,
        f"{prefix}_backward_lines": list(backward.lines) if backward else None,
    }


_VERDICT_COLUMNS = ("compiles_cpu", "compiles_cuda", "runs", "finite", "gradient", "gradient_error", "gradient_reason")
_PROVENANCE_FIELDS = ("kind", "package", "version", "license", "path", "line", "seed", "shard", "index")


class Column(NamedTuple):
    """One column of a data set: its name, its type in our own short notation, whether it may be null, its meaning."""

    name: str
    type: str
    nullable: bool
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column("id", "string", False, "first 16 hex digits of the SHA-256 of python_source"),
    Column("kernel_name", "string", False, "name of the kernel function"),
    Column("category", "string", False, "family of kernels that it was written from, or where it was found"),
    Column("description", "string", False, "what the kernel computes, in plain English; empty: nobody says"),
    Column("level", "int8", False, "1 to 5, by measured complexity"),
    Column(
        "python_source", "string", False, "executing it defines the kernel and all that it needs, if self_contained"
    ),
    Column("self_contained", "bool", False, "executing python_source gives the code beside it; proved, not claimed"),
    Column("bound_by", "string", True, "what keeps the kernel from being cut loose; null where it is self-contained"),
    Column("cpp", "string", True, "C++ for the CPU without the common preamble"),
    Column("cpp_forward", "string", True, "the forward function of cpp alone"),
    Column("cpp_backward", "string", True, "the adjoint function of cpp alone; null where not generated"),
    Column("cpp_forward_lines", "list<int32>", True, "for each line of cpp_forward its line of python_source, or 0"),
    Column("cpp_backward_lines", "list<int32>", True, "the same for cpp_backward"),
    Column("cuda", "string", True, "CUDA C++ without the common preamble"),
    Column("cuda_forward", "string", True, "the forward kernel of cuda alone"),
    Column("cuda_backward", "string", True, "the adjoint kernel of cuda alone; null where not generated"),
    Column("cuda_forward_lines", "list<int32>", True, "for each line of cuda_forward its line of python_source, or 0"),
    Column("cuda_backward_lines", "list<int32>", True, "the same for cuda_backward"),
    Column("ptx", "string", True, "PTX by NVRTC; null unless asked for"),
    Column("builtins", "list<string>", False, "Warp builtins that it calls, sorted"),
    Column("overloads", "list<string>", False, "the same with their argument types, and what operators turn into"),
    Column("features", "list<string>", False, "statement and type forms that it uses, sorted"),
    Column("fingerprint", "string", False, "hash of its shape: names folded to their order, numbers to their type"),
    Column(
        "cluster", "string", True, "cluster of near-duplicates: the fingerprint of its first kernel; null: not computed"
    ),
    Column("compiles_cpu", "bool", True, "Warp's C++ compiles for the CPU; null: not checked"),
    Column("compiles_cuda", "bool", True, "Warp's CUDA compiles to PTX; null: not checked"),
    Column("runs", "bool", True, "it runs on the CPU from its launch recipe; null: not checked"),
    Column("finite", "bool", True, "its outputs are finite; null: not checked"),
    Column("gradient", "string", True, "match, mismatch or nondifferentiable; null: not checked"),
    Column("gradient_error", "double", True, "largest scaled difference of the gradient check; null: not checked"),
    Column("gradient_reason", "string", True, "why the gradient is no match; null where it is, or not checked"),
    Column("launch", "string", True, "JSON: dimensions and how each argument is made; null: unknown"),
    Column("provenance", "provenance", False, "kind, package, version, license, path, line, seed, shard, index"),
    Column("warp_version", "string", False, "version of warp-lang that generated the code"),
    Column("warpsmith_version", "string", False, "version of warpsmith that made the record"),
)


def arrow_schema() -> "pa.Schema":
    """Return the Arrow schema of a data set; its metadata carries `SCHEMA_VERSION`."""
    import pyarrow as pa

    provenance = pa.struct(
        [pa.field(name, pa.int64() if name in _INTEGER_PROVENANCE else pa.string()) for name in _PROVENANCE_FIELDS]
    )
    types: dict[str, Any] = {
        "string": pa.string(),
        "int8": pa.int8(),
        "bool": pa.bool_(),
        "double": pa.float64(),
        "list<int32>": pa.list_(pa.int32()),
        "list<string>": pa.list_(pa.string()),
        "provenance": provenance,
    }
    fields = [pa.field(column.name, types[column.type], nullable=column.nullable) for column in COLUMNS]
    return pa.schema(fields, metadata={"warpsmith.schema_version": str(SCHEMA_VERSION)})


_INTEGER_PROVENANCE = ("line", "seed", "shard", "index")
