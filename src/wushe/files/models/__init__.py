from wushe.files.models.file import File, MediaType

__all__ = ["File", "MediaType"]
