"""Records written by hand, so that the tests of this room need neither Warp nor the generator."""

from warpsmith.record import KernelCode, KernelSource, MappedText, Provenance, Record, TargetCode, Verdict


def code(index: int, header: str) -> TargetCode:
    forward = MappedText(f"// forward {index}\nvar_0 = var_1;\n", (0, 3))
    backward = MappedText(f"// backward {index}\nadj_0 += adj_1;\nreturn;\n", (0, 3, 0))
    return TargetCode(forward.text + backward.text + header, header, "", "", forward, backward, header)


def record(index: int) -> Record:
    text = f"import warp as wp\n\n@wp.kernel\ndef kernel_{index}(x: wp.array[float]):\n    x[0] = {index}.0\n"
    source = KernelSource(
        text,
        f"kernel_{index}",
        ("math", "loop")[index % 2],
        f"Stores {index}.",
        1 + index % 5,
        ("assign", "float32"),
        None,
        Provenance("synth", seed=7, shard=0, index=index),
    )
    generated = KernelCode(code(index, "// cpu"), code(index, "// cuda"), ("add", "tid"), overloads=("tid()",))
    return Record(source, generated, f"{index:032x}", Verdict(), "1.19.0", "0.1.0")
