"""How Django's forms look, and the two controls that HTML doesn't have: linking a record, and repeating rows.

Any `{{ form }}` or `{{ form.name.as_field_group }}` is drawn by the templates in `templates/forms`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict

from rapport.web.ui.navigation import Text


class FormRenderer(TemplatesSetting):
    """Draws forms with the templates of the kit."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Like Django's, with the list of errors of the kit."""
        if template_name == "django/forms/errors/list/default.html":
            template_name = "forms/errors.html"
        return super().render(template_name, context, request)


def control_kind(field: BoundField) -> str:
    """How a field stands in its form: "check" beside its label, "group" under a legend, "wide" over the whole row."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | RepeatingRows):
        return "group"
    return "wide" if isinstance(widget, forms.Textarea) else "plain"


class RecordPicker(forms.Widget):
    """Links a record: typed search over `source`, an address that answers with `fragments/options.html`.

    The value is the id of what was chosen, or, when nothing was chosen from the list (no scripts), the text typed:
    the form field looks it up by name. `title_of` gives the text shown for an id.
    """

    template_name = "forms/record_picker.html"

    def __init__(self, source: str, *, title_of: Any = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.source = source
        self.title_of = title_of or (lambda value: "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the address and the title of the present value."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"source": self.source, "title": self.title_of(value) if value else ""}
        return context

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> str:  # type: ignore[override]
        """The id chosen, else the text typed; a text left empty is nothing."""
        text = data.get(f"{name}-text")
        chosen = data.get(name, "")
        if text is None:
            return str(chosen)
        return str(chosen) if text.strip() and chosen else text.strip()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Missing only when neither part was sent."""
        return name not in data and f"{name}-text" not in data


@dataclass(frozen=True)
class Column:
    """One cell of a repeating row. `choices` makes it a select; `main` gives it more room."""

    name: str
    label: Text
    kind: str = "text"
    choices: Sequence[tuple[str, Text]] = ()
    main: bool = False
    autocomplete: str = ""


class RepeatingRows(forms.Widget):
    """Several e-mails, phones or addresses: a list of rows with the same cells; the first is the primary one.

    The value is a list of dicts; rows without any text are left out. Without scripts there is one empty row to fill.
    """

    template_name = "forms/repeating_rows.html"

    def __init__(self, columns: Sequence[Column], *, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.columns = tuple(columns)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the rows, filled and empty."""
        context = super().get_context(name, value, attrs)
        rows = [self._cells(name, row, number) for number, row in enumerate(value or [], start=1)]
        empty = self._cells(name, {}, len(rows) + 1)
        context["widget"] |= {"rows": [*rows, empty], "empty": self._cells(name, {}, 0)}
        return context

    def _cells(self, name: str, row: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
        return [
            {"column": column, "name": f"{name}-{column.name}", "value": row.get(column.name) or "", "number": number}
            for column in self.columns
        ]

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> list[dict[str, str]]:  # type: ignore[override]
        """The rows sent, in order; those with nothing but a kind are empty."""
        columns = {column.name: data.getlist(f"{name}-{column.name}") for column in self.columns}
        count = max((len(values) for values in columns.values()), default=0)
        rows = [
            {key: (values[index].strip() if index < len(values) else "") for key, values in columns.items()}
            for index in range(count)
        ]
        typed = {column.name for column in self.columns if not column.choices}
        return [row for row in rows if any(row[key] for key in typed)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Missing when no cell was sent."""
        return not any(f"{name}-{column.name}" in data for column in self.columns)

    def id_for_label(self, id_: str) -> str:
        """A group of controls has a legend, not a label."""
        return ""
