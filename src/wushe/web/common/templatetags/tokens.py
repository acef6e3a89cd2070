"""`{% csrf_token %}` of every form, in the place of Django's."""

from typing import Any

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wushe.web.common.owners import OWNER, owner_mark

register = Library()
INPUT = '<input type="hidden" name="{}" value="{}">'


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """The token against forged forms, and for whom the page was made: what they type is given back to nobody else."""
    token: Any = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 -- what Django says when there is no request
        return SafeString("")
    request = context.get("request")
    mark = owner_mark(request.user) if request is not None else ""
    return format_html(INPUT, "csrfmiddlewaretoken", token) + (format_html(INPUT, OWNER, mark) if mark else SafeString(""))
