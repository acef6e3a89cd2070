from wushe.organisations.actions.life import deregister_organisation, record_filing, record_registration
from wushe.organisations.actions.register import NewOrganisation, Profile, register_organisation, update_organisation
from wushe.organisations.actions.sanctions import NewSanction, lift_sanction, record_sanction

__all__ = [
    "NewOrganisation",
    "NewSanction",
    "Profile",
    "deregister_organisation",
    "lift_sanction",
    "record_filing",
    "record_registration",
    "record_sanction",
    "register_organisation",
    "update_organisation",
]
