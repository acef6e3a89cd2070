"""Django's PostgreSQL backend with two things less to ask of the server on every request."""
