"""Translation units of many records: the generated code of each in a namespace of its own, compiled together.

What is compiled is the text of the records, not what Warp would generate anew. Four things are changed in it: the
entry points get names of their own and fill the stack that the kernel is going to use, so that what it never wrote is
the same in every launch; the sums of the adjoints of plain arguments are kept (Warp computes and drops them); and in
the float64 twin every floating-point type is `float64`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_NARROW = re.compile(r"\bwp::(?:float32|float16|bfloat16)\b")
_NARROW_CAST = re.compile(r"\bwp::adj_(?:float32|float16|bfloat16)\b")
_NARROW_NAMES = re.compile(r"\bwp::(vec[234]|mat[234][234]|quat|transform|spatial_vector|spatial_matrix)f?\b(?=[,>])")
_PLACE = re.compile(r"kernel_(\d+)(?::\d+|\()")
# what Warp has for single precision only: geometry, volumes, textures, noise, points on shapes, dense matrices
_SINGLE_ONLY = re.compile(
    r"\bwp::(?:tile_)?(?:mesh_|bvh_|hash_grid_|volume_|texture_|dense_|sample_unit|sample_triangle|p?noise|curlp?noise)"
    r"|\btile_(?:rand[fn]|sort)\b"
)
_CPU_ENTRY = re.compile(r"WP_API void \w+_cpu_(forward|backward)(\([^)]*\))\n")
_PARAMETER = re.compile(r"(\w+)\s*[,)]")
_CUDA_ENTRY = re.compile(r"(__global__ void (?:\w+\([^)]*\) )*)\w+_cuda_kernel_(forward|backward)\(")
_BEGIN = "_wp_adj_args)\n{\n"
_RETURN = "    return;\n}"
FILLING = "warpsmith_filling"
"""The integer in a unit whose lowest byte fills the stack before a launch."""
_FILL = f"""
extern "C" {{ WP_API int {FILLING} = 0; }}
static __attribute__((noinline)) void warpsmith_fill() {{
    char room[1 << 20];
    __builtin_memset(room, {FILLING}, sizeof room);
    asm volatile("" : : "r"(room) : "memory");
}}
"""
# Warp's `float(x)` is a cast to float32; the twin has one to float64 instead
_WIDE_CAST = """
namespace wp {
template <typename T> inline float64 cast_wide(T x) { return float64(x); }
template <typename T> inline void adj_cast_wide(T x, T& adj_x, float64 adj_ret) { adj_float64(x, adj_x, adj_ret); }
inline void adj_cast_wide(int8, int8&, float64) {}
inline void adj_cast_wide(uint8, uint8&, float64) {}
inline void adj_cast_wide(int16, int16&, float64) {}
inline void adj_cast_wide(uint16, uint16&, float64) {}
inline void adj_cast_wide(int32, int32&, float64) {}
inline void adj_cast_wide(uint32, uint32&, float64) {}
inline void adj_cast_wide(int64, int64&, float64) {}
inline void adj_cast_wide(uint64, uint64&, float64) {}
inline void adj_cast_wide(bool, bool&, float64) {}
}
#undef float
#define float(x) cast_wide(x)
#undef adj_float
#define adj_float(x, adj_x, adj_ret) adj_cast_wide(x, adj_x, adj_ret)
"""


class Part(NamedTuple):
    """A kernel in a translation unit: its number there, its text, its adjoint, and the paths of its plain arguments.

    `checked`: its adjoint is checked as the language demands, templates and all, but no code is made of it, which is
    a third of the work. That is for kernels whose twin is compiled too.
    """

    number: int
    text: str
    backward: str | None = None
    plain: tuple[tuple[str, ...], ...] = ()
    checked: bool = False


def entry_point(number: int, adjoint: bool = False) -> str:
    """Return the name of the function that launches a kernel of a unit."""
    return f"warpsmith_{number}_{'backward' if adjoint else 'forward'}"


def unit(preamble: str, parts: Iterable[Part], wide: bool = False) -> str:
    """Return the text of a unit; `wide` makes it one of float64 twins."""
    texts = [preamble, _FILL, _WIDE_CAST if wide else ""]
    for part in parts:
        text = _with_sums(_with_entries(part), part)
        text = _widened(text) if wide else text
        texts.append(_in_namespace(part.number, text))
    return "".join(texts)


def cuda_unit(preamble: str, parts: Iterable[Part]) -> str:
    """Return the text of a unit of CUDA kernels, whose names are their entry points."""
    return preamble + "".join(_in_namespace(part.number, _with_cuda_entries(part)) for part in parts)


def has_twin(text: str) -> bool:
    """Tell whether a kernel may have a float64 twin: whether it calls nothing that is for single precision only."""
    return not _SINGLE_ONLY.search(text)


def complaints(message: str) -> dict[int, str]:
    """Return the kernels of a unit that a compiler complains about by number, each with its first error."""
    found: dict[int, str] = {}
    error = ""
    for line in message.splitlines():
        if "error: " in line:
            error = line[line.index("error: ") :]
        place = _PLACE.match(line)
        # an error in Warp's headers is the fault of the kernel that the first note behind it names
        if error and place:
            found.setdefault(int(place[1]), error)
            error = ""
    return found


def _in_namespace(number: int, text: str) -> str:
    return f'#line 1 "kernel_{number}"\nnamespace kernel_{number} {{\n{text}\n}}\n'


def _with_entries(part: Part) -> str:
    """Hide the functions that the host calls behind entry points of the unit, which fill the stack first."""
    entries = []

    def hidden(found: re.Match[str]) -> str:
        name, parameters = entry_point(part.number, found[1] == "backward"), found[2]
        if not (part.checked and found[1] == "backward"):
            arguments = ", ".join(_PARAMETER.findall(parameters))
            entries.append(
                f'extern "C" WP_API void {name}{parameters} {{ warpsmith_fill(); {name}_filled({arguments}); }}\n'
            )
        return f"[[maybe_unused]] static __attribute__((noinline)) void {name}_filled{parameters}\n"

    return _CPU_ENTRY.sub(hidden, part.text) + "".join(entries)


def _with_cuda_entries(part: Part) -> str:
    """Give CUDA kernels the names of a unit, whatever Warp called them."""
    return _CUDA_ENTRY.sub(lambda found: f"{found[1]}{entry_point(part.number, found[2] == 'backward')}(", part.text)


def _with_sums(text: str, part: Part) -> str:
    """Keep the adjoints of plain arguments, behind the adjoint arguments, which must stay zero for every thread."""
    if not part.backward or not part.plain or part.backward not in text:
        return text
    head, begin, body = part.backward.partition(_BEGIN)
    body, end, rest = body.rpartition(_RETURN)
    kept = f"{head}{begin}    auto* warpsmith_sums = _wp_adj_args + 1;\n{body}{_sums(part.plain)}{end}{rest}"
    return text.replace(part.backward, kept)


def _sums(paths: Sequence[tuple[str, ...]]) -> str:
    lines = []
    for path in paths:
        target = f"warpsmith_sums->{'.'.join(path)}"
        lines.append(f"    {target} = wp::add({target}, adj_{'.'.join(path)});\n")
    return "".join(lines)


def _widened(text: str) -> str:
    # Warp writes every kernel twice, once for contiguous arrays; one of them is enough for the twin
    text = text.replace("_tasks<true>(", "_tasks<false>(")
    text = _NARROW_NAMES.sub(r"wp::\1d", text)
    return _NARROW_CAST.sub("wp::adj_float64", _NARROW.sub("wp::float64", text))
