"""Static files under names that carry their content's hash, so that browsers may keep them for ever."""

from typing import Any, ClassVar

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Rewrites url() in style sheets only: packages name source maps that they do not ship."""

    patterns: ClassVar = (("*.css", (r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",)),)

    def create_compressor(self, **options: Any) -> Compressor:
        """Gzip alone: brotli takes ten seconds of a first start for a tenth of the size."""
        return Compressor(use_brotli=False, **options)
