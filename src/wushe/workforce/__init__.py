"""Floor 9: the people who do social work, their posts, certificates, exams and training."""
