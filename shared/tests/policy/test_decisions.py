"""What a policy decides, as a table: each row is rules, a call, and the effect with the rules that made it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.policy.decision import Obligations, Request
from mcp_chassis.policy.policy import Policy

HEAD = """
version: 1
roles:
  reader: {scopes: [db:read]}
  analyst: {inherits: [reader], scopes: [db:sql]}
  lead: {inherits: [analyst]}
bind:
  - match: {stdio: true}
    roles: [reader]
  - match: {claims: {groups: analysts}}
    roles: [analyst]
  - match: {claims: {realm.roles: {in: [boss, chief]}}}
    roles: [lead]
  - match: {auth_method: api-key, client_id: {prefix: "spiffe://acme/"}}
    roles: [reader]
  - match: {key: nightly}
    roles: [analyst]
"""
NOON = datetime.fromisoformat("2026-11-20T12:00:00+01:00").timestamp()  # a Friday, 11:00 in UTC
ANALYST = Principal(
    "ann",
    "oauth",
    issuer="https://id.example",
    client_id="desk",
    claims={"groups": ["staff", "analysts"], "department": "sales", "level": 3, "regions": ["NO", "SE"], "n": None},
    authenticated_at=NOON - 600,
)
AGENT = Principal("ann", "oauth", client_id="agent", actor="robot", claims={"groups": ["analysts"]})
BOSS = Principal("eve", "oauth", claims={"realm": {"roles": ["boss"]}})
NOBODY = Principal("zoe", "oauth", claims={"groups": "strangers"})
LOCAL = Principal("local:me", "local")
KEY = Principal("key:nightly", "api-key", credential="k1")
OTHER_KEY = Principal("key:daily", "api-key", credential="k2")
WORKLOAD = Principal("x", "api-key", client_id="spiffe://acme/billing")
FOREIGN_WORKLOAD = Principal("x", "api-key", client_id="spiffe://acme.evil/billing")


def rule(effect: str, when: str = "", actions: str = '"tool:*"', rule_id: str = "r") -> str:
    condition = f"\n    when: {when}" if when else ""
    return f"  - id: {rule_id}\n    effect: {effect}\n    actions: [{actions}]{condition}\n"


def allow(when: str = "", actions: str = '"tool:*"', rule_id: str = "a") -> str:
    return rule("allow", when, actions, rule_id)


def deny(when: str = "", actions: str = '"tool:*"', rule_id: str = "d") -> str:
    return rule("deny", when, actions, rule_id)


def approve(when: str = "", rule_id: str = "p") -> str:
    return rule("approve", when, rule_id=rule_id)


def decide(
    rules: str,
    principal: Principal = ANALYST,
    action: str = "tool:query",
    arguments: dict[str, Any] | None = None,
    classes: frozenset[str] = frozenset(),
    at: float = NOON,
) -> tuple[str, tuple[str, ...]]:
    policy = Policy.parse(f"{HEAD}rules:\n{rules}".encode())
    decision = policy.decide(policy.bind(principal), Request(action, arguments or {}, classes, at))
    return decision.effect, decision.rule_ids


ALLOWED, NOTHING, DENIED = ("allow", ("a",)), ("deny", ()), ("deny", ("d",))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (" []", NOTHING),  # nothing is allowed that no rule allows
        (allow(), ALLOWED),
        (allow() + deny(), DENIED),  # deny wins, wherever it stands
        (deny() + allow(), DENIED),
        (approve() + deny(), DENIED),
        (approve() + allow(), ("approve", ("p",))),  # of those that grant, the first decides
        (allow() + approve(), ALLOWED),
        (allow("{arguments: {x: 1}}", rule_id="b") + allow(), ALLOWED),
        (allow(actions='"tool:other"'), NOTHING),
        (allow(actions='"*"'), ALLOWED),
        (allow(actions='"prompt:*", "tool:query"'), ALLOWED),
        (allow(actions='"tool:que*"'), ALLOWED),
        (allow(actions='"tool:quer?"'), ALLOWED),
        (allow(actions='"tool:[a-z]*"'), NOTHING),  # brackets are brackets
        (allow(actions='"tool:QUERY"'), NOTHING),
        (allow(actions='"tool:query "'), NOTHING),
        (allow("{principal: {roles: [reader]}}"), ALLOWED),  # inherited
        (allow("{principal: {roles: [lead, reader]}}"), ALLOWED),
        (allow("{principal: {roles: [lead]}}"), NOTHING),
        (allow("{principal: {not_roles: [lead]}}"), ALLOWED),
        (allow("{principal: {not_roles: [reader]}}"), NOTHING),
    ],
)
def test_effects_actions_and_roles(rules: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert decide(rules) == expected


@pytest.mark.parametrize(
    ("when", "principal", "holds"),
    [
        ("{principal: {subject: ann}}", ANALYST, True),
        ("{principal: {subject: [ann, bob]}}", ANALYST, True),
        ("{principal: {subject: {matches: 'an+'}}}", ANALYST, True),
        ("{principal: {subject: {matches: 'n'}}}", ANALYST, False),  # the whole value
        ("{principal: {issuer: 'https://id.example'}}", ANALYST, True),
        ("{principal: {issuer: 'https://id.example'}}", KEY, False),
        ("{principal: {client_id: {not: {eq: desk}}}}", ANALYST, False),
        ("{principal: {auth_method: [oauth, api-key]}}", ANALYST, True),
        ("{principal: {auth_method: local}}", ANALYST, False),
        ("{principal: {actor: {exists: false}}}", ANALYST, True),
        ("{principal: {actor: {exists: false}}}", AGENT, False),  # an agent is told from the person
        ("{principal: {actor: robot}}", AGENT, True),
        ("{principal: {tenant: default}}", ANALYST, True),
        ("{principal: {tenant: {not: {eq: default}}}}", ANALYST, False),
        ("{principal: {key: nightly}}", KEY, True),
        ("{principal: {key: nightly}}", OTHER_KEY, False),
        ("{principal: {key: ann}}", ANALYST, False),  # a subject is not a key
        ("{principal: {claims: {groups: analysts}}}", ANALYST, True),
        ("{principal: {claims: {groups: {not: {eq: staff}}}}}", ANALYST, False),  # none of them may be
        ("{principal: {claims: {groups: analysts}}}", NOBODY, False),
        ("{principal: {claims: {groups: {prefix: strang}}}}", NOBODY, True),
        ("{principal: {claims: {realm.roles: boss}}}", BOSS, True),
        ("{principal: {claims: {level: {gte: 3}}}}", ANALYST, True),
        ("{principal: {claims: {level: {gt: 3}}}}", ANALYST, False),
        ("{principal: {claims: {level: '3'}}}", ANALYST, False),  # text is not a number
        ("{principal: {claims: {n: {exists: true}}}}", ANALYST, False),  # null is not there
        ("{principal: {claims: {missing: {not: {eq: x}}}}}", ANALYST, True),
        ("{principal: {max_auth_age: 15m}}", ANALYST, True),
        ("{principal: {max_auth_age: 5m}}", ANALYST, False),
        ("{principal: {max_auth_age: 15m}}", AGENT, False),  # when is not known
        ("{principal: {auth_older_than: 5m}}", ANALYST, True),
        ("{principal: {auth_older_than: 15m}}", ANALYST, False),
        ("{principal: {auth_older_than: 15m}}", AGENT, True),
        ("{time: {hours: '08:00-18:00', timezone: Europe/Oslo}}", ANALYST, True),
        ("{time: {hours: '11:30-18:00', timezone: Europe/Oslo}}", ANALYST, True),
        ("{time: {hours: '11:30-18:00'}}", ANALYST, False),  # in UTC it is eleven
        ("{time: {hours: '22:00-06:00'}}", ANALYST, False),
        ("{time: {hours: '22:00-11:01'}}", ANALYST, True),  # over midnight
        ("{time: {days: [fri]}}", ANALYST, True),
        ("{time: {days: [sat, sun]}}", ANALYST, False),
        ("{time: {days: [fri], hours: '00:00-24:00'}, principal: {subject: bob}}", ANALYST, False),
    ],
)
def test_conditions_on_the_principal_and_the_time(when: str, principal: Principal, holds: bool) -> None:
    assert decide(allow(when), principal) == (ALLOWED if holds else NOTHING)
    assert decide(allow() + deny(when), principal) == (DENIED if holds else ALLOWED)


@pytest.mark.parametrize(
    ("principal", "roles"),
    [
        (LOCAL, {"reader"}),
        (ANALYST, {"reader", "analyst"}),
        (BOSS, {"reader", "analyst", "lead"}),
        (NOBODY, set()),
        (KEY, {"reader", "analyst"}),
        (OTHER_KEY, set()),
        (WORKLOAD, {"reader"}),
        (FOREIGN_WORKLOAD, set()),
    ],
)
def test_who_has_which_roles(principal: Principal, roles: set[str]) -> None:
    policy = Policy.parse(HEAD.encode())
    bound = policy.bind(principal)
    assert bound.roles == roles
    assert bound.scopes == ({"db:read"} if "reader" in roles else set()) | ({"db:sql"} if "analyst" in roles else set())
    assert (bound.subject, bound.tenant) == (principal.subject, "default")


@pytest.mark.parametrize(
    ("test", "value", "allowed", "denied"),
    [
        # test, the argument x, whether a rule that allows holds, whether one that denies does
        ("a", "a", True, True),
        ("a", "b", False, False),
        ("{eq: a}", "A", False, False),
        ("{eq: 1}", 1.0, True, True),
        ("{eq: 1}", True, False, False),  # true is not 1
        ("{eq: true}", 1, False, False),
        ("{eq: '1'}", 1, False, False),
        ("{eq: null}", None, True, True),
        ("{eq: no}", "no", True, True),  # `no` is text, as in YAML 1.2
        ("{eq: [a, b]}", ["a", "b"], True, True),
        ("{eq: [a, b]}", ["b", "a"], False, False),
        ("{eq: {k: 1}}", {"k": 1.0}, True, True),
        ("[a, 2]", 2, True, True),
        ("[a, 2]", "2", False, False),
        ("{in: [1, 2.5]}", 2.5, True, True),
        ("{lte: 100}", 100, True, True),
        ("{lte: 100}", 100.5, False, False),
        ("{lt: 100, gt: 10}", 50, True, True),
        ("{lt: 100, gt: 10}", 5, False, False),
        ("{gte: 1}", None, False, False),  # null is not there
        ("{gte: 1}", "5", "error", "error"),  # an error in a rule is a deny
        ("{gte: 1}", True, "error", "error"),
        ("{gte: 1}", {"a": 1}, "error", "error"),
        ("{lte: 100}", [1, 2, 3], True, True),
        ("{lte: 100}", [1, 200], False, True),  # all items may, any item must not
        ("{lte: 100}", [], False, False),  # nothing to judge is nothing to allow
        ("{lte: 100}", [[1], [2, 300]], False, True),
        ("{lte: 100}", [1, "x"], "error", True),  # an item that denies is found before the one that cannot be judged
        ("{matches: '[a-z]+'}", "abc", True, True),
        ("{matches: '[a-z]+'}", "abc1", False, False),
        ("{matches: '.*secret.*'}", "a\nsecret\nb", True, True),  # a line end is no way around
        ("{matches: 'a'}", 1, "error", "error"),
        ("{prefix: ab}", "abc", True, True),
        ("{prefix: ab}", "Abc", False, False),
        ("{under_path: /srv/data}", "/srv/data", True, True),
        ("{under_path: /srv/data}", "/srv/data/x/y", True, True),
        ("{under_path: /srv/data}", "/srv/data2", False, False),
        ("{under_path: /srv/data}", "/srv/data/../secret", False, False),
        ("{under_path: /srv/data}", "/srv/./data//x", True, True),
        ("{under_path: /srv/data}", "//srv/data/x", True, True),
        ("{under_path: /srv/data}", "data/x", False, "error"),  # a relative path may be anywhere
        ("{under_path: data}", "data/x", True, True),
        ("{under_path: data}", "../data/x", False, False),
        ("{under_path: .}", "x/../..", False, False),
        ("{under_path: /srv}", "/srv/\0", "error", "error"),
        ("{exists: true}", 0, True, True),
        ("{exists: true}", None, False, False),
        ("{exists: false}", None, True, True),
        ("{not: {in: [a]}}", "b", True, True),
        ("{not: {in: [a]}}", ["b", "a"], False, True),
        ("{not: {in: [a]}}", None, True, True),
        ("{not: {under_path: /srv}}", "/etc/passwd", True, True),
        ("{not: {under_path: /srv}}", "x", "error", "error"),
        ("{same_as: principal.subject}", "ann", True, True),
        ("{same_as: principal.subject}", "bob", False, False),
        ("{same_as: principal.claims.regions}", "SE", True, True),
        ("{same_as: principal.claims.regions}", ["NO", "FI"], False, True),
        ("{same_as: principal.actor}", None, False, False),  # two that are not there are not the same
        ("{not: {same_as: principal.actor}}", "x", "error", "error"),
        ("{same_as: arguments.y}", "why", True, True),
    ],
)
def test_conditions_on_arguments(test: str, value: Any, allowed: bool | str, denied: bool | str) -> None:
    when = f"{{arguments: {{x: {test}}}}}"
    arguments = {"x": value, "y": "why"}
    granted = {True: ALLOWED, False: NOTHING, "error": ("deny", ("a",))}
    refused = {True: DENIED, False: ALLOWED, "error": DENIED}
    assert decide(allow(when), arguments=arguments) == granted[allowed]
    assert decide(allow() + deny(when), arguments=arguments) == refused[denied]


@pytest.mark.parametrize(
    ("path", "arguments", "holds"),
    [
        ("filters.country", {"filters": {"country": "NO"}}, True),
        ("filters.country", {"filters": {"country": ["NO"]}}, True),
        ("filters.country", {"filters": "NO"}, False),
        ("filters.country", {}, False),
        ("queries.country", {"queries": [{"country": "NO"}, {"country": "NO"}]}, True),
        ("queries.country", {"queries": [{"country": "NO"}, {}]}, False),
        ("queries.country", {"queries": []}, False),
    ],
)
def test_paths_of_arguments(path: str, arguments: dict[str, Any], holds: bool) -> None:
    assert decide(allow(f"{{arguments: {{{path}: 'NO'}}}}"), arguments=arguments) == (ALLOWED if holds else NOTHING)


@pytest.mark.parametrize(
    ("when", "classes", "holds"),
    [
        ("{data_classes: [pii, phi]}", {"pii"}, True),
        ("{data_classes: [pii, phi]}", {"internal"}, False),
        ("{data_classes: [pii, phi]}", set(), False),
        ("{data_classes: {only: [public, internal]}}", {"internal"}, True),
        ("{data_classes: {only: [public, internal]}}", {"internal", "pii"}, False),
        ("{data_classes: {only: [public]}}", set(), True),  # what has no label is of no class
        ("{data_classes: {none: [cardholder]}}", {"pii"}, True),
        ("{data_classes: {any: [pii], none: [cardholder]}}", {"pii", "cardholder"}, False),
    ],
)
def test_conditions_on_data_classes(when: str, classes: set[str], holds: bool) -> None:
    assert decide(allow(when), classes=frozenset(classes)) == (ALLOWED if holds else NOTHING)
    assert decide(allow() + deny(when), classes=frozenset(classes)) == (DENIED if holds else ALLOWED)


@pytest.mark.parametrize(
    ("rules", "uri", "effect"),
    [
        (allow(actions='"resource:file://**"'), "file:///srv/a/b", "allow"),
        (allow(actions='"resource:file:///srv/*"'), "file:///srv/a", "allow"),
        (allow(actions='"resource:file:///srv/*"'), "file:///srv/a/b", "deny"),  # one star stays in its folder
        (allow(actions='"resource:file:///srv/**"'), "file:///srv/../etc/passwd", "deny"),
        (allow(actions='"resource:file:///srv/**"'), "file:///srv/%2e%2e/etc/passwd", "deny"),
        (allow(actions='"resource:file:///srv/**"'), "file:///srv/%252e%252e/etc", "deny"),
        (allow(actions='"resource:file:///srv/**"'), "file:///srv/a%20b", "allow"),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://secret"'), "note://%73ecret", "deny"),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://a/secret"'), "note://a//secret", "deny"),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://a/secret"'), "note://a/./secret", "deny"),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://a/secret"'), "note://a\\secret", "deny"),
        (allow(actions='"resource:**"'), "note://" + "%25" * 3 + "%2525252525252541", "deny"),  # encoded past reason
        (allow(actions='"resource:*"'), "note://one", "deny"),
        (allow(actions='"resource:**/x/**/y"'), "note://a/x/b/y", "allow"),
        (allow(actions='"tool:*"'), "note://one", "deny"),
    ],
)
def test_uris_are_judged_by_the_strictest_of_their_readings(rules: str, uri: str, effect: str) -> None:
    assert decide(rules, action=f"resource:{uri}")[0] == effect


TENANTS = """
version: 1
roles: {reader: {}}
tenants:
  acme: {keys: [acme-ci], actions: ["tool:query", "resource:schema://**"]}
  globex:
