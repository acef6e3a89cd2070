from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0014_filings_without_a_review_or_a_report"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="peerreview",
            name="organisations_reviewed_once_a_day",
        ),
        migrations.AddField(
            model_name="peerreview",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="peerreview",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="peerreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("membership", "reviewer", "reviewed_on"),
                name="organisations_reviewed_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="peerreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_on__isnull", True)),
                    models.Q(("withdrawn_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="organisations_withdrawn_peer_review_has_reason",
            ),
        ),
    ]
