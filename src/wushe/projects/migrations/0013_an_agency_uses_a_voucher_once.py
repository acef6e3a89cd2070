import django.db.models.deletion
from django.db import migrations, models

# What was accepted stays as it is; where one number stands on several living expenses of an agency, the first is the one that holds it.
AGENCIES = """
UPDATE projects_expense SET agency_id = projects_agreement.agency_id
FROM projects_agreement WHERE projects_agreement.project_id = projects_expense.project_id;
UPDATE projects_expense SET voucher_repeated = true
WHERE reversed_at IS NULL AND EXISTS (
    SELECT FROM projects_expense AS earlier
    WHERE earlier.agency_id = projects_expense.agency_id AND earlier.voucher_no = projects_expense.voucher_no
    AND earlier.reversed_at IS NULL AND earlier.id < projects_expense.id
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0015_withdrawn_peer_reviews"),
        ("projects", "0012_released_experts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="expense",
            name="projects_voucher_is_used_once",
        ),
        migrations.AddField(
            model_name="expense",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="expense",
            name="voucher_repeated",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(AGENCIES, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="expense",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="expense",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reversed_at__isnull", True), ("voucher_repeated", False)),
                fields=("agency", "voucher_no"),
                name="projects_an_agency_uses_a_voucher_once",
            ),
        ),
    ]
