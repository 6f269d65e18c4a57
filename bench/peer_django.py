"""django-import-export doing the same sheet, on SQLite: the peer that we are measured against.

    python bench/peer_django.py preview|commit FILE.xlsx [--tuned]

prints {"seconds", "cpu_seconds", "peak_mb", "rows", "ready", "rejected", "posted", "amount", "mode"}. The
clock runs from the bytes of the file to the result; starting Python, Django and the tables is not counted.
`preview` is the dry run that its admin shows before the confirmation, `commit` is the import itself, which
reads the file again.

As documented (the default): a ModelResource with its default settings and foreign keys by code: a query for
each code, a save for each row, the diff report that the preview shows. Tuned (`--tuned`): what its manual
advises for large files, at the cost of that report: `use_bulk` with batches of 1,000, `skip_diff`,
`force_init_instance`, CachedForeignKeyWidget.

In both, each row is checked by the model's own field rules, and for uniqueness in memory. That is in the
peer's favour: `clean_model_instances`, its own way, costs three more queries for each row. The widgets turn
an unknown code and a wrong number into invalid rows; out of the box these are errors, for which it would
roll back every row, so that it could not do this partial import at all. It is not asked whether a customer
belongs to the location, nor for suggestions, nor to keep the draft.
"""

import argparse
import json
import resource as process
import sys
import tempfile
import time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.workbooks import LOCATIONS, customers

FOLDER = tempfile.TemporaryDirectory(prefix="peer-")
settings.configure(
    INSTALLED_APPS=["import_export"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(FOLDER.name) / "peer.sqlite3")}
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.core.exceptions import ObjectDoesNotExist, ValidationError  # noqa: E402
from django.core.validators import MinValueValidator  # noqa: E402
from django.db import connection, models  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from import_export.formats.base_formats import XLSX  # noqa: E402

APP = "import_export"  # models must belong to an installed application; this script is none


class Location(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        app_label = APP


class Customer(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    class Meta:
        app_label = APP


class Credit(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    number = models.CharField(max_length=20, blank=True)
    date = models.DateField()
    amount = models.DecimalField(
        max_digits=12, decimal_places=3, validators=[MinValueValidator(Decimal("0.001"))]
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT)
    comments = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = APP
        constraints = (models.UniqueConstraint(fields=("customer", "number"), name="once"),)


class _Explained:
    """A foreign key by code whose unknown code makes an invalid row instead of an error of the import."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        try:
            return super().clean(value, row, **options)  # type: ignore[misc]
        except ObjectDoesNotExist:
            raise ValueError(f"“{value}” is not known") from None


class ByCode(_Explained, widgets.ForeignKeyWidget):
    pass


class ActiveByCode(ByCode):
    def get_queryset(self, value: Any, row: Any, *args: Any, **options: Any) -> Any:
        return self.model.objects.filter(active=True)


class CachedByCode(_Explained, widgets.CachedForeignKeyWidget):
    pass


class CachedActiveByCode(CachedByCode):
    def get_queryset(self, value: Any, row: Any, *args: Any, **options: Any) -> Any:
        return self.model.objects.filter(active=True)


class Amount(widgets.DecimalWidget):
    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        try:
            return super().clean(value, row, **options)
        except InvalidOperation:
            raise ValueError(f"“{value}” is not a number") from None


class CreditResource(resources.ModelResource):
    customer = fields.Field("customer", "Customer Code", ActiveByCode(Customer, "code"))
    number = fields.Field("number", "Credit #")
    date = fields.Field("date", "Credit Date", widgets.DateWidget("%Y-%m-%d"))
    amount = fields.Field("amount", "Credit Balance", Amount())
    location = fields.Field("location", "Location Code", ByCode(Location, "code"))
    comments = fields.Field("comments", "Comments", widgets.CharWidget())

    class Meta:
        model = Credit
        fields = ("id", "customer", "number", "date", "amount", "location", "comments")

    def before_import(self, dataset: Any, **options: Any) -> None:
        self.taken = set(Credit.objects.values_list("customer_id", "number"))

    def validate_instance(
        self, instance: Credit, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        instance.clean_fields(exclude={*errors, "customer", "location"})
        if instance.customer_id is None or instance.location_id is None or errors:
            raise ValidationError(errors or "A code is missing.")
        if (instance.customer_id, instance.number) in self.taken:
            raise ValidationError("This credit number already stands in the sheet.")
        self.taken.add((instance.customer_id, instance.number))


class TunedCreditResource(CreditResource):
    customer = fields.Field("customer", "Customer Code", CachedActiveByCode(Customer, "code"))
    location = fields.Field("location", "Location Code", CachedByCode(Location, "code"))

    class Meta(CreditResource.Meta):
        force_init_instance = True
        skip_diff = True
        use_bulk = True


def prepare() -> None:
    """The tables and the reference data."""
    with connection.schema_editor() as editor:
        for model in (Location, Customer, Credit):
            editor.create_model(model)
    Location.objects.bulk_create(Location(code=code, name=name) for code, name in LOCATIONS)
    Customer.objects.bulk_create(
        Customer(code=customer.code, name=customer.name, active=customer.active) for customer in customers()
    )


def measure(step: str, content: bytes, *, tuned: bool) -> dict[str, Any]:
    """One preview or one commit of the file, measured."""
    started, started_cpu = time.perf_counter(), time.process_time()
    dataset = XLSX().create_dataset(content)
    credits = TunedCreditResource() if tuned else CreditResource()
    result = credits.import_data(dataset, dry_run=step == "preview")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
    if result.has_errors():
        first = next(row for row in result.rows if row.errors)
        raise SystemExit(f"The peer failed: {first.errors[0].error!r}")
    posted = Credit.objects.aggregate(rows=models.Count("id"), amount=models.Sum("amount"))
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "peak_mb": round(process.getrusage(process.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "rows": len(dataset),
        "ready": len(dataset) - len(result.invalid_rows),
        "rejected": len(result.invalid_rows),
        "posted": posted["rows"],
        "amount": f"{posted['amount'] or 0:.3f}",
        "mode": "tuned" if tuned else "as documented",
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("step", choices=("preview", "commit"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--tuned", action="store_true", help="its settings for large files")
    given = parser.parse_args()
    prepare()
    print(json.dumps(measure(given.step, given.file.read_bytes(), tuned=given.tuned)))


if __name__ == "__main__":
    main()
