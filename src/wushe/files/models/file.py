from django.db import models
from django.db.models import Q


class MediaType(models.TextChoices):
    """The types that we keep."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    HEIC = "image/heic"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    CSV = "text/csv"
    TEXT = "text/plain"


class File(models.Model):
    """One upload: who gave it, under which name, and the hash that leads to its bytes. Equal bytes are kept once."""

    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80, choices=MediaType)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=80)
    uploaded_by_name = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()

    class Meta:
        db_table = "files_file"
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="files_file_is_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_sha256_is_a_digest"),
        ]
        indexes = [models.Index(fields=["sha256"], name="files_by_content")]

    def __str__(self) -> str:
        return self.name
