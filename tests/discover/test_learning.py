"""A profile is learned from packages and paths, and holds statistics and single identifiers only."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from warpsmith.bridge.catalog import names
from warpsmith.discover.learning import profile_of, read, read_all
from warpsmith.errors import UsageError
from warpsmith.manner.identifiers import is_plain
from warpsmith.manner.kinds import is_constructor, is_scalar
from warpsmith.manner.profile import Profile, encode_profile
from warpsmith.synth.profiles import shipped

BUILTINS = frozenset(names())
PRIVATE = '''
"""Secret of the module."""
raise RuntimeError("secret: never executed")
import warp as wp

SECRET_KEY = "hunter2-secret"


@wp.struct
class SecretState:
    mass: float


@wp.func
def secret_function_with_a_long_name(x: float):
    """Secret of the function."""
    return x * 31337.0  # secret aside


@wp.kernel
def secret_kernel_of_a_secret_project(secret_parameter_with_a_long_name: wp.array[float], s: SecretState, n: wp.secret):
    """Secret of the kernel: password = hunter2."""
    # secret comment
    i = wp.tid()
    wp.printf("secret %d: hunter2\\n", i)
    assert i >= 0, "secret assertion"
    größe = wp.secret_builtin(secret_parameter_with_a_long_name[i])
    f"secret {i}"
    match i:
        case 90210:
            pass
    secret_parameter_with_a_long_name[i] = s.mass * wp.sin(größe)[i:n] if i else wp.static(lambda secret: 4)
'''
PLAIN = "import warp as wp\n\n" + "\n\n".join(
    f"@wp.kernel\ndef k{k}(x: wp.array[int]):\n    i = wp.tid()\n    x[i] = i + {k % 3}" for k in range(30)
)


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private package"
    folder.mkdir()
    (folder / "a.py").write_text(PRIVATE, encoding="utf-8")
    (folder / "b.py").write_text(PLAIN, encoding="utf-8")
    (folder / "broken.py").write_text("import warp as wp\ndef f(:\n    secret\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def examples() -> Profile:
    return profile_of("examples", [read("warp.examples")], BUILTINS)


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


# words of the vocabulary, identifiers, numbers, and pairs of them: no blanks, no quotes, brackets, assignments
WORD = re.compile(r"[A-Za-z0-9_]*([-/:.+][A-Za-z0-9_]+){0,2}")
LONGEST = max(map(len, BUILTINS))


def holds_single_identifiers_only(profile: Profile) -> None:
    """Check that nothing in a profile is longer than an identifier or has something of an expression in it."""
    content = msgspec.to_builtins(profile)
    del content["sources"]
    for text in strings(content):
        assert len(text) <= LONGEST, text
        assert WORD.fullmatch(text), text
    assert all(map(is_plain, (name for row in profile.names.values() for name in row)))
    assert {*profile.calls, *profile.operators.get("atomic", {})} <= BUILTINS
    assert BUILTINS.isdisjoint(profile.names.get("function", {}))
    types = {kind for role in ("element", "parameter") for kind in profile.types.get(role, {})}
    made = {constructor.split("/")[0] for constructor in profile.constructors}
    plain = {"float", "int", "bool", "other"}
    assert all(kind in plain or is_scalar(kind) or is_constructor(kind) for kind in {*types, *made, *profile.casts})


def test_of_private_code_nothing_is_kept(private: Path) -> None:
    reading = read(str(private))
    assert (reading.name, reading.version, len(reading.kernels)) == ("private package", "", 31)
    assert [passed.path.name for passed in reading.passed_over] == ["broken.py"]
    profile = profile_of("private", [reading], BUILTINS)
    holds_single_identifiers_only(profile)
    content = encode_profile(profile).decode().lower()
    for secret in ("secret", "hunter2", "größe", "password", "31337", "90210", "raise", "lambda", "mass"):
        assert secret not in content


def test_of_private_code_alone_single_identifiers_are_kept(private: Path) -> None:
    profile = profile_of("private", [read(str(private / "a.py"))], BUILTINS)
    holds_single_identifiers_only(profile)
    assert profile.names["kernel"].keys() == {"secret", "kernel", "of", "a", "project"}
    assert "hunter2" not in encode_profile(profile).decode()


@pytest.mark.parametrize("profile", [lambda _: shipped("realistic"), lambda examples: examples], ids=["shipped", "new"])
def test_learned_profiles_hold_single_identifiers_only(
    profile: Callable[[Profile], Profile], examples: Profile
) -> None:
    holds_single_identifiers_only(profile(examples))


def test_learning_anew_gives_the_same_bytes(examples: Profile) -> None:
    script = (
        "import sys; from pathlib import Path; from warpsmith.bridge.catalog import names;"
        "from warpsmith.discover.learning import profile_of, read; from warpsmith.manner.profile import encode_profile;"
        "sys.stdout.buffer.write(encode_profile(profile_of('examples', [read('warp.examples')], frozenset(names()))))"
    )
    command = [sys.executable, "-c", script]
    again = subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": "7", "HOME": "/"})
    assert again.stdout == encode_profile(examples)


def test_examples_as_they_were_learned(examples: Profile, golden: Callable[[str, str], None]) -> None:
    """Any change of what is learned from the same code shows; names are left to the shipped profile."""
    content = msgspec.to_builtins(msgspec.structs.replace(examples, names={}), order="sorted")
    golden("manner/warp-examples.json.txt", msgspec.json.format(msgspec.json.encode(content), indent=1).decode() + "\n")


def test_the_shipped_profile_says_where_it_was_learned() -> None:
    profile = shipped("realistic")
    assert [(source.name, source.version, source.kernels) for source in profile.sources] == [
        ("warp.examples", "1.19.0", 170),
        ("mujoco_warp", "4.0.0", 457),
    ]
    assert profile.kernels == 627
    assert len(encode_profile(profile)) < 150_000


def test_the_shipped_profile_is_what_make_profiles_learns() -> None:
    pytest.importorskip("mujoco_warp", reason="the shipped profile was learned from mujoco_warp too")
    readings = [read(source.name) for source in shipped("realistic").sources]
    assert encode_profile(profile_of("realistic", readings, BUILTINS)) == encode_profile(shipped("realistic"))


def test_sources_weigh_the_same(tmp_path: Path) -> None:
    kernel = "@wp.kernel\ndef k{}(x: wp.array[{}]):\n    i = wp.tid()\n    x[i] = {}\n"
    (tmp_path / "one.py").write_text("import warp as wp\n" + kernel.format(0, "int", 1))
    (tmp_path / "many.py").write_text("import warp as wp\n" + "".join(kernel.format(k, "float", 1.0) for k in range(9)))
    readings = [read(str(tmp_path / name)) for name in ("one.py", "many.py")]
    profile = profile_of("both", readings, BUILTINS)
    assert profile.types["element"] == {"float": 0.5, "int": 0.5}
    assert [(source.name, source.kernels) for source in profile.sources] == [("one.py", 1), ("many.py", 9)]


def test_what_cannot_be_learned_from(tmp_path: Path) -> None:
    (tmp_path / "none.py").write_text("import warp as wp\n")
    with pytest.raises(UsageError, match=r"none.py' has no Warp kernels in it; name a package or path that has"):
        read(str(tmp_path / "none.py"))
    with pytest.raises(UsageError, match="'no_such_package' is no Python file, folder, module or package"):
        read("no_such_package")


def test_versions_are_those_of_the_distribution() -> None:
    assert read("warp.examples.core").version == "1.19.0"


def test_a_file_of_two_targets_counts_for_the_first(private: Path) -> None:
    file = private / "b.py"
    twice = read_all([str(file), str(file.parent / ".." / file.parent.name / "b.py"), str(private)])
    assert [(len(reading.kernels), reading.repeated) for reading in twice] == [(30, 0), (0, 30), (1, 30)]
    assert profile_of("a", twice[:2], BUILTINS) == profile_of("a", [read(str(file))], BUILTINS)
    assert [source.kernels for source in profile_of("a", twice, BUILTINS).sources] == [30, 1]


def test_a_target_of_which_nothing_can_be_read_says_why(private: Path) -> None:
    with pytest.raises(
        UsageError, match=r"broken\.py' cannot be read: line 2: invalid syntax; mend it or name another"
    ):
        read(str(private / "broken.py"))
    for name in ("a.py", "b.py"):
        (private / name).unlink()
    with pytest.raises(
        UsageError, match=r"no Warp kernels in what can be read of it, and '.*broken\.py' cannot: line 2"
    ):
        read(str(private))
