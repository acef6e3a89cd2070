"""Finding a place: a public page that also answers the field of every form."""
