"""How a form is drawn on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class PageRenderer(TemplatesSetting):
    """Label above, help before the mistake, the message at the field."""

    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Fields, labels and mistakes are written at once.

        As templates, one in the other, they took most of every page with a long list or with many fields.
        """
        write = WRITERS.get(template_name)
        if write is not None:
            return SafeString("".join(write(context)))
        return super().render(template_name, context, request)


# Each writes what Django's own template of that name says.


def _field(context: Mapping[str, Any]) -> Iterator[str]:
    yield from _input(context["widget"])


def _input(widget: Mapping[str, Any]) -> Iterator[str]:
    yield f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    if widget["value"] is not None:
        yield f' value="{_value(widget["value"])}"'
    yield f"{_attributes(widget['attrs'])}>"


def _textarea(context: Mapping[str, Any]) -> Iterator[str]:
    widget = context["widget"]
    # A browser leaves out the first line end, and no other.
    yield f'<textarea name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>\n'
    yield f"{_text(widget['value'] or '')}</textarea>"


def _select(context: Mapping[str, Any]) -> Iterator[str]:
    widget = context["widget"]
    yield f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>\n'
    for group, options, _number in widget["optgroups"]:
        if group:
            yield f'<optgroup label="{_text(group)}">\n'
        for option in options:
            attributes = _attributes(option["attrs"])
            yield f'<option value="{_value(option["value"])}"{attributes}>{_text(option["label"])}</option>\n'
        if group:
            yield "</optgroup>\n"
    yield "</select>"


def _boxes(context: Mapping[str, Any]) -> Iterator[str]:
    widget = context["widget"]
    own = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    yield f"<div{_attributes(own)}>"
    for group, options, _number in widget["optgroups"]:
        if group:
            yield f"<div><label>{_text(group)}</label>"
        for option in options:
            yield f"<div>{''.join(_box(option))}</div>\n"
        if group:
            yield "</div>"
    yield "</div>"


def _box(option: Mapping[str, Any]) -> Iterator[str]:
    if not option["wrap_label"]:
        yield from _input(option)
        return
    own = {"for": option["attrs"]["id"]} if option["attrs"].get("id") else {}
    yield f"<label{_attributes(own)}>"
    yield from _input(option)
    yield f" {_text(option['label'])}</label>"


def _label(context: Mapping[str, Any]) -> Iterator[str]:
    label, tag = _text(context["label"]), escape(context["tag"])
    yield f"<{tag}{_attributes(context['attrs'] or {})}>{label}</{tag}>" if context["use_tag"] else label


def _mistakes(context: Mapping[str, Any]) -> Iterator[str]:
    errors = context["errors"]
    if not errors:
        return
    own = {"class": context["error_class"], **({"id": f"{errors.field_id}_error"} if errors.field_id else {})}
    yield f"<ul{_attributes(own)}>"
    for error in errors:
        yield f"<li>{_text(error)}</li>"
    yield "</ul>"


def _with_links(context: Mapping[str, Any]) -> Iterator[str]:
    """The admin's list of rows of another table, with the ways to one of them and to a new one."""
    about = {} if context["model_has_limit_choices_to"] else {"data-model-ref": context["model_name"]}
    yield f'<div class="related-widget-wrapper"{_attributes(about)}>{context["rendered_widget"]}'
    if not context["is_hidden"]:
        model = {"model": context["model"]}
        if context["can_change_related"]:
            way = f"{context['change_related_template_url']}?{context['url_params']}"
            title = _("Change selected %(model)s") % model
            yield _link("change", context["name"], title, {"data-href-template": way, "data-popup": "yes"})
        if context["can_add_related"]:
            way = f"{context['add_related_url']}?{context['url_params']}"
            title = _("Add another %(model)s") % model
            yield _link("add", context["name"], title, {"data-popup": "yes", "href": way})
        if context["can_view_related"]:
            way = f"{context['change_related_template_url']}?{context['view_related_url_params']}"
            title = _("View selected %(model)s") % model
            yield _link("view", context["name"], title, {"data-href-template": way})
    yield "</div>"


def _link(what: str, name: str, title: str, way: Mapping[str, str]) -> str:
    about = {"class": f"related-widget-wrapper-link {what}-related", "id": f"{what}_id_{name}", **way, "title": title}
    icon = static(f"admin/img/icon-{what}link.svg")
    return f'<a{_attributes(about)}><img src="{_value(icon)}" alt="" width="24" height="24"></a>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _value(value: Any) -> str:
    return _safe(str(value))


def _text(text: Any) -> str:
    return _safe(localize(text))


def _safe(text: Any) -> str:
    """As `conditional_escape` of Django, without its detour for lazy texts, on which a page spent a tenth."""
    text = str(text) if isinstance(text, Promise) else text
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


INPUTS = (
    "text",
    "number",
    "email",
    "url",
    "password",
    "hidden",
    "date",
    "datetime",
    "time",
    "search",
    "tel",
    "checkbox",
)
WRITERS: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    **{f"django/forms/widgets/{kind}.html": _field for kind in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/checkbox_select.html": _boxes,
    "django/forms/widgets/radio.html": _boxes,
    "admin/widgets/related_widget_wrapper.html": _with_links,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _mistakes,
    "django/forms/errors/list/ul.html": _mistakes,
}
