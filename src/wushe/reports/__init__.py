"""Floor 16: what is published: OCDS releases of every step of a project."""
