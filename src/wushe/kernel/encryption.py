"""Encryption of single fields (AES-GCM) and blind indexes (HMAC) for looking an encrypted value up."""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache(maxsize=8)
def _key(secret: str, purpose: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=purpose.encode()[:16], digest_size=32).digest()


def encrypt(text: str, *, context: str) -> bytes:
    """`text` sealed for `context` (the field's name: a value moved to another field does not open)."""
    nonce = os.urandom(NONCE_BYTES)
    key = _key(settings.FIELD_KEY, "field")
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())


def decrypt(sealed: bytes | memoryview, *, context: str) -> str:
    """The text. Raises cryptography.exceptions.InvalidTag when key or context is wrong."""
    raw = bytes(sealed)
    key = _key(settings.FIELD_KEY, "field")
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()


def blind_index(text: str, *, context: str) -> str:
    """A keyed hash (32 hex digits) under which an encrypted value can be found again."""
    key = _key(settings.FIELD_KEY, "index")
    return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]