bind:
  - match: {auth_method: [oauth, api-key]}
    roles: [reader]
  - match: {claims: {org: acme}}
    tenant: acme
  - match: {claims: {org: globex}}
    tenant: globex
  - match: {claims: {admin: true}}
    tenant: globex
rules:
  - {id: a, effect: allow, actions: ["tool:*"], when: {principal: {roles: [reader]}}}
  - {id: g, effect: deny, actions: ["tool:drop"], when: {principal: {tenant: globex}}}
"""


@pytest.mark.parametrize(
    ("principal", "tenant", "query", "drop"),
    [
        (Principal("ann", "oauth", claims={"org": "acme"}), "acme", "allow", "deny"),
        (Principal("bob", "oauth", claims={"org": "globex"}), "globex", "allow", "deny"),
        (Principal("eve", "oauth", claims={"org": "evil"}), "default", "deny", "deny"),  # not one of the tenants
        (Principal("ann", "oauth", claims={"org": "acme", "admin": True}), "acme", "allow", "deny"),  # the first
        (Principal("key:acme-ci", "api-key"), "acme", "allow", "deny"),
        (Principal("key:acme-ci", "api-key", tenant="acme"), "acme", "allow", "deny"),
        (Principal("key:acme-ci", "api-key", tenant="globex"), "", "deny", "deny"),  # they contradict each other
        (Principal("key:x", "api-key", tenant="globex"), "globex", "allow", "deny"),
        (Principal("key:x", "api-key", tenant="evil"), "evil", "deny", "deny"),
    ],
)
def test_tenants(principal: Principal, tenant: str, query: str, drop: str) -> None:
    policy = Policy.parse(TENANTS.encode())
    bound = policy.bind(principal)
    assert bound.tenant == tenant
    effects = [policy.decide(bound, Request(f"tool:{name}", {})).effect for name in ("query", "drop")]
    assert effects == [query, drop]


def test_obligations_are_those_of_the_rule_that_decides_and_of_all_that_fit() -> None:
    policy = Policy.parse(
        b"""
