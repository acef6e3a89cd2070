"""Residents answer a survey by the link or QR code of their invitation."""
