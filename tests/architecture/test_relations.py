from datetime import UTC, datetime

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import CharField, DateField, Model, TextField

from tests.architecture.source import floors

AT = datetime(2026, 3, 2, tzinfo=UTC)


def package(model: type) -> str:
    return model.__module__.split(".")[1]


def test_relations_point_down():
    floor = floors()
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("wushe.")
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model.__module__.startswith("wushe.")
        if package(model) != package(field.related_model) and floor[package(field.related_model)] >= floor[package(model)]
    ]
    assert upward == []


def test_models_do_not_save_themselves():
    clever = [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model.__module__.startswith("wushe.")
        for name in ("save", "delete", "clean")
        if name in vars(model)
    ]
    assert clever == []


def test_constraints_and_indexes_are_named_after_their_app():
    nameless = [
        item.name
        for model in apps.get_models()
        if model.__module__.startswith("wushe.")
        for item in (*model._meta.constraints, *model._meta.indexes)
        if not item.name.startswith(f"{model._meta.app_label}_")
    ]
    assert nameless == []


def test_migrations_are_named_and_linear():
    loader = MigrationLoader(None)
    ours = [(app, name) for app, name in loader.disk_migrations if loader.disk_migrations[app, name].__module__.startswith("wushe.")]
    assert [f"{app}.{name}" for app, name in ours if "_auto_" in name or name.endswith("_initial")] == []
    assert loader.detect_conflicts() == {}


def filled(model: type[Model]) -> Model:
    """A row with something in every text and day, and in every relation that it must have."""
    row = model()
    for field in model._meta.concrete_fields:
        if isinstance(field, DateField):
            setattr(row, field.name, AT)
        elif isinstance(field, CharField | TextField):
            setattr(row, field.name, field.name)
        elif field.is_relation and not field.null:
            setattr(row, field.name, filled(field.related_model))
    return row


def test_every_row_has_a_name_of_its_own():
    models = [model for model in apps.get_models() if model.__module__.startswith("wushe.")]
    nameless = [model._meta.label for model in models if str(filled(model)) in {"", Model.__str__(filled(model))}]
    assert nameless == []
