"""What a running job keeps beside the data, in ``.warpsmith/``: its configuration, and its shards as they were drawn.

A shard has one note for each round: round 0 is the shard as it was drawn, each later round replaced some records
whose shape an earlier shard has too. A note says what the round's files must hash to, so after a crash it shows what
is complete. When the job is done the folder goes.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.layout import DATA, WORK
from warpsmith.dataset.manifest import versions
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, UsageError
from warpsmith.run.barring import Sources
from warpsmith.run.config import JobConfig
from warpsmith.run.notes import ShardNote

FINISHED = f"{WORK}/finished"
_SHARDS = f"{WORK}/shards"


class Job(msgspec.Struct, frozen=True):
    """What a folder is being filled with: a resumed run must ask for the same.

    `sources` says where the kernels are that it keeps away from, of which the configuration knows the content alone.
    """

    configuration: JobConfig
    sources: Sources = Sources()
    versions: dict[str, str] = msgspec.field(default_factory=versions)


class WorkFolder:
    """The folder ``.warpsmith`` of a data set in the making."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.log = store.folder / WORK / "log"

    def make(self) -> None:
        """Make the folders that files are written into."""
        for name in (DATA, _SHARDS, FINISHED):
            (self.store.folder / name).mkdir(parents=True, exist_ok=True)

    def begin(self, job: Job) -> None:
        """Write down what the job is, before anything of it is made."""
        self.store.write(f"{WORK}/job.json", msgspec.json.format(msgspec.json.encode(job)))

    def job(self) -> Job | None:
        """Return what was begun here, or None; raises DatasetError where the note of it is damaged."""
        path = self.store.fetch(f"{WORK}/job.json")
        try:
            return msgspec.json.decode(path.read_bytes(), type=Job)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError as error:
            message = f"{path}: damaged ({error}); start again with `--overwrite`"
            raise DatasetError(message) from None

    def write_note(self, shard: int, turn: int, note: ShardNote) -> None:
        """Note that a shard is complete after a round; its files must be settled."""
        self.store.write(f"{stem(shard, turn)}.json", msgspec.json.encode(note))

    def survivors(self, shards: int) -> tuple[list[dict[int, ShardNote]], list[str]]:
        """Return the notes of all shards by round, those whose files are whole, and the names of damaged files."""
        whole: list[dict[int, ShardNote]] = [{} for _ in range(shards)]
        damaged = []
        for name in self.store.names(_SHARDS):
            if not name.endswith(".json"):
                continue
            shard, turn = map(int, Path(name).stem.split("-"))
            note = self._read(name)
            broken = [entry.path for entry in note.files if not self.store.is_intact(entry)] if note else [name]
            if note and not broken:
                whole[shard][turn] = note
            damaged += broken
        return whole, damaged

    def _read(self, name: str) -> ShardNote | None:
        try:
            return msgspec.json.decode(self.store.fetch(name).read_bytes(), type=ShardNote)
        except msgspec.DecodeError:
            return None

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self.store.remove_folder(WORK)


def stem(shard: int, turn: int) -> str:
    """Return the name of the files of a round of a shard, without their endings."""
    return f"{_SHARDS}/{shard:05d}-{turn}"


def file_named(files: Sequence[FileEntry], ending: str) -> str:
    """Return the name of the file with an ending among those of a note."""
    return next(entry.path for entry in files if entry.path.endswith(ending))


def require_same(asked: Job, begun: Job, folder: str) -> None:
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
