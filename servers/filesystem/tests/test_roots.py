"""From what a caller writes to the one place that it means, or a sentence why not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.call import Context, Principal
from mcp_chassis.confine.errors import Outside
from mcp_chassis.errors import ChassisError, Denied, InvalidArguments, NotFound
from mcp_fs_server.roots import Roots
from mcp_fs_server.settings import FilesystemSettings

CTX: Context[Any] = Context(Principal("ann", "local"), None)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Two roots beside one another, and what lies outside of them."""
    for name in ("docs/docs", "docs/sub", "docs/.ssh", "code/src", "code/docs", "outside"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("docs/a.txt", "docs/docs/b.txt", "docs/docs/both.txt", "docs/both.txt", "docs/.env", "docs/sub/s.txt",
                 "code/a.txt", "code/only.txt", "code/src/main.py", "code/docs/c.txt", "outside/secret.txt",
                 "docs/ lead", "docs/trail ", "docs/..data"):  # fmt: skip
        (tmp_path / name).write_text(name)
    (tmp_path / "docs/link").symlink_to("sub/s.txt")
    (tmp_path / "docs/absolute").symlink_to(tmp_path / "docs/sub/s.txt")
    (tmp_path / "docs/out").symlink_to(tmp_path / "outside/secret.txt")
    (tmp_path / "docs/env").symlink_to(".env")
    (tmp_path / "docs/.npmrc").symlink_to("a.txt")
    (tmp_path / "docs/loop").symlink_to("loop")
    return tmp_path


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def serve(stack: ExitStack, *targets: str, **flags: Any) -> Roots:
    return stack.enter_context(Roots.open(FilesystemSettings.load(flags, targets, {})))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("only.txt", "code/only.txt"),  # only one of them has it
        ("src/main.py", "code/src/main.py"),
        ("code/a.txt", "code/a.txt"),
        ("docs/a.txt", "docs/a.txt"),
        ("docs/b.txt", "docs/docs/b.txt"),  # no such file by the root's name, so it is relative
        ("docs/c.txt", "code/docs/c.txt"),
        ("docs/both.txt", "docs/both.txt"),  # as an answer shows it
        ("docs/./both.txt", "docs/both.txt"),
        ("docs/docs/both.txt", "docs/docs/both.txt"),
        ("docs", "docs"),
        ("docs/", "docs"),
        ("code/src/../a.txt", "code/a.txt"),
        ("code//src/./main.py", "code/src/main.py"),
        ("docs/link", "docs/sub/s.txt"),
        ("docs/absolute", "docs/sub/s.txt"),
        ("docs/ lead", "docs/ lead"),
        ("docs/trail ", "docs/trail "),
        ("docs/new.txt", "docs/new.txt"),  # what is not there yet
        ("src/new.py", "code/src/new.py"),
        ("{}/docs/a.txt", "docs/a.txt"),
        ("{}/docs", "docs"),
        ("{}/docs/", "docs"),
        ("{}/docs/sub/../a.txt", "docs/a.txt"),
        ("{}/code/../docs/a.txt", "docs/a.txt"),
        ("{}//docs/./a.txt", "docs/a.txt"),
        ("{}/docs/..data", "docs/..data"),  # a name like any other
        ("{}/docs/sub/../..data", "docs/..data"),
    ],
)
def test_a_path_means_one_place(world: Path, stack: ExitStack, path: str, shown: str) -> None:
    roots = serve(stack, f"{world}/docs", f"{world}/code")
    assert roots.readable(CTX, path.replace("{}", str(world))).shown == shown


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("a.txt", InvalidArguments),  # both have it
        (".", NotFound),
        ("", NotFound),
        ("nowhere/x", NotFound),
        ("../outside/secret.txt", ChassisError),
        ("docs/../outside/secret.txt", Outside),
        ("docs/out", Outside),
        ("docs/loop", InvalidArguments),
        ("{}/outside/secret.txt", Outside),
        ("{}/docs/../outside/secret.txt", Outside),
        ("{}/docsx", Outside),
        ("{}", Outside),
        ("/", Outside),
        ("/etc/passwd", Outside),
        ("docs/.env", Denied),
        ("docs/env", Denied),  # its real place is denied
        ("docs/.npmrc", Denied),  # its own name is
        ("docs/sub/../.env", Denied),
        ("docs/a\0b", InvalidArguments),
        ("docs/a.txt/.", InvalidArguments),  # no directory
        ("{}/docs/a.txt/.", InvalidArguments),
        ("docs/.ssh/none/../x", Denied),  # nor is it told what there is in .ssh
    ],
)
def test_a_path_that_means_none_is_refused(world: Path, stack: ExitStack, path: str, error: type[ChassisError]) -> None:
    roots = serve(stack, f"{world}/docs", f"{world}/code")
    with pytest.raises(error) as refused:
        roots.readable(CTX, path.replace("{}", str(world)))
    for kept in (str(world), "outside/", "secret.txt", "sub/s.txt"):
        assert kept not in refused.value.message


