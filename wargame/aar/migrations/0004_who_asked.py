from django.db import migrations, models
from django.db.models import F


def fill(apps, schema_editor):
    """Jobs had no asker but their side; what all shared counts as the desk's. Reports are built anew, with `stands`."""
    jobs = apps.get_model("aar", "Job").objects
    jobs.exclude(side="").update(asker=F("side"))
    apps.get_model("aar", "ReportPage").objects.all().delete()
    apps.get_model("aar", "ReportJob").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("aar", "0003_study_blocks"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="asker",
            field=models.CharField(default="desk", max_length=60),
        ),
        migrations.AddField(
            model_name="reportpage",
            name="stands",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
