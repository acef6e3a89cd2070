"""Codes that a phone reads, drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str, *, scale: int = 4) -> SafeString:
    """The address as an inline SVG, for printed invitations and certificates."""
    drawing = segno.make_qr(address, error="m").svg_inline(scale=scale, border=2, title=address)
    return mark_safe(drawing)  # noqa: S308 -- drawn by the library, the title escaped by it
