from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_writing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["game", "person", "at_ms"], name="receipt_by_person"),
        ),
    ]
