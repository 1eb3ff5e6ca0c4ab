"""What there is to say of a catalog in a dialect: what it cannot take, and what is lost in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Edit, Related, Severity, did_you_mean, quoted_list
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.target import Loss
from edgewise_targets.dialect.keys import KeyRule, short, suggest
from edgewise_targets.dialect.lowering import Lowering, known_by, lost, unnamed
from edgewise_targets.dialect.model import Dialect, LeftOut, Request, Sent, Thing, stated_place

Declaration = ObjectType | RelationshipType

# So many times the object types that the vendor takes are no catalog of which some could be left out.
HOPELESS = 2


class Wanted(NamedTuple):
    """A request, and the declaration that it comes from."""

    declaration: Declaration
    request: Request


def look_over(
    lowering: Lowering, dialect: Dialect, asked_for: Callable[[RelationshipType], bool]
) -> Iterator[Diagnostic]:
    """Yield everything to be said; nothing of losses where the vendor cannot take the catalog at all."""
    things, links, parts = _by_what_they_make(lowering)
    yield from _keys(things, dialect, dialect.object_key, dialect.own_types)
    yield from _keys(links, dialect, dialect.relationship_key)
    yield from _one_vendor_type(lowering, dialect)
    yield from _same_identity(things, dialect, "object type")
    yield from _same_identity([*parts, *links], dialect, "relationship type")
    yield from _left_out(lowering, dialect, asked_for)
    for _, sent in (*lowering.object_types, *lowering.sent):
        yield from sent.findings
    over = [
        *_over(things, dialect, dialect.object_limit, "object"),
        *_over(links, dialect, dialect.relationship_limit, "relationship"),
        *_over_within([*links, *parts], dialect),
    ]
    yield from over
    if links:
        yield from (Diagnostic(Code.VENDOR_NOTICE, notice) for notice in dialect.notices)
    if not over:
        yield from _losses(lowering, dialect)


def look_in_short(
    graph: Graph, dialect: Dialect, things: Sequence[Thing], asked_for: Callable[[RelationshipType], bool]
) -> list[Diagnostic]:
    """Return all there is to say of a catalog that is clearly not meant for the vendor; else nothing.

    Saying a large catalog in a dialect takes longer than all else that is checked, and most catalogs are
    not meant for most vendors.
    """
    made = sum(each.key not in dialect.own_types for each in things)
    if dialect.object_limit is not None and made > HOPELESS * dialect.object_limit:
        return [_too_many(dialect, dialect.object_limit, "object types an account", made)]
    relationships = graph.relationship_types.values()
    if dialect.only_named and not things and len(relationships) > 1:
        asking = any(each.targets and asked_for(each) for each in relationships)
        return [] if asking else [_nothing_sent(dialect, unnamed(dialect))]
    return []


def _by_what_they_make(lowering: Lowering) -> tuple[list[Wanted], list[Wanted], list[Wanted]]:
    """Return the requests that make object types, those that make relationship types, and those of parts."""
    made: dict[str, list[Wanted]] = {"object": [], "relationship": [], "part": []}
    outcomes: tuple[tuple[str, Iterable[tuple[Declaration, Sent]]], ...] = (
        ("object", lowering.object_types),
        ("relationship", lowering.sent),
    )
    for kind, several in outcomes:
        for declaration, sent in several:
            for request in sent.requests:
                made[request.makes or kind].append(Wanted(declaration, request))
    return made["object"], made["relationship"], made["part"]


# ---- keys ----


def stated_key_place(wanted: Wanted, dialect: Dialect) -> Place | None:
    """Return where a key is stated under `targets`; a plain string there is never the key of an inverse."""
    declaration, request = wanted
    if isinstance(declaration.targets.get(dialect.name), str) and request.of_inverse:
        return None
    properties = (request.named_by,) if request.of_inverse else (request.named_by, dialect.name_key)
    return stated_place(declaration, dialect.name, *properties)


def key_place(wanted: Wanted, dialect: Dialect) -> Place:
    """Return where a key is written: under `targets`, as the inverse, or as the declaration's own name."""
    declaration, request = wanted
    stated = stated_key_place(wanted, dialect)
    if stated is not None:
        return stated
    if request.of_inverse and isinstance(declaration, RelationshipType) and declaration.inverse:
        return declaration.place.value("inverse")
    return declaration.place


def _keys(
    several: Sequence[Wanted], dialect: Dialect, rule: KeyRule, own: Iterable[str] = ()
) -> Iterator[Diagnostic]:
    """Find keys that the vendor does not take; what was meant may be one of its `own`."""
    allows = rule.allows
    broken = [each for each in several if not allows(each.request.key)]
    taken = {each.request.key for each in several} if broken else set()
    for each in broken:
        meant = did_you_mean(each.request.key, own, 1) or [suggest(each.request.key, rule, taken)]
        taken.add(meant[0])
        yield _malformed(each, meant[0], dialect, rule)


def _malformed(wanted: Wanted, better: str, dialect: Dialect, rule: KeyRule) -> Diagnostic:
    key, stated = wanted.request.key, stated_key_place(wanted, dialect)
    return Diagnostic(
        Code.MALFORMED_KEY,
        f"{dialect.vendor} does not take `{short(key)}` as a key",
        key_place(wanted, dialect),
        f"{len(key)} long; a key has {rule}",
        f"for example {_stating(wanted.request, dialect, better)}",
        fix=(Edit(stated, better),) if stated else (),
    )


def _stating(request: Request, dialect: Dialect, key: str) -> str:
    return f"`targets: {{{dialect.name}: {{{request.named_by}: {key}}}}}`"


# ---- two things that would be one ----


