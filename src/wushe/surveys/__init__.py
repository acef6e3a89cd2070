"""Floor 6: residents' answers by link, QR code or paper, without an account and without a name."""
