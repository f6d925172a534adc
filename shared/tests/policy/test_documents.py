"""Policy files that are wrong, or made to do harm: each is refused with one sentence that says where."""

from __future__ import annotations

import re

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.document import Unreadable, parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.policy.decision import Request
from mcp_chassis.policy.globs import Glob
from mcp_chassis.policy.policy import Policy

ALIASES = b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ALIASES, r"line 1: anchors \(&\) and aliases \(\*\) are not supported"),
        (b"a: 1\nb: *missing\n", "line 2: anchors"),
        (b"version: 1\nrules: []\nversion: 1\n", "line 3: version stands there twice"),
        (b"rules:\n  - {id: a, id: b}\n", r"line 2: rules\[0\].id stands there twice"),
        (b'a: {"x": 1, x: 2}\n', "line 1: a.x stands there twice"),
        (b"a:\n  <<: {b: 1}\n", "line 2: merge keys"),
        (b"a: !!python/object/apply:os.system [ls]\n", "line 1: tags"),
        (b"a: !!str 1\n", "line 1: tags"),
        (b"? [a, b]\n: 1\n", "line 1: a key must be a word"),
        (b"a: 1\n---\nb: 2\n", "line 2: holds a second document"),
        (b"[" * 5_000, "line 1: is nested deeper than 20 levels"),
        (b"a: " + b"[" * 30 + b"]" * 30, "nested deeper"),
        (b"{a: " * 3_000, "nested deeper"),
        (b"- x\n" * 110_000, "holds more than 100,000 values"),
        (b"#" * 1_100_000, "is larger than 1024 KiB"),
        (b"a: \xff\n", "line 1: is not UTF-8"),
        (b"x: 1\na: \xc3(\n", "line 2: is not UTF-8"),
        (b"a: 'b\n", "is not YAML"),
        (b"a: [1, 2\nb: 3\n", "line 2: is not YAML"),
        (b"a: \x00\n", "is not YAML"),
        (b"a:\n\t- b\n", "line 2: is not YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("22:00", "22:00"),
        ("2026-11-20", "2026-11-20"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ("012", 12),
        ("0x10", "0x10"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1_000", "1_000"),
        ("=", "="),
    ],
)
def test_scalars_are_what_they_look_like(text: str, value: object) -> None:
    read = parse(f"a: {text}\n".encode()).value["a"]
    assert (type(read), read) == (type(value), value)


RULE = "version: 1\nrules:\n  - id: a\n    effect: allow\n    actions: ['tool:*']\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: the file must be a mapping, not null."),
        ("- a", "line 1: the file must be a mapping, not a list."),
        ("rules: []", "line 1: the file needs version."),
        ("version: 2", "line 1: version must be 1, not 2."),
        ("version: '1'", 'line 1: version must be 1, not "1".'),
        ("version: 1\nrule: []", "line 2: rule is not a key here; did you mean rules?"),
        ("version: 1\nzzz: []", "line 2: zzz is not a key here."),
        ("version: 1\nmode: shadows", 'line 2: mode must be enforce or shadow, not "shadows"; did you mean shadow?'),
        ("version: 1\nrules: {}", "line 2: rules must be a list, not a mapping."),
        (RULE + "    efect: x", "line 6: rules[0].efect is not a key here; did you mean effect?"),
        (RULE + "    when: {}", "line 6: rules[0].when must not be empty: fewest entries 1."),
        (RULE + "    when:\n      argument: {a: 1}", "line 7: rules[0].when.argument is not a key here; did you mean"),
        (RULE + "    when: {arguments: {a: {lte: '5'}}}", "rules[0].when.arguments.a.lte must be a number, not"),
        (RULE + "    when: {arguments: {a: {lte: true}}}", "must be a number, not true."),
        (RULE + "    when: {arguments: {a: {like: x}}}", "rules[0].when.arguments.a.like is not a key here"),
        (RULE + "    when: {arguments: {a: {in: a}}}", "rules[0].when.arguments.a.in must be a list"),
        (RULE + "    when: {arguments: {a: []}}", "must not be empty"),
        (
            RULE + "    when: {arguments: {a: {matches: '('}}}",
            "arguments.a must be a regular expression of RE2 (missing )",
        ),
        (RULE + "    when: {arguments: {a: {matches: '(?=x)'}}}", "must be a regular expression of RE2"),
        (RULE + r"    when: {arguments: {a: {matches: '(a)\1'}}}", "must be a regular expression of RE2"),
        (
            RULE + "    when: {arguments: {a: {matches: '((((a{30}){30}){30}){30})'}}}",
            "must be a regular expression of RE2",
        ),
        (RULE + f"    when: {{arguments: {{a: {{matches: '{'a' * 1001}'}}}}}}", "is too long: most characters 1000."),
        (RULE + "    when: {arguments: {a: {same_as: subject}}}", "must be arguments.NAME, principal.claims.NAME or"),
        (
            RULE + "    when: {principal: {roles: [x]}}",
            "line 6: rules[0].when.principal.roles[0] is not a role of this file.",
        ),
        (RULE + "    when: {principal: {auth_method: jwt}}", "rules[0].when.principal.auth_method must be local, none"),
        (
            RULE + "    when: {principal: {max_auth_age: soon}}",
            "rules[0].when.principal.max_auth_age must be a duration",
        ),
        (RULE + "    when: {time: {timezone: Mars}}", "rules[0].when.time.timezone must be a time zone such as"),
        (RULE + "    when: {time: {timezone: ../../etc/passwd}}", "rules[0].when.time.timezone must be a time zone"),
        (RULE + "    when: {time: {hours: '8-18'}}", "rules[0].when.time.hours must be two times of a day"),
        (RULE + "    when: {time: {hours: '08:00-08:00'}}", "rules[0].when.time.hours must be two different times"),
        (RULE + "    when: {time: {hours: '25:00-26:00'}}", "rules[0].when.time.hours must be two different times"),
        (RULE + "    when: {time: {days: [monday]}}", "rules[0].when.time.days[0] must be mon, tue"),
        (RULE + "    when: {data_classes: [secret]}", "rules[0].when.data_classes[0] must be public, internal"),
        (RULE.replace("tool:*", "execute_query"), "line 5: rules[0].actions[0] must be an action such as"),
        (RULE.replace("allow", "permit"), "line 4: rules[0].effect must be allow, deny or approve"),
        (RULE.replace("id: a", "id: 'a b'"), "line 3: rules[0].id must be a name of letters"),
        (RULE + RULE.partition("rules:\n")[2], "line 6: rules[1].id a is there twice"),
        (RULE.replace("allow", "deny") + "    obligations: {max_rows: 1}", "rules[0].obligations has no meaning"),
        (RULE + "    obligations: {max_rows: -1}", "rules[0].obligations.max_rows must be at least 0."),
        (RULE + "    obligations: {max_rows: 1.5}", "rules[0].obligations.max_rows must be a whole number, not 1.5."),
        ("version: 1\nobligations: [{id: x}]", "line 2: obligations[0] needs redact, max_rows or audit."),
        (
            "version: 1\nroles: {reader: , lead: {inherits: [raeder]}}",
            "roles.lead.inherits[0] is not a role of this file; did you mean reader?",
        ),
        ("version: 1\nroles:\n  a: {inherits: [b]}\n  b: {inherits: [a]}", "line 3: roles.a.inherits leads back to"),
        ("version: 1\nroles: {a: {scopes: [all]}}", "roles.a.scopes[0] must be a scope such as db:read"),
        ("version: 1\nroles: {a: {scopes: ['*']}}", "roles.a.scopes[0] must be a scope such as db:read"),
        ("version: 1\nbind: [{match: {}, roles: [a]}]", "bind[0].match must not be empty"),
        ("version: 1\nbind: [{match: {stdio: true}}]", "bind[0] needs roles or tenant."),
        ("version: 1\nbind: [{match: {stdio: true}, roles: [a]}]", "bind[0].roles[0] is not a role of this file."),
        ("version: 1\nbind: [{match: {stdio: true}, tenant: a}]", "bind[0].tenant is not a tenant of this file."),
        (
            "version: 1\nroles: {a: }\nbind: [{match: {subject: {same_as: arguments.x}}, roles: [a]}]",
            "bind[0].match must not look at arguments",
        ),
        ("version: 1\ntenants: {a: {keys: [k]}, b: {keys: [k]}}", "tenants.b.keys[0] names a key that is a's already."),
        ("version: 1\nlimits: [{id: a, rate: fast}]", "limits[0].rate must be a rate such as 60/m"),
        ("version: 1\nlimits: [{id: a}]", "limits[0] needs rate or per_day."),
        (
            "version: 1\nlimits: [{id: a, rate: 5/m, tenants: [x]}]",
            "limits[0].tenants[0] is not a tenant of this file.",
        ),
        ("version: 1\nlimits:\n  - {id: a, rate: 5/m}\n  - {id: a, per_day: 5}", "limits has the id a twice"),
    ],
)
def test_faults_name_line_and_path(text: str, fault: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Policy.parse(text.encode())
    assert any(fault in told for told in refused.value.faults), refused.value.faults
    for told in refused.value.faults:
        assert re.match(r"policy\.yaml line \d+: .*[.?]$", told), told
        assert "\n" not in told


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = b"version: 3\nrules:\n  - id: a\n    effect: alow\n    actions: []\nextra: 1\n"
    with pytest.raises(ConfigurationError) as refused:
        Policy.parse(text)
    assert [told.split(":")[0] for told in refused.value.faults] == [
        f"policy.yaml line {line}" for line in (1, 4, 5, 6)
    ]


def test_thousands_of_faults_are_not_all_told() -> None:
    text = "version: 1\nrules:\n" + "  - {id: a, effect: x}\n" * 4_000
    with pytest.raises(ConfigurationError) as refused:
        Policy.parse(text.encode())
    assert len(refused.value.faults) == 50


@pytest.mark.parametrize(
    ("pattern", "action", "covered"),
    [
        ("*", "resource:a://b/c", True),
        ("**", "tool:x", True),
        ("tool:*", "tool:x", True),
        ("tool:*", "tool:x/y", False),
        ("tool:*", "prompt:x", False),
        ("tool:a*b", "tool:ab", True),
        ("tool:a*b", "tool:a/b", False),
        ("tool:a?b", "tool:a/b", False),
        ("tool:{a,b}", "tool:a", False),
        ("tool:.*", "tool:x", False),
        ("tool:a.c", "tool:abc", False),
        ("tool:a\\*", "tool:a*", False),
        ("resource:a://**/x", "resource:a://b/c/x", True),
        ("resource:a://*/x", "resource:a://b/c/x", False),
        ("resource:a://***", "resource:a://b/c", True),
    ],
)
def test_globs(pattern: str, action: str, covered: bool) -> None:
    assert Glob(pattern).matches(action) is covered


def test_a_glob_of_many_stars_is_judged_in_time_proportional_to_the_text() -> None:
    assert not Glob("resource:" + "**a" * 60).matches("resource:" + "a" * 20_000 + "b")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+b", "(.*)*x", "(a?){50}a{50}"])
def test_patterns_that_choke_others_are_judged_in_time_proportional_to_the_text(pattern: str) -> None:
    rule = f"{{id: a, effect: allow, actions: ['*'], when: {{arguments: {{x: {{matches: '{pattern}'}}}}}}}}"
    policy = Policy.parse(f"version: 1\nrules: [{rule}]".encode())
    person = Principal("ann", "oauth")
    assert policy.decide(person, Request("tool:q", {"x": "a" * 150_000 + "!"})).rule_ids == ()
    too_long = policy.decide(person, Request("tool:q", {"x": "a" * 300_000}))
    assert (too_long.effect, too_long.rule_ids) == ("deny", ("a",))
