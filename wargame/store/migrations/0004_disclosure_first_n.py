from django.db import migrations, models

FILL = """
UPDATE store_disclosure SET first_n = (
    SELECT MIN(told.n) FROM store_disclosure AS told
    WHERE told.game_id = store_disclosure.game_id AND told.view = store_disclosure.view
    AND told.kind = store_disclosure.kind AND told.key = store_disclosure.key
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0003_receipt_by_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="first_n",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
