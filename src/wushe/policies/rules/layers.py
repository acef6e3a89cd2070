from collections.abc import Callable, Iterable, Sequence


def stacked(codes: Sequence[str], bases_of: Callable[[str], Iterable[str]]) -> list[str]:
    """The packs and everything that they build on, each once, every pack before its bases."""
    bottom_up: list[str] = []
    seen: set[str] = set()

    def visit(code: str) -> None:
        if code not in seen:
            seen.add(code)
            for base in reversed(list(bases_of(code))):
                visit(base)
            bottom_up.append(code)

    for code in reversed(codes):
        visit(code)
    return bottom_up[::-1]
