"""Labels of tables and columns, and what a statement reads of them, as tables without a database."""

from __future__ import annotations

import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_db_server.settings import DatabaseSettings


def labels(value: object) -> tuple[str, ...]:
    return DatabaseSettings.load({"data_classes": value}, ["postgresql://localhost/x"], {}).data_classes


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        (["world.cities=internal"], ("world.cities=internal",)),
        (["a.b=pii,a.c.d=phi", "* = public"], ("a.b=pii", "a.c.d=phi", "*=public")),
        ({"a.b.c": "pii", "a.*": ["internal", "financial"]}, ("a.b.c=pii", "a.*=internal", "a.*=financial")),
        ([], ()),
    ],
)
def test_labels_are_words_or_a_mapping(value: object, entries: tuple[str, ...]) -> None:
    assert labels(value) == entries


def test_labels_come_from_the_environment_and_from_the_config_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = {"DATABASE_URL": "postgresql://localhost/x"}
    found = DatabaseSettings.load({}, [], {**url, "MCP_DATA_CLASSES": "a.b=pii,a.c.d=phi"})
    assert found.data_classes == ("a.b=pii", "a.c.d=phi")
    file = tmp_path_factory.mktemp("config") / "mcp.yaml"
    file.write_text("data-classes:\n  world.cities.population: internal\n  world.people: [pii, phi]\n")
    found = DatabaseSettings.load({"config": str(file)}, [], url)
    assert found.data_classes == ("world.cities.population=internal", "world.people=pii", "world.people=phi")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["cities=internal"], "must name schema.table or schema.table.column"),
        (["a.b.c.d=pii"], "must name schema.table"),
        (["a..b=pii"], "must name schema.table"),
        (["a.b=secret"], "must give each name one of the data classes"),
        (["a.b=intrnal"], "did you mean internal"),
        (["a.b"], "must give each name one"),
        ({"a.b": 5}, "must give each name one"),
        (5, "must be a mapping"),
    ],
)
def test_what_is_no_label_is_refused(value: object, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        labels(value)
