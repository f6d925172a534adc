"""The directories that are served, and the one door to what lies in them.

A path may be absolute, begin with the name of a root (`docs/a.txt`, as answers show it), or be relative to a root
(`a.txt`, or `./a.txt` to say that it does not begin with a name). Of nested roots the most specific counts. What a rule
or a policy says is asked about the real place, with links expanded, and the file is then opened there without following
any link, so that nothing can come between.
"""

from __future__ import annotations

import os
import posixpath
import stat
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.call import Context
from mcp_chassis.confine import Root, shown
from mcp_chassis.confine.errors import Outside
from mcp_chassis.errors import ChassisError, Denied, InvalidArguments, NotFound
from mcp_chassis.policy.decision import RealPath

from mcp_fs_server.denying import SECRETS, Deny
from mcp_fs_server.own_names import is_own
from mcp_fs_server.own_state import globs_of_own_state
from mcp_fs_server.paths import below, stays_below, tidy, unquoted

if TYPE_CHECKING:
    from mcp_fs_server.settings import FilesystemSettings, RootSettings

__all__ = ["NamedRoot", "Place", "Roots"]

_SECRET = "This is kept from clients by a rule of this server, as secrets are; ask the operator."  # noqa: S105

_OWN = "This name is kept for files of this server itself, such as its trash; use another one."


