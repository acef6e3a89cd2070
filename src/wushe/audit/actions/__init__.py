from wushe.audit.actions.exporting import record_export
from wushe.audit.actions.recording import record

__all__ = ["record", "record_export"]
