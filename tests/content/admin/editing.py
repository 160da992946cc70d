"""What an editor does with a form, and what comes back."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from content import models
from content.admin.history import told_differences
from content.admin.site import MODEL_OF
from content.catalogue import current_catalogue

ENTRIES = [model for model in MODEL_OF.values() if model is not models.Pack]


def form_of(row: Any) -> str:
    """The address of a row's form."""
    return reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])


def new_form(model: Any) -> str:
    """The address of an empty form."""
    return reverse(f"admin:content_{model._meta.model_name}_add")


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send if nothing were changed on the form."""
    forms = [response.context["adminform"].form]
    for parts in response.context["inline_admin_formsets"]:
        forms += [parts.formset.management_form, *parts.formset.forms]
    sent: dict[str, Any] = {"_seen": response.context.get("seen", "")}
    for form in forms:
        for field in form:
            value = field.value()
            if field.field.disabled or value is None or value is False:
                continue
            if isinstance(value, list | tuple):
                sent[field.html_name] = [getattr(each, "pk", each) for each in value]
            else:
                sent[field.html_name] = "on" if value is True else str(value)
    return sent


def edit(client: Client, row: Any, **changed: Any) -> Any:
    """Open the form, change some fields, save."""
    address = form_of(row)
    return client.post(address, {**filled(client.get(address)), **changed, "_continue": "1"})


def errors_of(response: Any) -> dict[str, list[str]]:
    """Every problem on a form by the name of its field; those above a form or a set have the prefix or nothing."""
    assert response.status_code == 200
    found: dict[str, list[str]] = {}
    forms = [response.context["adminform"].form]
    for parts in response.context["inline_admin_formsets"]:
        if parts.formset.non_form_errors():
            found[parts.formset.prefix] = list(parts.formset.non_form_errors())
        forms += parts.formset.forms
    for form in forms:
        for name, reasons in form.errors.items():
            found["" if name == "__all__" else form.add_prefix(name)] = list(reasons)
    return found


def milestone(key: str = "first-data-look") -> models.MilestoneTemplate:
    return models.MilestoneTemplate.objects.get(key=key)


def option_forms(client: Client, row: Any) -> dict[str, str]:
    """The prefix of each option's form by its id."""
    (options,) = client.get(form_of(row)).context["inline_admin_formsets"]
    return {form.instance.key: form.prefix for form in options.formset.forms if form.instance.pk}


def refused(client: Client, row: Any, **changed: Any) -> dict[str, list[str]]:
    """What is told when an edit breaks a rule; nothing may be stored."""
    digest, kept = current_catalogue().digest, {**type(row)._default_manager.filter(pk=row.pk).values()[0]}
    response = edit(client, row, **changed)
    assert current_catalogue().digest == digest
    assert type(row)._default_manager.filter(pk=row.pk).values()[0] == kept
    assert not models.Edit.objects.exists()
    page = response.context["adminform"].form
    for name, value in changed.items():
        if name in page.fields and isinstance(value, str) and value != "on":
            assert page[name].value() == value
    return errors_of(response)


def told(made: models.Edit) -> list[tuple[str, Any]]:
    return told_differences(made)
