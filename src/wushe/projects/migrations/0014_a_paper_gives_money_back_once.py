import django.db.models.deletion
from django.db import migrations, models

# What was accepted stays as it is; where one number stands on several living refunds, the first is the one that holds it.
AGENCIES = """
UPDATE projects_refund SET agency_id = projects_agreement.agency_id
FROM projects_agreement WHERE projects_agreement.project_id = projects_refund.project_id;
UPDATE projects_refund SET voucher_repeated = true
WHERE refuse_reason = '' AND EXISTS (
    SELECT FROM projects_refund AS earlier
    WHERE earlier.agency_id = projects_refund.agency_id AND earlier.source_id = projects_refund.source_id
    AND earlier.voucher_no = projects_refund.voucher_no AND earlier.refuse_reason = '' AND earlier.id < projects_refund.id
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0015_withdrawn_peer_reviews"),
        ("projects", "0013_an_agency_uses_a_voucher_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="refund",
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
            model_name="refund",
            name="voucher_repeated",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(AGENCIES, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="refund",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.UniqueConstraint(
                condition=models.Q(("refuse_reason", ""), ("voucher_repeated", False)),
                fields=("agency", "source", "voucher_no"),
                name="projects_a_paper_gives_money_back_once",
            ),
        ),
    ]
