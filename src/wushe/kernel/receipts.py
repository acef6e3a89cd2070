"""Codes that people without an account take away: they follow from the form's own token and the key, and only their keyed hash is kept."""

import hashlib
from uuid import UUID

from wushe.kernel.encryption import blind_index

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def receipt_code(submission: UUID, *, context: str) -> str:
    """The code of a form; a form sent twice shows one code."""
    number = int.from_bytes(hashlib.sha256(blind_index(submission.hex, context=context).encode()).digest())
    digits = []
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


def clean_code(code: str) -> str:
    """The code from how people type it: with spaces, a hyphen or small letters."""
    return "".join(code.upper().split()).replace("-", "")


def spaced_code(code: str) -> str:
    """The code as it is easy to copy: in two halves."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"
