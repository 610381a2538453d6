"""What a set does not say: the limits that its card and its Croissant file name."""

from warpsmith.dataset.manifest import Manifest


def limits(manifest: Manifest) -> list[str]:
    """Return sentences, each a limit of the set."""
    warp = manifest.versions["warp"]
    return [
        "A verdict is of one launch with the arguments of the row's recipe, on a CPU. Nothing was run on a GPU: "
        "`compiles_cuda` says that NVRTC takes the code, not that it runs. No verdict says that a kernel does what its "
        "description says, or that it reads in bounds.",
        "Adjoints are what Warp generates, right or wrong. Warp gets some forms wrong, such as loops that are not "
        "unrolled and arrays that are overwritten. Rows with `gradient` = `mismatch` have an adjoint that is known to "
        "be wrong; where `gradient` is null nobody looked. Teach adjoints from `match` alone.",
        "`match` is agreement with differences along three directions at one point, in double precision where the "
        "kernel can be had in it; it is no proof for inputs of another kind.",
        *_of_origin(manifest),
        f"The code is that of Warp {warp}: another version writes other code for the same kernel. Calls that Warp has "
        "deprecated and still takes may be in it.",
        "Near-duplicates are found by their text, not by what they compute: two kernels that do the same in different "
        "words may stand in two splits.",
        "`cpp` and `cuda` lack the preamble that all rows share; it is in `manifest.json`, and a row compiles with it "
        "only.",
    ]


def _of_origin(manifest: Manifest) -> list[str]:
    if manifest.configuration.get("kind", "generate") != "generate":
        return [
            "The kernels are those of the packages and programs that were looked at, with the habits of their authors; "
            "the same kernel may stand in several rows. Descriptions are their docstrings, or empty."
        ]
    return [
        "The kernels are synthetic: how often a form or a builtin occurs is a matter of the profile, not of people's "
        "code, and most of them compute nothing that anybody needs. Descriptions are put together from templates."
    ]