version: 1
rules:
  - {id: a, effect: allow, actions: ["tool:*"], obligations: {redact: [email], max_rows: 100}}
  - {id: b, effect: allow, actions: ["tool:*"], obligations: {redact: [never]}}
obligations:
  - {id: o, actions: ["tool:query"], redact: {fields: [phone], classes: [pii]}, max_rows: 500}
  - {id: p, max_rows: 50, audit: durable, when: {data_classes: [pii]}}
"""
    )
    person = Principal("ann", "oauth")
    plain = policy.decide(person, Request("tool:other", {}))
    assert plain.obligations == Obligations(frozenset({"email"}), frozenset(), 100)
    both = policy.decide(person, Request("tool:query", {}, frozenset({"pii"})))
    assert both.obligations == Obligations(frozenset({"email", "phone"}), frozenset({"pii"}), 50, "durable")
    assert both.rule_ids == ("a", "o", "p")


def test_every_reading_of_a_uri_brings_its_obligations() -> None:
    policy = Policy.parse(
        b"""
version: 1
rules: [{id: a, effect: allow, actions: ["resource:**"]}]
obligations: [{id: o, actions: ["resource:note://staff/**"], redact: [email], max_rows: 5}]
"""
    )
    for uri in ("note://staff/ann", "note://%73taff/ann", "note://x/../staff/ann", "note://staff//ann"):
        decision = policy.decide(Principal("ann", "oauth"), Request(f"resource:{uri}", {}))
        assert decision.obligations == Obligations(frozenset({"email"}), frozenset(), 5), uri
        assert decision.rule_ids == ("a", "o")


def test_an_obligation_that_cannot_be_judged_denies() -> None:
    policy = Policy.parse(
        b"""
