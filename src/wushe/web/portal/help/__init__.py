"""The guide, readable inside the product."""
