from typing import Annotated

import typer

from wushe.cli.installation import fail, opened, place_of, say

app = typer.Typer(help="People who sign in · 用户。")


@app.callback()
def user() -> None:
    """Keep `user` a group although it has one command."""


@app.command()
def create(
    username: str,
    name: Annotated[str, typer.Option(prompt="姓名 · Name")],
    password: Annotated[str, typer.Option(prompt="密码 · Password", hide_input=True, confirmation_prompt=True)],
    role: Annotated[str, typer.Option(help="A post to begin with, together with --region · 岗位角色。")] = "",
    region: Annotated[str, typer.Option(help="The code of the place of that post · 岗位所在区划代码。")] = "",
) -> None:
    """Make an account, with a post if a role is given · 新建账号。"""
    if bool(role) != bool(region):
        fail("--role 和 --region 要一起给。", "Give --role and --region together, or neither.")
    with opened():
        made = _create(username=username, name=name, password=password, role=role, region=region)
    say(f"已新建账号 {username}（{made}）", f"account {username} made")


def _create(*, username: str, name: str, password: str, role: str, region: str) -> str:
    from django.db import transaction

    from wushe.accounts.actions import appoint, create_user
    from wushe.accounts.actions.users import NewUser
    from wushe.accounts.queries import roles
    from wushe.kernel.actors import SYSTEM
    from wushe.kernel.clock import now, today

    weakness = {language: _weakness(password, language) for language in ("zh-hans", "en")}
    if weakness["en"]:
        fail(f"密码太弱。{weakness['zh-hans']}", weakness["en"])
    if role and role not in roles():
        fail(f"没有名为 {role} 的岗位。可以选：{'、'.join(roles())}。", f"There is no role {role}. Choose one of: {', '.join(roles())}.")
    place = place_of(region) if region else None
    with transaction.atomic():
        made = create_user(draft=NewUser(username=username, name=name, password=password), by=SYSTEM, at=now())
        if role:
            appoint(user=made, role=role, by=SYSTEM, at=now(), since=today(), region=place)
    return made.number


def _weakness(password: str, language: str) -> str:
    """What is wrong with a password, in a language; empty when nothing is."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    with override(language):
        try:
            validate_password(password)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""
