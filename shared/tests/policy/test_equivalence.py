"""The quick way of deciding (remembered rules, words looked up) against the plain one, on random policies and calls."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_chassis.call import Principal
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.policy.decision import Request
from mcp_chassis.policy.policy import Policy

WORDS = st.sampled_from(["a", "b", "c", ""])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(WORDS, st.integers(-2, 2), st.booleans(), st.none(), st.sampled_from([0.5, 1.0])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("xy"), inner, max_size=2)),
    max_leaves=4,
)
TESTS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        WORDS,
        st.lists(WORDS, min_size=1, max_size=3),
        st.fixed_dictionaries({"in": st.lists(st.one_of(WORDS, st.integers(-2, 2), st.booleans()), min_size=1)}),
        st.fixed_dictionaries({"lte": st.integers(-2, 2)}),
        st.fixed_dictionaries({"gt": st.sampled_from([0, 0.5])}),
        st.fixed_dictionaries({"matches": st.sampled_from(["a|b", ".*", "[^a]"])}),
        st.fixed_dictionaries({"exists": st.booleans()}),
        st.fixed_dictionaries({"eq": VALUES}),
        st.fixed_dictionaries({"same_as": st.sampled_from(["principal.subject", "arguments.y", "principal.claims.t"])}),
    ),
    lambda inner: st.fixed_dictionaries({"not": inner}),
    max_leaves=2,
)  # fmt: skip
WHEN = st.fixed_dictionaries(
    {},
    optional={
        "arguments": st.dictionaries(st.sampled_from(["x", "y", "x.y", "z"]), TESTS, min_size=1, max_size=2),
        "data_classes": st.sampled_from([["pii"], {"only": ["pii"]}, {"none": ["pii"]}]),
        "principal": st.sampled_from(
            [{"roles": ["r"]}, {"not_roles": ["r"]}, {"subject": "ann"}, {"tenant": "default"}, {"claims": {"t": "a"}}]
        ),
    },
).filter(bool)  # fmt: skip
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "effect": st.sampled_from(["allow", "deny", "approve"]),
            "actions": st.lists(st.sampled_from(["*", "tool:*", "tool:q", "tool:p"]), min_size=1, max_size=2),
        },
        optional={"when": WHEN},
    ),
    max_size=6,
)
ARGUMENTS = st.dictionaries(st.sampled_from(["x", "y", "z"]), VALUES, max_size=3)
CALLS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob"]), ARGUMENTS, st.sampled_from([frozenset(), frozenset({"pii"})]), st.booleans()
    ),
    min_size=1,
    max_size=4,
)


def plainly(policy: Policy, principal: Principal, request: Request) -> str:
    """Every rule, every condition, in order."""

    def fits(rule: Any) -> bool | None:
        if not any(glob.matches(request.action) for glob in rule.actions):
            return False
        try:  # the fixed conditions are looked at first
            conditions = sorted(rule.conditions, key=lambda condition: not condition.fixed)
            return all(condition.check(principal, request) for condition in conditions)
        except Exception:
            return None

    denies = [fits(rule) for rule in policy.file.rules if rule.effect == "deny"]
    if any(found is not False for found in denies):
        return "deny"
    for rule in policy.file.rules:
        if rule.effect != "deny" and (found := fits(rule)) is not False:
            return rule.effect if found else "deny"
    return "deny"


@settings(max_examples=300, deadline=None)
@given(rules=RULES, calls=CALLS)
def test_the_quick_way_decides_as_the_plain_one(rules: list[dict[str, Any]], calls: list[Any]) -> None:
    content = {
        "version": 1,
        "roles": {"r": {}},
        "bind": [{"match": {"subject": "ann"}, "roles": ["r"]}],
        "rules": [{"id": f"r{number}", **rule} for number, rule in enumerate(rules)],
    }
    policy = Policy.parse(json.dumps(content).encode())
    for subject, arguments, classes, team in calls:
        principal = policy.bind(Principal(subject, "oauth", claims={"t": ["a", "b"]} if team else {}))
        request = Request("tool:q", arguments, classes, 1e9)
        decision = policy.decide(principal, request)
        assert decision.effect == plainly(policy, principal, request)
        # What a list hides, no call of it may do.
        if decision.effect != "deny":
            assert policy.possible(principal, Request("tool:q", None, None, 1e9))
            assert policy.possible(principal, Request("tool:q", arguments, None, 1e9))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("latin-1"))))
def test_no_text_is_more_than_a_faulty_policy(text: str) -> None:
    for whole in (text, f"version: 1\nrules: [{text}]", f"version: 1\nrules:\n  - id: {text}"):
        with suppress(ConfigurationError):
            Policy.parse(whole.encode("utf-8", "surrogatepass"))
