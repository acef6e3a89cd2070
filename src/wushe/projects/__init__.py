"""Floor 12: from needs to an agreement: design, review, tender, award, agreement, tranches, expenses."""
