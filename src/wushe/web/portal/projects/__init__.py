"""What everyone may see of projects and tenders."""