def _one_vendor_type(lowering: Lowering, dialect: Dialect) -> Iterator[Diagnostic]:
    """Find object types that are all to be the same one of those that the vendor has already."""
    first: dict[str, ObjectType] = {}
    own = [each for each, sent in lowering.object_types if not sent.requests]
    for each in sorted(own, key=lambda each: (not each.built_in, each.name)):
        key = lowering.keys[each.name]
        other = first.setdefault(key, each)
        if other is not each:
            at = stated_place(each, dialect.name, dialect.name_key) or each.place
            yield _twice(f"`{each.name}` and `{other.name}` are both {dialect.vendor}'s `{key}`", at, other)


def _same_identity(several: Sequence[Wanted], dialect: Dialect, kind: str) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], Wanted] = {}
    for each in several:
        other = first.setdefault(each.request.identity, each)
        if other is each:
            continue
        ours, theirs = each.declaration, other.declaration
        if "part" in {each.request.makes, other.request.makes}:
            whose = f"something of `{ours.name}` and of `{theirs.name}` is the same in {dialect.vendor}"
        elif ours is theirs:
            whose = f"`{ours.name}` makes two {kind}s of {dialect.vendor}'s that are one"
        else:
            whose = f"`{ours.name}` and `{theirs.name}` are one {kind} in {dialect.vendor}"
        help_ = f"give one of them another: {_stating(each.request, dialect, '...')}"
        yield _twice(f"{whose}: {known_by(each.request)}", key_place(each, dialect), theirs, help_)


def _twice(message: str, at: Place, other: Declaration, help_: str = "") -> Diagnostic:
    related = (Related(other.place, "this is the other one"),)
    return Diagnostic(Code.SAME_KEY_TWICE, message, at, "the second of them", help_, related)


# ---- what is lost, and what is not sent ----


def _over(several: Sequence[Wanted], dialect: Dialect, limit: int | None, kind: str) -> Iterator[Diagnostic]:
    if limit is not None and len(several) > limit:
        yield _too_many(dialect, limit, f"{kind} types an account", len(several))


def _over_within(several: Sequence[Wanted], dialect: Dialect) -> Iterator[Diagnostic]:
    """Find wholes with more parts of a kind than the vendor takes."""
    if not dialect.part_limits:
        return
    count = Counter(within for each in several for within in each.request.within)
    for (kind, whole), made in sorted(count.items()):
        if made > dialect.part_limits[kind]:
            yield _too_many(dialect, dialect.part_limits[kind], f"{kind} {whole}", made)


def _too_many(dialect: Dialect, limit: int, of_what: str, made: int) -> Diagnostic:
    return Diagnostic(
        Code.OVER_THE_LIMIT,
        f"{dialect.vendor} takes {limit} {of_what} and this catalog makes {made}: {made - limit} too many",
        help=f"leave some out with `targets: {{{dialect.name}: false}}`",
    )


def _left_out(
    lowering: Lowering, dialect: Dialect, asked_for: Callable[[RelationshipType], bool]
) -> Iterator[Diagnostic]:
    """Tell what cannot be said; once for all where it is everything, such as a catalog without contacts."""
    noted: list[tuple[RelationshipType, LeftOut]] = []
    for relationship, outcome in lowering.relationship_types:
        if isinstance(outcome, Sent) or outcome.wished:
            continue
        if relationship.targets and asked_for(relationship):
            yield _cannot_be_said(relationship, outcome, dialect)
        else:
            noted.append((relationship, outcome))
    reasons = {left_out.reason for _, left_out in noted}
    if len(noted) == len(lowering.relationship_types) > 1 and len(reasons) == 1:
        yield _nothing_sent(dialect, reasons.pop())
    else:
        yield from (_not_sent(relationship, left_out, dialect) for relationship, left_out in noted)


def _nothing_sent(dialect: Dialect, reason: str) -> Diagnostic:
    return Diagnostic(Code.LOSS, f"nothing of this catalog is sent to {dialect.vendor}: {reason}")


def _cannot_be_said(relationship: RelationshipType, left_out: LeftOut, dialect: Dialect) -> Diagnostic:
    return Diagnostic(
        Code.CANNOT_BE_SAID,
        f"`{relationship.name}` cannot be said in {dialect.vendor}: {left_out.reason}",
        relationship.place.key("targets", dialect.name),
        f"asks for {dialect.vendor}",
        left_out.help or f"`{dialect.name}: false` leaves it out",
    )


def _not_sent(relationship: RelationshipType, left_out: LeftOut, dialect: Dialect) -> Diagnostic:
    message = f"`{relationship.name}` is not sent to {dialect.vendor}: {left_out.reason}"
    return Diagnostic(Code.LOSS, message, relationship.place, help=left_out.help)


def _losses(lowering: Lowering, dialect: Dialect) -> Iterator[Diagnostic]:
    for relationship, sent in lowering.sent:
        severity, accepted = lowering.accepts(relationship)
        found = lost(relationship, sent, dialect)
        if accepted:
            found = [loss for loss in found if loss.kind not in accepted]
        if found:
            texts = ", ".join([loss.text for loss in found])
            message = f"`{relationship.name}` loses in {dialect.vendor}: {texts}"
            help_ = _accepting(found, dialect) if severity > Severity.NOTE else ""
            yield Diagnostic(Code.LOSS, message, relationship.place, help=help_, stated_severity=severity)


def _accepting(found: Iterable[Loss], dialect: Dialect) -> str:
    kinds = quoted_list(sorted({loss.kind for loss in found}), "and")
    return f"`allow: [...]` under `targets: {{{dialect.name}: ...}}` accepts {kinds}"
