"""What goes to the workers of a cluster: a function that takes nothing for granted there."""

from collections.abc import Callable
from typing import Any

Sent = Callable[[dict[str, str], bytes, bytes, Any], tuple[bytes, str]]


def sent_function() -> Sent:
    """Return what is sent to the workers: a function that needs nothing of warpsmith until it has looked for it.

    Ray sends its code, for it has no name by which it could be imported. It returns a pickled `Answer`, or in one line
    what is wrong with the node.
    """

    def perform(versions: dict[str, str], order: bytes, task: bytes, inbox: Any) -> tuple[bytes, str]:
        import platform

        node = platform.node()
        try:
            from warpsmith.dataset import manifest
            from warpsmith.run.engines import remote
        except ImportError as error:
            wanted = " and ".join(f"{name} {version}" for name, version in versions.items())
            return b"", f"node {node} lacks something ({error}); install {wanted} there"
        for name, version in manifest.versions().items():
            if versions.get(name) != version:
                return b"", f"node {node} has {name} {version}; install {name} {versions.get(name)} there"
        return remote.performed(order, task, inbox), ""

    return perform
