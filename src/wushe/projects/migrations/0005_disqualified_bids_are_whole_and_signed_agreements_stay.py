import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION projects_signed_agreement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.purchaser_signed_at IS NOT NULL AND OLD.agency_signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed agreement changes by amendment alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_signed_agreement_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_signed_agreement_stays
    BEFORE UPDATE OF purchaser_id, agency_id, starts_on, content, purchaser_signed_by_id, purchaser_signed_at,
        agency_signed_by_id, agency_signed_at ON projects_agreement
    FOR EACH ROW EXECUTE FUNCTION projects_signed_agreement_stays();
"""
BACKWARD = """
DROP TRIGGER projects_signed_agreement_stays ON projects_agreement;
DROP FUNCTION projects_signed_agreement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0004_list_by_last_change"),
    ]

    operations = [
        migrations.RenameField("bid", "disqualified", "disqualify_reason"),
        migrations.AddField("bid", "disqualify_ground", models.CharField(blank=True, max_length=60)),
        migrations.AddField("bid", "disqualified_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "bid",
            "disqualified_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            "bid",
            models.CheckConstraint(
                condition=models.Q(disqualified_at__isnull=True, disqualified_by__isnull=True, disqualify_ground="", disqualify_reason="")
                | (
                    models.Q(disqualified_at__isnull=False, disqualified_by__isnull=False, opened_at__isnull=False)
                    & ~models.Q(disqualify_ground="")
                    & ~models.Q(disqualify_reason="")
                ),
                name="projects_disqualification_is_whole",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
