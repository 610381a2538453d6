"""Importing what a target names, in this process: its code is EXECUTED."""

import importlib
import importlib.util
import sys
from types import ModuleType

from warpsmith.discover.targets import ModuleTarget
from warpsmith.errors import ExtractionError


def import_target(target: ModuleTarget) -> ModuleType:
    """Import the module of a target.

    Raises:
        ExtractionError: it cannot be imported, in one line.
    """
    _make_findable(target)
    try:
        if target.root is not None and not target.is_in_package:
            return _from_file(target)
        return importlib.import_module(target.name)
    except SystemExit as error:
        raise ExtractionError(f"it calls sys.exit({error.code!r}) when it is imported") from error
    except ExtractionError:
        raise
    except SyntaxError as error:
        raise ExtractionError(f"line {error.lineno}: {error.msg}" if error.lineno else str(error.msg)) from error
    except BaseException as error:
        raise ExtractionError(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}") from error


def import_package(target: ModuleTarget) -> None:
    """Import the package around a module; it raises as `import_target` does."""
    _make_findable(target)
    name = target.package
    try:
        importlib.import_module(name)
    except SystemExit as error:
        raise ExtractionError(f"the package {name} calls sys.exit({error.code!r}) when it is imported") from error
    except BaseException as error:
        said = " ".join(str(error).split())[:300]
        raise ExtractionError(f"the package {name} raises {type(error).__name__}: {said}") from error


def _make_findable(target: ModuleTarget) -> None:
    if target.root is not None and str(target.root) not in sys.path:
        sys.path.insert(0, str(target.root))


def _from_file(target: ModuleTarget) -> ModuleType:
    """Import a file that stands in no package, under its own name though another module may have it."""
    is_taken = target.name in sys.modules or target.name in sys.stdlib_module_names
    name = f"{target.name}_of_{target.path.parent.name}" if is_taken else target.name
    spec = importlib.util.spec_from_file_location(name, target.path)
    if spec is None or spec.loader is None or target.path.suffix != ".py":
        raise ExtractionError("it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
