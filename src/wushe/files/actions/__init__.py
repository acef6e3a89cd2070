from wushe.files.actions.storing import clear_incoming, store_file

__all__ = ["clear_incoming", "store_file"]