version: 1
rules: [{id: a, effect: allow, actions: ["tool:*"]}]
obligations: [{id: o, max_rows: 1, when: {arguments: {x: {gt: 5}}}}]
"""
    )
    person = Principal("ann", "oauth")
    assert policy.decide(person, Request("tool:q", {"x": "6"})).rule_ids == ("o",)
    assert policy.decide(person, Request("tool:q", {"x": "6"})).effect == "deny"
    assert policy.decide(person, Request("tool:q", {"x": [1, 6]})).obligations.max_rows == 1


def test_a_decision_names_the_policy_and_is_the_same_for_the_same_question() -> None:
    policy = Policy.parse(f"{HEAD}rules:\n{allow()}".encode())
    bound = policy.bind(ANALYST)
    first, second = (policy.decide(bound, Request("tool:query", {})) for _ in range(2))
    assert first == second
    assert first.policy_sha256 == policy.sha256
    assert len(policy.sha256) == 64


@pytest.mark.parametrize(
    ("rules", "listed"),
    [
        (allow(), True),
        (" []", False),
        (allow("{arguments: {x: 1}}"), True),  # it depends on the arguments
        (allow() + deny("{arguments: {x: 1}}"), True),
        (allow() + deny(), False),
        (allow("{data_classes: [pii]}"), True),  # and on what only the function knows
        (approve(), True),
        (allow("{principal: {roles: [lead]}, arguments: {x: 1}}"), False),
        (allow() + deny("{principal: {subject: ann}}"), False),
        (allow() + deny("{principal: {claims: {level: {matches: x}}}}"), False),  # an error in a rule is a deny
        (allow("{principal: {subject: {same_as: arguments.x}}}"), True),
    ],
)
def test_what_may_be_allowed_is_listed(rules: str, listed: bool) -> None:
    policy = Policy.parse(f"{HEAD}rules:\n{rules}".encode())
    assert policy.possible(policy.bind(ANALYST), Request("tool:query", None, None, NOON)) is listed


@pytest.mark.parametrize(
    ("rules", "listed"),
    [
        (allow(actions='"resource:note://one"'), True),
        (allow(actions='"resource:note://**"'), True),
        (allow(actions='"resource:file://**"'), False),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://one"'), True),
        (allow(actions='"resource:**"') + deny(actions='"resource:note://**"'), False),
        (allow(actions='"*"') + deny(actions='"*"'), False),
    ],
)
def test_a_template_is_listed_when_some_resource_of_it_may_be_read(rules: str, listed: bool) -> None:
    policy = Policy.parse(f"{HEAD}rules:\n{rules}".encode())
    request = Request("resource:note://{name}", None, None, NOON, template=True)
    assert policy.possible(policy.bind(ANALYST), request) is listed
