import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0011_refunds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="expert",
            name="release_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="expert",
            name="release_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="expert",
            name="release_wish",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="expert",
            name="released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="expert",
            name="released_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="expert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("release_asked_at__isnull", True), ("release_wish", "")),
                    models.Q(("release_asked_at__isnull", False), models.Q(("release_wish", ""), _negated=True)),
                    _connector="OR",
                ),
                name="projects_release_wish_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="expert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("release_reason", ""), ("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(
                        ("released_at__isnull", False), ("released_by__isnull", False), models.Q(("release_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="projects_release_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="expert",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at__isnull", True), ("locked_at__isnull", True), _connector="OR"),
                name="projects_the_released_never_lock",
            ),
        ),
    ]
