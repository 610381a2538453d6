"""What every view must demand of a record: written down once more, apart from the code that demands it."""

from typing import Any

from warpsmith.views.table import VIEWS

TASKS = [(view.name, variant) for view in VIEWS.values() for variant in view.tasks]

CLAIMED: dict[tuple[str, str], dict[str, Any]] = {
    ("python-to-cpp", "forward"): {"self_contained": True, "compiles_cpu": True},
    ("python-to-cpp", "backward"): {"self_contained": True, "compiles_cpu": True, "gradient": "match"},
    ("python-to-cpp", "whole"): {"self_contained": True, "compiles_cpu": True, "gradient": "match"},
    ("python-to-cuda", "forward"): {"self_contained": True, "compiles_cuda": True},
    ("python-to-cuda", "backward"): {"self_contained": True, "compiles_cuda": True, "gradient": "match"},
    ("python-to-cuda", "whole"): {"self_contained": True, "compiles_cuda": True, "gradient": "match"},
    ("forward-to-backward", "cpp"): {"self_contained": True, "compiles_cpu": True, "gradient": "match"},
    ("forward-to-backward", "cuda"): {"self_contained": True, "compiles_cuda": True, "gradient": "match"},
    ("cuda-to-python", ""): {"self_contained": True, "compiles_cuda": True},
    ("cpp-to-python", ""): {"self_contained": True, "compiles_cpu": True},
    ("cpp-to-cuda", "forward"): {"compiles_cpu": True, "compiles_cuda": True},
    ("cpp-to-cuda", "backward"): {"compiles_cpu": True, "compiles_cuda": True, "gradient": "match"},
    ("cpp-to-cuda", "whole"): {"compiles_cpu": True, "compiles_cuda": True, "gradient": "match"},
    ("description-to-python", ""): {"self_contained": True, "runs": True},
}

VERDICTS: dict[str, list[Any]] = {
    "self_contained": [True, False],
    "compiles_cpu": [True, False, None],
    "compiles_cuda": [True, False, None],
    "runs": [True, False, None],
    "gradient": ["match", "mismatch", "nondifferentiable", None],
}


def carries(row: dict[str, Any], view: str, variant: str, *, unverified: bool) -> bool:
    """Tell whether a record may enter by its verdicts."""
    allowed = {column: {value, None} if unverified else {value} for column, value in CLAIMED[view, variant].items()}
    return all(row[column] in values for column, values in allowed.items())
