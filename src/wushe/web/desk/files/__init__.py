"""Evidence files, handed out to those whom the owner of the thing lets in."""
