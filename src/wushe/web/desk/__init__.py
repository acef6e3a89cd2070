"""Workbench: what people with posts see and do."""