def test_what_would_be_changed_must_be_certain(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/docs:rw")
    assert roots.readable(CTX, "docs/both.txt").relative == "both.txt"
    with pytest.raises(InvalidArguments, match=r"write docs/\./both.txt or docs/\./docs/both.txt"):
        roots.writable(CTX, "docs/both.txt")
    assert roots.writable(CTX, "docs/./both.txt").relative == "both.txt"
    assert roots.writable(CTX, "docs/docs/both.txt").relative == "docs/both.txt"
    assert roots.writable(CTX, "docs/b.txt").relative == "docs/b.txt"
    assert roots.writable(CTX, "docs/a.txt").relative == "a.txt"
    assert roots.writable(CTX, "./docs/both.txt").relative == "docs/both.txt"
    with pytest.raises(InvalidArguments):
        roots.writable(CTX, "docs/new.txt")


def test_one_root_needs_no_name(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/code")
    assert roots.readable(CTX, ".").shown == "code"
    assert roots.readable(CTX, "").shown == "code"
    assert roots.readable(CTX, "./src").shown == "code/src"
    assert roots.readable(CTX, "code").shown == "code"


def test_what_is_served_for_reading_is_not_written(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/docs", f"{world}/code:rw")
    assert roots.writable(CTX, "code/new.txt").shown == "code/new.txt"
    with pytest.raises(Denied, match="docs is served for reading only"):
        roots.writable(CTX, "docs/sub/new.txt")
    with pytest.raises(Denied):
        serve(stack, f"{world}/code:rw", read_only=True).writable(CTX, "code/new.txt")


@pytest.mark.parametrize(
    "path", ["docs/sub/s.txt", "{}/docs/sub/s.txt", "docs/link", "sub/s.txt", "docs/sub/../sub/s.txt"]
)
def test_of_nested_roots_the_most_specific_counts(world: Path, stack: ExitStack, path: str) -> None:
    roots = serve(stack, f"{world}/docs:rw", f"{world}/docs/sub")
    assert roots.readable(CTX, path.replace("{}", str(world))).shown == "sub/s.txt"
    with pytest.raises(Denied, match="sub is served for reading only"):
        roots.writable(CTX, path.replace("{}", str(world)))
    assert roots.writable(CTX, "docs/a.txt").shown == "docs/a.txt"


def test_a_link_at_the_end_is_followed_unless_it_is_meant_itself(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/docs:rw")
    assert roots.writable(CTX, "link").shown == "docs/sub/s.txt"
    assert roots.writable(CTX, "link", follow=False).shown == "docs/link"
    assert roots.writable(CTX, "out", follow=False).shown == "docs/out"
    with pytest.raises(Outside):
        roots.writable(CTX, "out")


def test_what_was_decided_about_is_what_is_opened(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/docs")
    place = roots.readable(CTX, "a.txt")
    (world / "docs/a.txt").unlink()
    (world / "docs/a.txt").symlink_to(".env")
    with pytest.raises(ChassisError) as refused:
        os.close(place.open_file())
    assert refused.value.code == "conflict"


def test_roots_without_names_have_those_of_their_directories(world: Path, stack: ExitStack) -> None:
    roots = serve(stack, f"{world}/docs", f"{world}/code/docs", f"{world}/code/src", "/")
    assert [root.name for root in roots.all] == ["docs", "docs-2", "src", "root"]


def test_globs_of_the_server_and_of_a_root_add_up(world: Path, stack: ExitStack) -> None:
    (world / "config.yaml").write_text(f"roots: {{d: {{path: {world}/docs, deny: [sub/]}}, c: {world}/code}}")
    roots = serve(stack, config=str(world / "config.yaml"), deny="only.*,!.env")
    assert roots.readable(CTX, "d/.env").shown == "d/.env"
    for denied in ("d/sub/s.txt", "d/sub", "c/only.txt"):
        with pytest.raises(Denied):
            roots.readable(CTX, denied)


def test_secrets_are_read_where_the_operator_says_so(world: Path, stack: ExitStack) -> None:
    assert serve(stack, f"{world}/docs", deny_secrets=False).readable(CTX, ".env").shown == "docs/.env"


def test_a_root_that_is_a_link_is_where_it_leads(world: Path, stack: ExitStack) -> None:
    (world / "alias").symlink_to("docs")
    roots = serve(stack, f"{world}/alias")
    for path in (f"{world}/alias/a.txt", f"{world}/docs/a.txt", "a.txt"):
        assert roots.readable(CTX, path).shown == "docs/a.txt"


class Closing:
    """A policy that denies what lies in some places."""

    def __init__(self, *closed: str) -> None:
        self.closed = closed

    def may_reach(self, _classes: Any, places: Mapping[str, Any]) -> bool:
        return not any(f"{place}/".startswith(f"{above}/") for place in places.values() for above in self.closed)

    def reach(self, classes: Any, _fields: Any, places: Mapping[str, Any]) -> None:
        if not self.may_reach(classes, places):
            raise Denied("by the policy")


def closed_to(*places: str) -> Context[Any]:
    return Context(Principal("ann", "local"), None, judgement=Closing(*places))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["docs/sub/s.txt", "docs/sub/none/x", "docs/sub/.env", "docs/sub/.ssh/none", "docs/link"]
)
def test_what_is_below_a_denied_place_is_not_told(world: Path, stack: ExitStack, path: str) -> None:
    roots = serve(stack, f"{world}/docs", f"{world}/code")
    (world / "docs/sub/.ssh").mkdir()
    for ask in (roots.readable, roots.visible):
        with pytest.raises(Denied) as refused:
            ask(closed_to("docs/sub"), path)
        assert refused.value.message in ("by the policy", Denied().message)


@pytest.mark.parametrize("there", [True, False])
def test_a_denied_place_does_not_count_where_a_path_fits_several(world: Path, stack: ExitStack, there: bool) -> None:
    if not there:
        (world / "docs/a.txt").unlink()
    roots = serve(stack, f"{world}/docs", f"{world}/code")
    assert roots.readable(closed_to("docs"), "a.txt").shown == "code/a.txt"
    (world / "code/a.txt").unlink()
    with pytest.raises(NotFound):  # what the root that is left would say
        roots.readable(closed_to("docs"), "a.txt").stat()


@pytest.mark.parametrize(
    ("path", "noted"),
    [
        ("docs/sub/s.txt", "docs/sub/s.txt"),
        ("docs/link", "docs/sub/s.txt"),
        ("docs/.env", "docs/.env"),
        ("docs/.ssh/key", "docs/.ssh/key"),
        ("docs/sub/new", "docs/sub/new"),
        ("docs/a.txt/typed", "docs/a.txt"),  # of a way that leads nowhere, how far it led
    ],
)
def test_the_record_has_the_place_of_a_denied_call_too(world: Path, stack: ExitStack, path: str, noted: str) -> None:
    ctx = closed_to("docs")
    with pytest.raises(Denied):
        serve(stack, f"{world}/docs").readable(ctx, path)
    assert ctx.facts == {"path": noted}
