"""The views by name; a new one is a file beside this one and a line here."""

from warpsmith.errors import UsageError
from warpsmith.views.code_to_python import CPP_TO_PYTHON, CUDA_TO_PYTHON
from warpsmith.views.cpp_to_cuda import CPP_TO_CUDA
from warpsmith.views.description_to_python import DESCRIPTION_TO_PYTHON
from warpsmith.views.forward_to_backward import FORWARD_TO_BACKWARD
from warpsmith.views.python_to_code import PYTHON_TO_CPP, PYTHON_TO_CUDA
from warpsmith.views.view import View

_ALL = (
    PYTHON_TO_CPP,
    PYTHON_TO_CUDA,
    FORWARD_TO_BACKWARD,
    CUDA_TO_PYTHON,
    CPP_TO_PYTHON,
    CPP_TO_CUDA,
    DESCRIPTION_TO_PYTHON,
)
VIEWS: dict[str, View] = {view.name: view for view in _ALL}


def view_named(name: str) -> View:
    """Return a view by its name, which may be written with an arrow: python-to-cpp, python->cpp, python→cpp."""
    plain = name.strip().lower().replace("->", "-to-").replace("→", "-to-").replace(" ", "")
    if plain not in VIEWS:
        raise UsageError(f"view is '{name}'; use {', '.join(VIEWS)}")
    return VIEWS[plain]
