"""Groups of commands: each command is built when it is needed, and a mistyped one is refused with the nearest."""

from collections.abc import Collection, Mapping
from typing import Any

from typer.core import TyperGroup

from ledger.base.names import nearest


class LazyGroup(TyperGroup):
    """A group of the commands `names`; `meant` maps other words that people type to a command."""

    names: Collection[str] = ()
    meant: Mapping[str, str] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.names)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        typed = args[0]
        if typed not in self.names and not typed.startswith("-"):
            near = [self.meant[typed]] if typed in self.meant else nearest(typed, self.names)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"`{ctx.command_path} --help` lists the commands."
            ctx.fail(f"No such command {typed!r}. {hint}")
        return super().resolve_command(ctx, args)
