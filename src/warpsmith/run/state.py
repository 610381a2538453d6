"""What a running job keeps beside the data, in ``.warpsmith/``: its configuration, and a note for each finished shard.

A shard has one note for each round: round 0 is the shard as it was drawn, each later round replaced some records
whose shape an earlier shard has too. A note says what the shard's files must hash to, so after a crash it shows what
is complete. When the job is done the folder goes.
"""

import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from warpsmith.dataset.atomic import write_atomically
from warpsmith.dataset.layout import WORK
from warpsmith.dataset.manifest import versions
from warpsmith.dataset.shard import Summary
from warpsmith.errors import DatasetError, UsageError
from warpsmith.record import Rejection
from warpsmith.run.config import JobConfig


class ShardState(msgspec.Struct):
    """A shard that is complete: what is in it, the attempts of its records, what was rejected on the way.

    `attempts` leaves out the records that were made of the first draw. `avoided` had a form that was not wanted.
    """

    summary: Summary
    attempts: dict[int, int]
    rejections: list[Rejection]
    preambles: dict[str, str]
    avoided: int = 0

    def is_intact(self, folder: Path) -> bool:
        """Tell whether the shard's files are there with exactly these bytes."""
        return all(entry.is_intact(folder) for entry in self.summary.files)


class Job(msgspec.Struct, frozen=True):
    """What a folder is being filled with: a resumed run must ask for the same."""

    configuration: JobConfig
    versions: dict[str, str] = msgspec.field(default_factory=versions)


class WorkFolder:
    """The folder ``.warpsmith`` of a data set in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / WORK
        self.log = self.path / "log"

    def begin(self, job: Job) -> None:
        """Write down what the job is, before anything of it is made."""
        self.path.mkdir(exist_ok=True)
        (self.path / "shards").mkdir(exist_ok=True)
        write_atomically(self.path / "job.json", msgspec.json.format(msgspec.json.encode(job)))

    def job(self) -> Job | None:
        """Return what was begun here, or None; raises DatasetError where the note of it is damaged."""
        path = self.path / "job.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Job)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError as error:
            message = f"{path}: damaged ({error}); start again with `--overwrite`"
            raise DatasetError(message) from None

    def write_state(self, shard: int, turn: int, state: ShardState) -> None:
        """Note that a shard is complete after a round."""
        write_atomically(self._note(shard, turn), msgspec.json.encode(state))

    def states(self, shard: int) -> dict[int, ShardState]:
        """Return the notes of a shard by round, those that can be read; without one of round 0 there are none."""
        found: dict[int, ShardState] = {}
        for path in sorted(self.path.glob(f"shards/{shard:05d}-*.json"), key=_round_of):
            with suppress(msgspec.DecodeError):
                found[_round_of(path)] = msgspec.json.decode(path.read_bytes(), type=ShardState)
        return found if 0 in found else {}

    def forget_states(self, shard: int, turn: int) -> None:
        """Drop the notes of a shard from a round on."""
        for path in self.path.glob(f"shards/{shard:05d}-*.json"):
            if _round_of(path) >= turn:
                path.unlink()

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _note(self, shard: int, turn: int) -> Path:
        return self.path / "shards" / f"{shard:05d}-{turn}.json"


def _round_of(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def require_same(asked: Job, begun: Job, folder: Path) -> None:
    """Raise UsageError where a resumed run does not ask for what was begun in the folder."""
    for name, was in msgspec.structs.asdict(begun.configuration).items():
        wanted = getattr(asked.configuration, name)
        if wanted != was:
            raise UsageError(f"{folder}: begun with {name} = {was}, not {wanted}; leave it out or use `--overwrite`")
    for name, version in begun.versions.items():
        if asked.versions.get(name) != version:
            raise UsageError(
                f"{folder}: begun with {name} {version}, this is {asked.versions.get(name)}; "
                "install that version or use `--overwrite`"
            )
