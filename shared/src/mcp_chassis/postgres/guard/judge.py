"""The catalog part: follows every name of a statement to what it runs, and refuses what does more than read.

The judge works in rounds. Each round asks the catalog for all names at once; what it finds there (bodies of functions,
views, policies, checks) is SQL again, which names more: the next round. It ends where nothing new is named.
"""

from __future__ import annotations

from typing import Any

from mcp_chassis.postgres.guard.agenda import Agenda
from mcp_chassis.postgres.guard.functions import Functions
from mcp_chassis.postgres.guard.outside import Outside
from mcp_chassis.postgres.guard.pieces import Piece
from mcp_chassis.postgres.guard.reach import Reach
from mcp_chassis.postgres.guard.relations import Relations
from mcp_chassis.postgres.guard.types import Types
from mcp_chassis.postgres.guard.walk import reach_of


class Judge:
    """Judges one statement with the help of one agenda."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.relations = Relations(agenda)
        self.types = Types(agenda)
        self.functions = Functions(agenda, self.relations)
        self.outside = Outside(agenda, self.relations)

    async def judge(self, node: Any) -> Reach:
        """Follow one statement.

        Args:
            node: its tree.

        Returns:
            What it names itself.

        Raises:
            Denied: it does more than read, or reaches what it must not.
        """
        agenda = self.agenda
        await agenda.catalog.prepare()
        reach = reach_of([node])
        agenda.add_piece(Piece(reach), [node], outermost=True)
        await self._follow()
        return reach

    async def _follow(self) -> None:
        agenda = self.agenda
        while True:
            while agenda.pieces or agenda.functions or agenda.new_types:
                await self._round()
            await self.types.take_casts()
            self.functions.wake()
            if not (agenda.pieces or agenda.functions or agenda.new_types):
                break
        for item in agenda.apart:
            await Judge(agenda.beside(*item))._follow()

    async def _round(self) -> None:
        agenda = self.agenda
        pieces, agenda.pieces = agenda.pieces, []
        functions, agenda.functions = agenda.functions, {}
        types, agenda.new_types = agenda.new_types, {}
        await self._probe(pieces)
        await self.relations.judge(pieces)
        await self.types.judge(pieces, types)
        await self.types.judge_operators(pieces)
        await self.functions.judge(pieces, functions)
        await agenda.judge_settings()
        await self.outside.judge()
        self.functions.wake()

    async def _probe(self, pieces: list[Piece]) -> None:
        """Ask once for all names which of them users have."""
        reaches = [piece.reach for piece in pieces]
        functions = {call.name.name for reach in reaches for call in reach.functions}
        operators = {use.name.name for reach in reaches for use in reach.operators}
        types = {name.name for reach in reaches for name in reach.types}
        if functions or operators or types or any(reach.relations for reach in reaches):
            await self.agenda.catalog.probe(functions, operators, types, self.functions.is_harmless_symbol)
