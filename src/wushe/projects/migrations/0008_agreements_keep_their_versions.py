from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION projects_agreement_versions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of an agreement stays as it was drawn up'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_agreement_versions_stay';
END $$;
CREATE TRIGGER projects_agreement_versions_stay BEFORE UPDATE OR DELETE ON projects_agreementversion
    FOR EACH ROW EXECUTE FUNCTION projects_agreement_versions_stay();

CREATE FUNCTION projects_last_tranche_waits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last text;
BEGIN
    SELECT t.trigger INTO last FROM projects_tranche t WHERE t.agreement_id = NEW.agreement_id ORDER BY t.number DESC LIMIT 1;
    IF last IS DISTINCT FROM 'final_pass' THEN
        RAISE EXCEPTION 'the last tranche of agreement % does not wait for acceptance', NEW.agreement_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_last_tranche_waits';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_last_tranche_waits AFTER INSERT ON projects_tranche
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_last_tranche_waits();
"""
BACKWARD = """
DROP TRIGGER projects_last_tranche_waits ON projects_tranche;
DROP FUNCTION projects_last_tranche_waits();
DROP TRIGGER projects_agreement_versions_stay ON projects_agreementversion;
DROP FUNCTION projects_agreement_versions_stay();
"""
# what every agreement said before clauses were data
FORMER_CLAUSES = [
    {
        "chapter": "supervision",
        "zh": "甲方按公布的清单开展中期督导，不合格的暂缓拨付下一期款项，复查合格后恢复。服务完成后由独立第三方评估，听取服务对象意见，由甲方验收。",
        "en": "Party A supervises the delivery at mid-term by the published checklist; a failing result holds the next tranche back until the second look. After delivery an independent third party evaluates, the service users are heard, and Party A accepts.",
    },
    {
        "chapter": "breach",
        "zh": "乙方不得转包。违约方应在限期内改正并承担损失；复查仍不合格的，甲方可以解除协议。",
        "en": "Party B does not subcontract the service. Who breaks the agreement mends it within the set time and bears the loss; Party A may end the agreement when the second look fails.",
    },
]


def keep_what_was_signed(apps, schema_editor):
    """Every agreement so far becomes its own first version, with the terms that it had before its amendments."""
    del schema_editor
    versions = apps.get_model("projects", "AgreementVersion").objects
    for row in apps.get_model("projects", "Agreement").objects.select_related("purchaser", "agency"):
        changes = [each.changes for each in row.amendments.order_by("sequence") if each.purchaser_signed_at and each.agency_signed_at]
        price = next((change["price"][0] for change in changes if "price" in change), str(row.price))
        ends_on = next((change["ends_on"][0] for change in changes if "ends_on" in change), row.ends_on.isoformat())
        tranches = list(row.tranches.order_by("number"))
        tranches[-1].amount -= row.price - Decimal(price)
        versions.create(
            agreement=row,
            version=1,
            content={**row.content, "clauses": FORMER_CLAUSES},
            terms={
                "purchaser": row.purchaser.name,
                "agency": row.agency.name,
                "uscc": row.agency.uscc,
                "price": price,
                "starts_on": row.starts_on.isoformat(),
                "ends_on": ends_on,
                "tranches": [
                    {"number": each.number, "percent": str(each.percent), "amount": str(each.amount), "trigger": each.trigger}
                    for each in tranches
                ],
            },
            drawn_up_by=row.drawn_up_by,
            drawn_up_at=row.drawn_up_at,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_papers_of_a_notice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("terms", models.JSONField()),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("voided", models.JSONField(default=list)),
                ("drawn_up_at", models.DateTimeField()),
            ],
            options={
                "db_table": "projects_agreementversion",
            },
        ),
        migrations.AddField(
            model_name="amendment",
            name="withdraw_reason",
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="amendment",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="amendment",
            name="withdrawn_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdraw_reason", ""), ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("purchaser_signed_at__isnull", True), ("agency_signed_at__isnull", True), _connector="OR"),
                        models.Q(("withdraw_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="projects_withdrawn_amendment_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="agreement",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="projects.agreement"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="drawn_up_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(fields=("agreement", "version"), name="projects_agreement_versions_are_counted"),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="projects_agreement_redrawn_with_a_reason",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(keep_what_was_signed, migrations.RunPython.noop),
    ]
