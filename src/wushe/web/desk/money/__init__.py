"""The book as the finance officer sees it: sources, projects, entries, and the way of each expense."""
