from wushe.policies.actions.calendar import set_holiday
from wushe.policies.actions.loading import load_folder, load_pack

__all__ = ["load_folder", "load_pack", "set_holiday"]
