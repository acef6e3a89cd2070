"""Settings, URLs, roles and event wiring: what ties the floors together."""
