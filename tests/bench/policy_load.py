"""Policy decisions a second, with a hundred rules of which half must be looked at for every call."""

from __future__ import annotations

import re
import statistics
import time

from mcp_chassis.call import Principal
from mcp_chassis.policy.decision import Request
from mcp_chassis.policy.policy import Policy

RULES = 100
CALLS = 20_000
_HALF = RULES // 2


def hundred_rules() -> str:
    """Half of the rules deny some argument of every tool, the others allow one tool each, to a role, within a limit."""
    denies = "".join(
        f"  - {{id: d{n}, effect: deny, actions: ['tool:*'], when: {{arguments: {{table: [secret_{n}, x{n}]}}}}}}\n"
        for n in range(_HALF)
    )
    allows = "".join(
        f"  - {{id: a{n}, effect: allow, actions: ['tool:t{n}', 'resource:x://{n}/**'], when: "
        f"{{principal: {{roles: [reader]}}, arguments: {{limit: {{lte: 100}}}}}}}}\n"
        for n in range(_HALF)
    )
    head = "version: 1\nroles: {reader: }\nbind: [{match: {claims: {groups: staff}}, roles: [reader]}]\nrules:\n"
    return head + denies + allows


def measure(rounds: int = 5) -> dict[str, float]:
    """Decisions per second where half of the rules speak of every call.

    `words` are rules on words, which are looked up; `numbers` and `patterns` are tested one by one.
    """
    words = hundred_rules()
    numbers = re.sub(r"\{table: \[secret_(\d+), x\d+\]\}", r"{limit: {gt: 10\1}}", words)
    patterns = re.sub(r"\{table: \[secret_(\d+), x\d+\]\}", r"{table: {matches: 'secret_\1.*'}}", words)
    texts = {"words": words, "numbers": numbers, "patterns": patterns}
    return {name: _rate(text, rounds) for name, text in texts.items()}


def _rate(text: str, rounds: int) -> float:
    policy = Policy.parse(text.encode())
    caller = policy.bind(Principal("ann", "oauth", claims={"groups": ["staff"]}))
    requests = [
        Request(f"tool:t{n}", {"table": "cities", "limit": 50, "columns": ["name"]}, frozenset({"internal"}), 1e9)
        for n in range(_HALF)
    ]
    rates = []
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(CALLS // _HALF):
            for request in requests:
                policy.decide(caller, request)
        rates.append(CALLS / (time.perf_counter() - started))
    assert all(policy.decide(caller, request).effect == "allow" for request in requests)
    return statistics.median(rates)


if __name__ == "__main__":
    for name, rate in measure().items():
        print(f"{name}: {rate:,.0f} decisions/s with {RULES} rules")
