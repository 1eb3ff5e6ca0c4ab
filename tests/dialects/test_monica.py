"""Monica: the rows of every account, pairs and own reverses, groups, names that meet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ROOT
from vendor import MONICA, build, invalid, marked, person, run

from edgewise.diagnostics import Severity
from edgewise.place import Source

# The page's table, with what the software has since changed: `subordinate`, `ex_husband`, the step family.
DEFAULTS = """
partner      partner      love
spouse       spouse       love
date         date         love
lover        lover        love
inlovewith   lovedby      love
lovedby      inlovewith   love
ex           ex           love
ex_husband   ex_husband   love
parent       child        family
child        parent       family
sibling      sibling      family
grandparent  grandchild   family
grandchild   grandparent  family
uncle        nephew       family
nephew       uncle        family
cousin       cousin       family
godfather    godson       family
godson       godfather    family
stepparent   stepchild    family
stepchild    stepparent   family
friend       friend       friend
bestfriend   bestfriend   friend
colleague    colleague    work
boss         subordinate  work
subordinate  boss         work
mentor       protege      work
protege      mentor       work
"""
TYPES = f"""
object_types:
  {person("monica")}
  order: {{}}
groups: {{love: , family: , friend: , work: , club: }}
relationship_types:
"""


def types(*relationships: str) -> str:
    return TYPES + "".join(f"  {each}\n" for each in relationships)


def related(name: str, stated: str) -> str:
    return f"{name}: {{from: person, to: person, cardinality: many_to_many, {stated}}}"


def test_the_catalog_of_this_repository_gives_the_rows_of_every_account() -> None:
    sources = [
        Source(path.name, path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "schemas").glob("*.yaml"))
    ]
    rows = {
        Path(artifact.path).stem: json.loads(artifact.content)
        for artifact in run(sources, MONICA).artifacts["monica"]
        if "/relationship-types/" in artifact.path
    }
    expected = [line.split() for line in DEFAULTS.split("\n") if line]
    assert len(expected) == 27
    assert rows == {
        name: {
            "name": name,
            "name_reverse_relationship": reverse,
            "relationship_type_group": group,
            "delible": False,
        }
        for name, reverse, group in expected
    }


def test_a_pair_is_two_rows_in_the_order_of_the_page() -> None:
    built = build(types(related("manages", "inverse: managed_by, group: work")), MONICA)
    assert built.at_least_warnings == []
    assert json.dumps(built.body("monica", "manages")) == (
        '{"name": "manages", "name_reverse_relationship": "managed_by", '
        '"relationship_type_group": "work", "delible": true}'
    )
    assert json.dumps(built.body("monica", "managed_by")) == (
        '{"name": "managed_by", "name_reverse_relationship": "manages", '
        '"relationship_type_group": "work", "delible": true}'
    )
    assert invalid(built.files) == []


def test_a_symmetric_one_is_one_row() -> None:
    built = build(types(related("neighbor", "symmetric: true, group: friend")), MONICA)
    assert [path for path in built.files if "relationship-types" in path] == [
        "monica/relationship-types/neighbor.json"
    ]
    assert built.body("monica", "neighbor")["name_reverse_relationship"] == "neighbor"
    assert built.report("monica") == {"neighbor": {"verdict": "exact"}}


@pytest.mark.parametrize(
    ("stated", "rows"),
    [
        ("inverse: b, group: work, targets: {monica: {reverse: c}}", {"a": "c", "c": "a"}),
        ("group: work, targets: {monica: {reverse: c}}", {"a": "c", "c": "a"}),
        ("group: work, targets: {monica: {reverse: a}}", {"a": "a"}),
        ("inverse: b, group: work, targets: {monica: d}", {"d": "b", "b": "d"}),
        ("symmetric: true, group: work, targets: {monica: {name: d}}", {"d": "d"}),
    ],
)
def test_names_and_reverses_may_be_stated(stated: str, rows: dict[str, str]) -> None:
    built = build(types(related("a", stated)), MONICA)
    assert built.at_least_warnings == []
    found = {
        body["name"]: body["name_reverse_relationship"]
        for path, body in built.files.items()
        if "types" in path
    }
    assert found == rows


@pytest.mark.parametrize(
    ("stated", "group", "codes"),
    [
        ("group: love", "love", []),
        ("group: love, targets: {monica: {group: family}}", "family", []),
        ("inverse: b", "friend", ["EW608"]),
        ("targets: {monica: {group: work}}", "work", []),
        ("group: club", "club", ["EW606"]),
        ("targets: {monica: {group: Tennis Club}}", "Tennis Club", ["EW606"]),
    ],
)
def test_group(stated: str, group: str, codes: list[str]) -> None:
    stated = stated if "inverse" in stated else f"symmetric: true, {stated}"
    text = types(related("a", stated))
    built = build(text, MONICA)
    assert built.body("monica", "a")["relationship_type_group"] == group
    placed = [each for each in built.diagnostics if each.at and each.code.number != "EW602"]
    assert [each.code.number for each in placed] == codes
    assert [marked(text, each) for each in placed] == [
        {"EW608": "7: a", "EW606": f"7: {group}"}[code] for code in codes
    ]


@pytest.mark.parametrize(
    ("name", "stated", "delible"),
    [
        ("a", "symmetric: true", True),
        ("a", "symmetric: true, targets: {monica: {delible: false}}", False),
        ("sibling", "symmetric: true", False),
        ("sibling", "symmetric: true, targets: {monica: {delible: true}}", True),
    ],
)
def test_delible(name: str, stated: str, delible: bool) -> None:
    built = build(types(related(name, f"{stated}, group: family")), MONICA)
    assert built.body("monica", name)["delible"] is delible


def test_a_type_without_a_reverse_is_a_warning() -> None:
    text = types(related("admires", "group: friend"))
    built = build(text, MONICA)
    warning = built.only("EW607")
    assert warning.severity is Severity.WARNING
    assert marked(text, warning) == "7: admires"
    assert built.body("monica", "admires")["name_reverse_relationship"] == ""
    assert invalid(built.files) == []


def test_the_pages_spelling_of_a_reverse_is_a_warning() -> None:
    text = types(related("boss", "inverse: subordonate, group: work"))
    warning = build(text, MONICA).only("EW605")
    assert warning.severity is Severity.WARNING
    assert (
        warning.message
        == "every account has a `boss` already, whose reverse is `subordinate` and not `subordonate`"
    )
    assert marked(text, warning) == "7: boss"


def test_only_contacts() -> None:
    text = types(
        "placed: {from: person, to: order, cardinality: one_to_many}",
        related("a", "symmetric: true, group: work"),
    )
    built = build(text, MONICA)
    assert [path for path in built.files if "/" in path.removeprefix("monica/")] == [
        "monica/relationship-types/a.json"
    ]
    assert built.report("monica")["placed"] == {
        "verdict": "left out",
        "reason": "only contacts can be related there",
    }
    (note,) = [each for each in built.said("EW602") if "placed" in each.message]
    assert marked(text, note) == "7: placed"


def test_asking_for_more_than_contacts_is_an_error() -> None:
    text = types("placed: {from: person, to: order, cardinality: one_to_many, targets: {monica: placed}}")
    error = build(text, MONICA).only("EW601")
    assert marked(text, error) == "7: monica"


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("contact: {}", True),
        ("person: {targets: {monica: contact}}", True),
        ("person: {targets: {monica: {name: contact}}}", True),
        ("person: {}", False),
        ("contact: {targets: {monica: false}}", False),
    ],
)
def test_who_the_contact_is(declared: str, sent: bool) -> None:
    name = declared.partition(":")[0]
    text = f"""
    object_types: {{{declared}}}
    relationship_types:
      knows: {{from: {name}, to: {name}, cardinality: many_to_many, symmetric: true, group: x}}
    groups: {{x: }}
    """
    assert ("monica/relationship-types/knows.json" in build(text, MONICA).files) is sent


def test_another_type_of_monicas_is_not_an_allowed_value() -> None:
    assert build("object_types: {company: {targets: {monica: company}}}", MONICA).at_least_warnings != []


def test_two_contacts() -> None:
    text = """
    object_types:
      contact: {}
      person: {targets: {monica: contact}}
    """
    error = build(text, MONICA).only("EW605")
    assert error.message == "`person` and `contact` are both Monica's `contact`"
    assert marked(text, error) == "4: contact"


def test_a_pair_makes_two_names() -> None:
    text = types(
        related("child", "inverse: parent, group: family"),
        related("parent", "symmetric: true, group: family, targets: {monica: {reverse: child}}").replace(
            "parent:", "raises:", 1
        ),
        related("helper", "inverse: helped, group: work"),
        related("other", "symmetric: true, group: work, targets: {monica: Helped}"),
    )
    errors = build(text, MONICA).said("EW605")
    errors = [each for each in errors if each.severity is Severity.ERROR]
    assert [each.message for each in errors] == [
        "`other` and `helper` are one relationship type in Monica: `helped`",
        "`raises` and `child` are one relationship type in Monica: `child`",
    ]
    assert [marked(text, each) for each in errors] == ["10: Helped", "8: child"]


def test_a_name_has_up_to_255_characters() -> None:
    long = "n" * 256
    text = types(related("a", f"symmetric: true, group: work, targets: {{monica: {{reverse: {long}}}}}"))
    error = build(text, MONICA).only("EW603")
    assert marked(text, error) == f"7: {long}"


def test_any_spelling_gives_a_file_below_the_folder() -> None:
    spellings = ["../../etc/passwd", "Best Friend", "best friend", "ÉLÈVE", ".", "n" * 255, "con:nul"]
    text = types(
        *(
            related(
                f"a{number}", f"symmetric: true, group: work, targets: {{monica: {json.dumps(spelling)}}}"
            )
            for number, spelling in enumerate(spellings)
            if spelling != "best friend"
        )
    )
    built = build(text, MONICA)
    assert built.at_least_warnings == []
    files = {body["name"]: path for path, body in built.files.items() if "/relationship-types/" in path}
    assert len(files) == len(spellings) - 1
    for path in files.values():
        name = path.removeprefix("monica/relationship-types/")
        assert len(name) <= 120
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-.")
        assert not name.startswith(".")


def test_nothing_can_be_sent_and_that_is_told_once() -> None:
    text = types(related("a", "symmetric: true, group: work"), related("b", "symmetric: true, group: work"))
    built = build(text, MONICA)
    assert built.files["monica/requests.json"] == []
    read_only, shown_raw = built.said("EW606")
    assert "API cannot create" in read_only.message
    assert "`monica/provision.sql`" in read_only.message
    assert "app.relationship_type_<name>" in shown_raw.message
    assert {(each.at, each.severity) for each in (read_only, shown_raw)} == {(None, Severity.NOTE)}


def test_losses() -> None:
    text = types(
        "manages: {from: person, to: person, cardinality: {from: 0..1, to: 0..5}, inverse: managed_by, "
        "acyclic: true, group: work, description: D., attributes: {since: {type: date}}}"
    )
    built = build(text, MONICA)
    assert built.report("monica")["manages"]["losses"] == [
        {"kind": "cardinality", "text": "maximum 1 on from dropped"},
        {"kind": "cardinality", "text": "maximum 5 on to dropped"},
        {"kind": "reflexive", "text": "a record could be related to itself"},
        {"kind": "acyclic", "text": "acyclic dropped"},
        {"kind": "attributes", "text": "attributes dropped"},
        {"kind": "description", "text": "description dropped"},
    ]
