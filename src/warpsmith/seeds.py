"""Independent random streams: (run seed, shard, index, attempt) -> a generator of its own.

Nothing in warpsmith touches the global generators of `random` or NumPy. A stream's key is hashed, so neighbouring keys
give unrelated streams, and only `random.Random.getrandbits` and `random.Random.random` may be drawn from a stream:
both are fixed across Python versions, which `choice`, `shuffle` and `randrange` are not.
"""

import hashlib
import random


def derive_seed(*key: int | str) -> int:
    """Hash a key into a 128-bit seed with BLAKE2b; equal keys give equal seeds on every machine and Python version."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in key)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "little")


def stream(*key: int | str) -> random.Random:
    """Return the random stream of a key, for instance ``stream(run_seed, shard, index, attempt)``."""
    return random.Random(derive_seed(*key))
