"""`wushe pack`: prove a policy pack and load it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from wushe.cli.installation import opened, set_up

if TYPE_CHECKING:
    from wushe.policies.errors import PackInvalid

app = typer.Typer(no_args_is_help=True, help="Policy packs · 政策包。")

Folder = Annotated[Path, typer.Argument(help="The folder of the pack; its bases lie beside it.", exists=True, file_okay=False)]


@app.command()
def check(path: Folder) -> None:
    """Validate a pack, look for contradictions, and run the tests beside it · 校验政策包。"""
    set_up()
    from wushe.policies.errors import PackInvalid
    from wushe.policies.queries import check_folder

    try:
        report = check_folder(path)
    except PackInvalid as error:
        _refuse(error)
    typer.echo(
        f"{report.pack}: {report.values} values, {report.code_lists} code lists, {report.targets} targets; {report.tests} tests passed"
    )


@app.command()
def load(path: Folder) -> None:
    """Load a pack and those on which it builds; loading it again changes nothing · 载入政策包。"""
    with opened():
        from wushe.kernel.actors import SYSTEM
        from wushe.kernel.clock import now
        from wushe.policies.actions import load_folder
        from wushe.policies.errors import PackInvalid

        try:
            packs = load_folder(folder=path, by=SYSTEM, at=now())
        except PackInvalid as error:
            _refuse(error)
    for pack in packs:
        typer.echo(f"{pack}  {pack.title}")


def _refuse(error: "PackInvalid") -> NoReturn:
    for problem in error.problems:
        typer.echo(str(problem), err=True)
    raise typer.Exit(1)
