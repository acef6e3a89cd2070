"""The pages of the system that can be opened by their name alone."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def plain_pages() -> list[tuple[str, str]]:
    """Every page whose address needs no number, with its permission."""
    return sorted(_below(get_resolver()))


def _below(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, ":".join(filter(None, (namespace, pattern.namespace))))
        elif isinstance(pattern, URLPattern) and "<" not in f"{pattern.pattern}":
            name = ":".join(filter(None, (namespace, pattern.name)))
            yield name, getattr(pattern.callback, "wushe_permission", "")
