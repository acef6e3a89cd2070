from wushe.imports.actions.applying import apply_import, run_apply
from wushe.imports.actions.checking import check_import, run_check
from wushe.imports.actions.choosing import choose_rows
from wushe.imports.actions.opening import open_import
from wushe.imports.actions.undoing import run_undo, undo_import

__all__ = ["apply_import", "check_import", "choose_rows", "open_import", "run_apply", "run_check", "run_undo", "undo_import"]
