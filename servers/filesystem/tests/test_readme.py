from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mcp_chassis.settings import ChassisSettings
from mcp_chassis.settings.options import options
from mcp_fs_server.server import server
from mcp_fs_server.settings import FilesystemSettings

README = (Path(__file__).parents[1] / "README.md").read_text()


def told(name: str) -> list[str]:
    return README.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0].strip().splitlines()


def capabilities() -> Iterator[str]:
    yield "| what | arguments | in short |"
    yield "|---|---|---|"
    registry = server.registry
    for shelf in (registry.tools, registry.resources, registry.templates, registry.prompts):
        for endpoint in shelf.values():
            arguments = ", ".join(endpoint.arguments.model.model_fields)
            yield f"| {endpoint.kind} `{endpoint.name}` | {arguments} | {endpoint.description.splitlines()[0]} |"


def settings() -> Iterator[str]:
    yield "| flag | variable | default | meaning |"
    yield "|---|---|---|---|"
    common = {option.name for option in options(ChassisSettings)}
    for option in options(FilesystemSettings):
        if option.name not in common:
            flag = f"{option.target} or {option.flag}" if option.target else option.flag
            default = f"`{option.default}`" if option.default else ""
            yield f"| {flag} | {option.variable} | {default} | {option.description} |"


def test_capabilities_are_those_of_the_code() -> None:
    assert told("capabilities") == list(capabilities())


def test_settings_are_those_of_the_code() -> None:
    assert told("settings") == list(settings())


def test_every_scope_is_told() -> None:
    assert all(f"`{scope}`" in README for scope in server.registry.scopes())


def test_the_example_of_a_config_file_is_right(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert example is not None
    (tmp_path / "drafts").mkdir()
    (tmp_path / "config.yaml").write_text(
        example[1].replace("/srv/handbook/drafts", f"{tmp_path}/drafts").replace("/srv/handbook", str(tmp_path))
    )
    roots = FilesystemSettings.load({"config": str(tmp_path / "config.yaml")}, [], {}).roots
    assert [(root.name, root.mode, root.data_class) for root in roots] == [
        ("handbook", "ro", None), ("drafts", "rw", "internal"),
    ]  # fmt: skip
