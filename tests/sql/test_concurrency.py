"""Two writers at once: together they never get past a rule, and neither is refused without need.

Each scene is two statements that are fine alone and break a rule together. The second writer looks at the
data before the first one writes, so that under REPEATABLE READ it cannot see what the first one did; it
writes in a thread of its own, as it may have to wait for the first one to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from typing import Any

import pytest
from sql_database import Database, put
from sql_scenes import bounds, circle, do, external, gone, has, manifest, symmetric
from sql_writers import MariaDBWriter, Refused, Writer, writing
from writer_scenes import CYCLES, LEGAL, MAXIMUMS, MINIMUMS, Scene, articles, few, people

LEVELS = ("READ COMMITTED", "REPEATABLE READ")
# How long a writer that need not wait may take at most; one that does wait only makes a test weaker.
MOMENT = 0.15


def scenes(several: Sequence[Scene]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scene", several, ids=[each.called for each in several])


@pytest.fixture(params=["postgresql", "mysql"])
def shared(request: pytest.FixtureRequest) -> Database:
    """Each database that several programs write to at the same time; with SQLite only one ever does."""
    found: Database = request.getfixturevalue(request.param)
    return found


def prepare(database: Database, relationship: dict[str, Any], before: Sequence[str]) -> None:
    put(database, manifest(relationship))
    with writing(database) as writer:
        do(writer, "BEGIN", *before, "COMMIT")


@pytest.fixture
def two(shared: Database) -> Iterator[tuple[Writer, Writer]]:
    with ExitStack() as stack:
        yield stack.enter_context(writing(shared)), stack.enter_context(writing(shared))


def begin(writer: Writer, level: str) -> None:
    """Begin a transaction and look at the data, which is what it sees from then on under REPEATABLE READ."""
    if isinstance(writer, MariaDBWriter):
        do(writer, f"SET TRANSACTION ISOLATION LEVEL {level}", "BEGIN")
    else:
        do(writer, f"BEGIN ISOLATION LEVEL {level}")
    writer.rows("SELECT * FROM rel_has")


def both(
    writers: tuple[Writer, Writer], scene: Scene, level: str, end: str = "COMMIT"
) -> tuple[Refused | None, Refused | None]:
    """Let both write, the first one ending only when the second one has written or waits."""
    one, two = writers
    begin(one, level)
    begin(two, level)
    do(one, scene.first)
    with ThreadPoolExecutor(1) as thread:
        writing: Future[Refused | None] = thread.submit(two.run, scene.second)
        wait([writing], MOMENT)
        ended = one.run(end)
        return ended, ending(two, writing.result())


def ending(writer: Writer, refused: Refused | None) -> Refused | None:
    if refused is None:
        return writer.run("COMMIT")
    do(writer, "ROLLBACK")
    return refused


def committed(writer: Writer, statement: str) -> Refused | None:
    begin(writer, "READ COMMITTED")
    return ending(writer, writer.run(statement))


def holds(database: Database, scene: Scene) -> None:
    assert database.rows(scene.broken) == []
    assert database.rows("SELECT * FROM edgewise_violation") == []


# ---- never past a rule ----


@pytest.mark.parametrize("level", LEVELS)
@scenes((*MAXIMUMS, *CYCLES))
def test_two_writers_do_not_get_past_a_rule(
    shared: Database, two: tuple[Writer, Writer], scene: Scene, level: str
) -> None:
    prepare(shared, scene.more, scene.before)
    first, second = both(two, scene, level)
    assert first is None
    assert second is not None
    holds(shared, scene)


@pytest.mark.parametrize("level", LEVELS)
@scenes(MINIMUMS)
def test_two_writers_do_not_get_below_a_minimum(postgresql: Database, scene: Scene, level: str) -> None:
    prepare(postgresql, scene.more, scene.before)
    with writing(postgresql) as one, writing(postgresql) as two:
        first, second = both((one, two), scene, level)
    assert first is None
    assert second is not None
    holds(postgresql, scene)


@pytest.mark.parametrize("level", LEVELS)
@scenes((*MAXIMUMS, *CYCLES))
def test_the_second_writer_goes_on_where_the_first_one_gives_up(
    shared: Database, two: tuple[Writer, Writer], scene: Scene, level: str
) -> None:
    prepare(shared, scene.more, scene.before)
    assert both(two, scene, level, end="ROLLBACK") == (None, None)
    holds(shared, scene)


@pytest.mark.parametrize("level", LEVELS)
@scenes(MINIMUMS)
def test_the_second_writer_goes_below_nothing_where_the_first_one_gives_up(
    postgresql: Database, scene: Scene, level: str
) -> None:
    prepare(postgresql, scene.more, scene.before)
    with writing(postgresql) as one, writing(postgresql) as two:
        assert both((one, two), scene, level, end="ROLLBACK") == (None, None)
    holds(postgresql, scene)


@pytest.mark.parametrize("level", LEVELS)
def test_a_new_record_whose_only_link_goes_meanwhile(postgresql: Database, level: str) -> None:
    """The one who deletes has never seen the link that its deletion takes along."""
    prepare(postgresql, bounds("*", "1..*"), (articles(2),))
    scene = Scene("", {}, (), "INSERT INTO person (id) VALUES ('p0')", "", few("person", 1))
    with writing(postgresql) as one, writing(postgresql) as two, ThreadPoolExecutor(1) as thread:
        begin(one, level)
        begin(two, level)
        do(one, scene.first, has("p0-a0"))
        deleting = thread.submit(two.run, "DELETE FROM article WHERE id = 'a0'")
        wait([deleting], MOMENT)
        assert one.run("COMMIT") is None
        assert ending(two, deleting.result()) is not None
    holds(postgresql, scene)


@pytest.mark.parametrize("level", LEVELS)
def test_a_last_link_and_its_record_go_at_once(postgresql: Database, level: str) -> None:
    """Who deletes only the link is refused; who deletes the record may, as its minimum goes with it."""
    prepare(postgresql, bounds("*", "1..*"), (people(1), articles(1), has("p0-a0")))
    scene = Scene("", {}, (), gone("p0", "a0"), "DELETE FROM person WHERE id = 'p0'", few("person", 1))
    with writing(postgresql) as one, writing(postgresql) as two:
        first, second = both((one, two), scene, level)
    assert first is not None
    assert first.name == "rel_has_to_min"
    assert second is None
    holds(postgresql, scene)
    assert postgresql.rows("SELECT id FROM person") == []


# ---- not refused without need ----


@scenes(LEGAL)
def test_two_writers_who_break_nothing_both_get_through(
    shared: Database, two: tuple[Writer, Writer], scene: Scene
) -> None:
    prepare(shared, scene.more, scene.before)
    assert both(two, scene, "READ COMMITTED") == (None, None)
    holds(shared, scene)


@pytest.mark.parametrize(
    ("more", "most"),
    [
        (bounds("*", "0..3"), 3),
        (external(bounds("*", "0..3"), "from"), 3),
        (symmetric("0..3"), 3),
        (circle("0..3", "0..3"), 3),
    ],
    ids=["of records", "of external records", "symmetric", "among records of one type"],
)
def test_of_many_writers_as_many_get_through_as_there_is_room_for(
    shared: Database, more: dict[str, Any], most: int
) -> None:
    far = "article" if more["to"] == "article" else "person"
    prepare(shared, more, (people(9), articles(9)))
    ids = [f"{far[0]}{number}" for number in range(1, 9)]
    with ExitStack() as stack:
        writers = [stack.enter_context(writing(shared)) for _ in range(4)]

        def write(number: int) -> list[Refused | None]:
            return [committed(writers[number], has(f"p0-{id_}")) for id_ in ids[number::4]]

        with ThreadPoolExecutor(4) as threads:
            done = [each for several in threads.map(write, range(4)) for each in several]
    assert all(each is None or each.is_rule for each in done)
    assert done.count(None) == most
    assert shared.rows("SELECT * FROM edgewise_violation") == []


@pytest.mark.parametrize("first_to_go", [0, 1])
@pytest.mark.parametrize(
    ("more", "busy", "writes"),
    [
        (circle("0..3", "0..3"), (has("p1-p8", "p7-p1"), has("p2-p5", "p6-p2")), ("p1-p2", "p2-p1")),
        (circle("0..3", "0..1"), (has("p7-p1"), has("p6-p2")), ("p1-p2", "p2-p1")),
        (circle("*", "*", acyclic=True), (has("p7-p8"), "SELECT 1"), ("p1-p2", "p2-p0")),
        (symmetric("0..3"), (has("p1-p8"), has("p2-p7")), ("p1-p2", "p2-p5")),
        (symmetric("0..3"), (has("p0-p8"), has("p2-p7")), ("p0-p2", "p1-p2")),
        (symmetric("0..3"), (has("p0-p8"), has("p1-p7")), ("p0-p1", "p0-p2")),
    ],
    ids=["crosswise", "crosswise, one at one end", "acyclic", "in a line", "to the same", "from the same"],
)
def test_two_who_wait_for_others_do_not_wait_for_each_other(
    shared: Database, more: dict[str, Any], busy: tuple[str, str], writes: tuple[str, str], first_to_go: int
) -> None:
    """Two others keep two records busy and let go of one after the other; who waits takes what is free.

    Each record has had links before: the row to wait at is there, and does not go with whoever made it.
    """
    had = has(*(f"p{each}-p{each + 1}" for each in range(8)))
    prepare(shared, more, (people(9), had, "DELETE FROM rel_has"))
    with ExitStack() as stack:
        one, two, *others = (stack.enter_context(writing(shared)) for _ in range(4))
        for other, statement in zip(others, busy, strict=True):
            begin(other, "READ COMMITTED")
            do(other, statement)
        threads = stack.enter_context(ThreadPoolExecutor(2))
        waiting = [
            threads.submit(committed, writer, has(link))
            for writer, link in zip((one, two), writes, strict=True)
        ]
        for other in (others[first_to_go], others[1 - first_to_go]):
            wait(waiting, MOMENT)
            do(other, "ROLLBACK")
        assert [each.result() for each in waiting] == [None, None]
    assert shared.rows("SELECT * FROM edgewise_violation") == []


@pytest.mark.parametrize(
    "more",
    [circle("0..9", "0..9"), circle("*", "*", acyclic=True), symmetric("0..9"), bounds("0..9", "0..9")],
    ids=["among records of one type", "acyclic", "symmetric", "of two types"],
)
def test_writers_who_race_over_the_same_records_do_not_lock_each_other_out(
    shared: Database, more: dict[str, Any]
) -> None:
    """Each statement is a transaction of its own, and locks what it needs in one and the same order."""
    prepare(shared, more, (people(9), articles(9)))
    is_self = more["to"] == "person"
    far = "p" if is_self else "a"
    pairs = [f"p{a}-{far}{b}" for a in range(8) for b in range(8) if a < b]
    if is_self and not more.get("acyclic") and not more.get("symmetric"):
        pairs += ["-".join(reversed(pair.split("-"))) for pair in pairs]
    with writing(shared) as one, writing(shared) as two:

        def write(turn: tuple[Writer, list[str]]) -> list[Refused]:
            writer, own = turn
            found = [committed(writer, has(pair)) for pair in own]
            return [each for each in found if each is not None]

        half = len(pairs) // 2
        with ThreadPoolExecutor(2) as threads:
            refused = [*threads.map(write, [(one, pairs[:half]), (two, pairs[half:])])]
    assert refused == [[], []]
    assert len(shared.rows("SELECT * FROM rel_has")) == len(pairs)