@dataclass(frozen=True, slots=True, eq=False)
class NamedRoot:
    """One directory that is served.

    Args:
        name: by which answers show it.
        confine: everything beneath it.
        real: its absolute path, without links.
        quota: bytes that may lie in it, for writes.
        max_file_size: bytes of a file that is read or written whole.
        data_class: the label that the policy knows it by.
    """

    name: str
    confine: Root
    real: str
    writable: bool
    deny: Deny
    quota: int | None
    max_file_size: int
    data_class: str | None
    nested: dict[str, NamedRoot] = field(default_factory=dict)
    """Roots that lie in this one, by the path to them."""

    @property
    def data_classes(self) -> Collection[str]:
        """Its label, where it has one."""
        return () if self.data_class is None else (self.data_class,)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a root.

    Args:
        relative: the path from the root; "" is the root itself. Links in it are expanded where `Roots` gave it out.
    """

    root: NamedRoot
    relative: str

    @property
    def shown(self) -> str:
        """`root/relative`, escaped where it could pass for something else; `find` takes it back."""
        return shown(f"{self.root.name}/{self.relative}" if self.relative else self.root.name)

    @property
    def real(self) -> RealPath:
        """What a policy decides by: names as they are, not as they are shown, or quotes would hide what is above."""
        path = f"{self.root.name}/{self.relative}".rstrip("/")
        absolute = posixpath.join(self.root.real, self.relative).rstrip("/") or "/"
        return RealPath(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), absolute)

    def __truediv__(self, name: str) -> Place:
        """An entry of this directory, in the root that it belongs to."""
        return _owned(self.root, f"{self.relative}/{name}" if self.relative else name)

    def under(self, path: str) -> Place:
        """A place below this directory, in the root that it belongs to; the directory itself for ""."""
        return self / path if path else self

    def open_file(self) -> int:
        """A descriptor of the regular file, for reading."""
        return self.root.confine.open_file(self.relative, exact=True)

    def open_directory(self) -> int:
        """A descriptor of the directory."""
        return self.root.confine.open_directory(self.relative, exact=True)

    def stat(self) -> os.stat_result:
        """What the system knows of it; a link is not followed."""
        return self.root.confine.stat(self.relative, follow=False, exact=True)


def _owned(root: NamedRoot, relative: str) -> Place:
    """The place in the most specific root; of a path with "..", whose place is not known yet, in this one."""
    if root.nested and ".." in relative.split("/"):
        return Place(root, relative)
    for path, inner in root.nested.items():
        if relative == path or relative.startswith(f"{path}/"):
            return _owned(inner, relative[len(path) + 1 :])
    return Place(root, relative)


class Roots:
    """All directories that are served."""

    def __init__(self, roots: Iterable[NamedRoot]) -> None:
        self.all = tuple(roots)
        self._by_name = {root.name: root for root in self.all}
        aliases = [(path, root) for root in self.all for path in {root.real, os.path.abspath(root.confine.path)}]
        self._aliases = sorted(aliases, key=lambda alias: -len(alias[0]))
        for root in sorted(self.all, key=lambda root: len(root.real)):
            holders = [other for other in self.all if other is not root and below(root.real, other.real) is not None]
            if holders:
                holder = max(holders, key=lambda other: len(other.real))
                holder.nested[below(root.real, holder.real) or ""] = root

    @classmethod
    @contextmanager
    def open(cls, settings: FilesystemSettings) -> Iterator[Roots]:
        """Open all directories, and close them in the end.

        Raises:
            ConfigurationError: one is not there, or this system cannot confine.
        """
        opened: list[NamedRoot] = []
        try:
            for root, name in zip(settings.roots, _names(settings.roots), strict=True):
                opened.append(_open(root, name, settings))
            yield cls(opened)
        finally:
            for named in opened:
                named.confine.close()

    def readable(self, ctx: Context[Any], path: str, *, argument: str = "path") -> Place:
        """Where a path really is, if the caller may read there.

        Args:
            argument: which argument of the tool it is, for the policy and the audit record.

        Raises:
            Outside, Denied, NotFound, InvalidArguments: it is nowhere, denied, or fits several places.
        """
        place = self._judged(ctx, self.meant(ctx, path, argument=argument), argument, follow=True)
        return self._reached(ctx, place, argument)

    def writable(self, ctx: Context[Any], path: str, *, argument: str = "path", follow: bool = True) -> Place:
        """Where a path really is, if the caller may change something there.

        Args:
            argument: which argument of the tool it is, for the policy and the audit record.
            follow: whether a link at the end is followed; not where it is itself moved or deleted.

        Raises:
            Outside, Denied, NotFound, InvalidArguments: it is nowhere, denied, read-only, or fits several places.
        """
        meant = self.meant(ctx, path, argument=argument, certain=True)
        place = self._judged(ctx, meant, argument, follow=follow)
        if not place.root.writable:
            raise Denied(f"{shown(place.root.name)} is served for reading only; ask the operator to serve it as :rw.")
        return self._reached(ctx, place, argument)

    def visible(self, ctx: Context[Any], path: str, *, argument: str = "path") -> Place:
        """The same where a call is not about the place but asks about it, so that nothing is recorded.

        Raises:
            Outside, Denied, NotFound, InvalidArguments: as `readable`.
        """
        place, fault = self._found(self.meant(ctx, path, argument=argument), follow=True)
        if not self.sees(ctx, place, argument=argument):
            raise Denied()
        if fault is not None:
            raise fault
        return place

    def sees(self, ctx: Context[Any], place: Place, *, argument: str = "path") -> bool:
        """Whether a walk may go on to a place below the one that the call is for; deny globs are asked elsewhere."""
        return ctx.may_reach(place.root.data_classes, {argument: place.real})

    def meant(self, ctx: Context[Any], path: str, *, argument: str = "path", certain: bool = False) -> Place:
        """As `find`, where what the policy keeps from the caller does not count as being there."""

        def seen(place: Place) -> bool:
            if not _exists(place):
                return False
            with suppress(ChassisError):
                return self.sees(ctx, self._found(place, follow=True)[0], argument=argument)
            return False

        return self.find(path, certain=certain, seen=seen)

    def find(self, path: str, *, certain: bool = False, seen: Callable[[Place], bool] | None = None) -> Place:
        """The place that a path means, before links are followed.

        Args:
            seen: whether there is something at a place; any caller may know of it where this is left out.
            certain: a path that could be the name of one root's file and relative to another root as well is refused,
                since something is to be changed.

        Raises:
            Outside: an absolute path is in none of the roots.
            NotFound, InvalidArguments: a relative one could be in none, or in several.
        """
        path, seen = unquoted(path), seen or _exists
        if path.startswith("/"):
            return self._absolute(path)
        first, _, rest = path.partition("/")
        named = self._by_name.get(first)
        by_name = [_owned(named, tidy(rest))] if named is not None else []
        if by_name and (rest.startswith("./") or (len(self.all) == 1 and not seen(_owned(self.all[0], first)))):
            return by_name[0]
        meant = list(dict.fromkeys([*by_name, *(_owned(root, tidy(path)) for root in self.all)]))
        if len(meant) == 1:
            return meant[0]
        there = [place for place in meant if seen(place)]
        if not there:  # something new perhaps
            there = [place for place in meant if seen(_above(place))]
        if by_name and (not there or (by_name[0] in there and not certain)):
            return by_name[0]
        return self._one(there)

    def _one(self, there: list[Place]) -> Place:
        if len(there) == 1:
            return there[0]
        if not there or any(not place.relative for place in there):
            names = ", ".join(shown(root.name) for root in self.all[:20])
            raise NotFound(f"Say in which directory this is: begin the path with one of {names}.")
        ways = " or ".join(shown(f"{place.root.name}/./{place.relative}") for place in there[:5])
        raise InvalidArguments(f"This path fits more than one place; write {ways}.")

    def _absolute(self, path: str) -> Place:
        for text in (path, posixpath.normpath(path)):
            names = [name for name in text.split("/") if name not in ("", ".")]
            for alias, root in self._aliases:
                known = [name for name in alias.split("/") if name]
                rest = names[len(known) :]
                if names[: len(known)] == known and stays_below(rest):
                    return _owned(root, "/".join(rest) + "/" * (bool(rest) and text.endswith(("/", "/."))))
        raise Outside

    def _judged(self, ctx: Context[Any], place: Place, argument: str, *, follow: bool) -> Place:
        """The real place. Why it cannot be found is not told to who may not look at what is above there."""
        real, fault = self._found(place, follow=follow)
        # so that the record tells what was tried, where it is denied; of a way that leads nowhere, how far it led
        ctx.note(**{argument: (place if isinstance(fault, Denied) else real).shown[:500]})
        if fault is not None:
            ctx.reach(real.root.data_classes, places={argument: real.real})
            raise fault
        return real

    def _found(self, place: Place, *, follow: bool) -> tuple[Place, ChassisError | None]:
        """The real place; or as much of the way to it as can be followed, and why it cannot be to its end."""
        try:
            return self._settled(place, follow=follow), None
        except ChassisError as error:
            above, fault = _reachable(place), error
        while above.relative:
            try:
                return self._settled(above, follow=True), fault
            except ChassisError as error:
                # what there is in a directory that a rule denies is not told either
                above, fault = _above(above), error if isinstance(error, Denied) else fault
        return above, fault

    def _settled(self, place: Place, *, follow: bool) -> Place:
        """The real place of one that was asked for; what is denied is so by either."""
        root, relative = place.root, place.relative
        if ".." not in relative.split("/") and root.deny(relative):
            raise Denied(_SECRET)
        if not follow and (name := posixpath.basename(relative.rstrip("/"))) not in ("", ".", ".."):
            above = root.confine.resolve(posixpath.dirname(relative.rstrip("/")))
            real = _owned(root, f"{above}/{name}" if above else name)
        else:
            real = _owned(root, root.confine.resolve(relative))
        if _denied(real):
            raise Denied(_SECRET)
        if any(map(is_own, real.relative.split("/"))):
            raise Denied(_OWN)
        return real

    @staticmethod
    def _reached(ctx: Context[Any], place: Place, argument: str) -> Place:
        ctx.reach(place.root.data_classes, places={argument: place.real})
        return place


def _denied(place: Place) -> bool:
    """Whether a real place is denied; what only directories are denied for needs a look at what is there."""
    deny, relative = place.root.deny, place.relative
    return deny(relative) or (deny(relative, directory=True) and _is_directory(place))


def _is_directory(place: Place) -> bool:
    try:
        return stat.S_ISDIR(place.stat().st_mode)
    except ChassisError:
        return False


def _reachable(place: Place) -> Place:
    """As much of a path as can be followed, of one that cannot be followed to its end."""
    names = place.relative.split("/")

    def fails(number: int) -> bool:
        try:
            place.root.confine.resolve("/".join(names[:number]))
        except ChassisError:
            return True
        return False

    return Place(place.root, "/".join(names[: bisect_left(range(1, len(names)), True, key=fails)]))


def _exists(place: Place) -> bool:
    try:
        place.root.confine.stat(place.relative, follow=False)
    except ChassisError:
        return False
    return True


def _above(place: Place) -> Place:
    return Place(place.root, posixpath.dirname(place.relative.rstrip("/")))


def _names(roots: Iterable[RootSettings]) -> list[str]:
    """Each root's own name, else that of its directory, with a number where others have it."""
    roots = list(roots)
    taken = {root.name for root in roots if root.name is not None}
    names: list[str] = []
    for root in roots:
        plain = shown(os.path.basename(os.path.realpath(root.path))) or "root"
        name, number = root.name or plain, 1
        while root.name is None and name in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name)
        names.append(name)
    return names


def _open(root: RootSettings, name: str, settings: FilesystemSettings) -> NamedRoot:
    path = Path(os.path.abspath(root.path))
    real = os.path.realpath(path)
    globs = (*(SECRETS if settings.deny_secrets else ()), *settings.deny, *root.deny)
    return NamedRoot(
        name=name,
        confine=Root.open(path, hard_links=settings.hard_links),
        real=real,
        writable=root.mode == "rw" and not settings.read_only,
        deny=Deny((*globs, *globs_of_own_state(settings, real))),
        quota=root.quota,
        max_file_size=root.max_file_size or settings.max_file_size,
        data_class=root.data_class,
    )
