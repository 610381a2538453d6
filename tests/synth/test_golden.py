"""Golden texts: what the generator writes for a fixed choice of seeds. `make goldens` writes them anew."""

from collections.abc import Callable

import pytest

from warpsmith.synth import CATEGORIES, generate_kernel


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("level", [1, 3, 5])
def test_text_and_description(category: str, level: int, golden: Callable[[str, str], None]) -> None:
    source = generate_kernel(category, 2024, level)
    header = "\n".join(
        [
            f"# {source.description}",
            f"# features: {', '.join(source.features)}",
            f"# launch: {source.launch}",
        ]
    )
    golden(f"synth/{category}-{level}.py.txt", f"{header}\n\n{source.python_source}")
