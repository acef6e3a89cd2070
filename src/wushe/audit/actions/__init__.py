from wushe.audit.actions.recording import record

__all__ = ["record"]
