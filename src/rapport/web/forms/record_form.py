"""A form for any record type, made from its dictionary entry."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from rapport.activities.domains import AboutRecords
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.governance.columns import column_of, comparable, current_of, stored_form
from rapport.governance.dictionary import Field, always
from rapport.governance.domains import Link, ValueProblem

from .about import read_about
from .inputs import Clash, Group, Input
from .links import NotSure, read_link, text_name
from .offers import OFFER, Offered, Offers, with_offer
from .questions import Posted, answer_of, is_asked, row_parts, shown_of

Result = TypeVar("Result")


class RecordForm:
    """Asks for some fields of a record, new or known, and reads the answers.

    `given` are answers put in beforehand (from the address), `posted` what the user sent. Nothing typed is lost:
    a form with errors shows every answer as it came.
    """

    def __init__(
        self,
        model: type[Record] | None,
        fields: Iterable[Field],
        *,
        record: Record | None = None,
        posted: Posted | None = None,
        given: Posted | None = None,
        hidden: Collection[str] = (),
        due: Collection[str] = (),
        offers: Offers | None = None,
    ) -> None:
        self.model = model
        self.fields = {field.name: field for field in fields}
        self.record = record
        self.takes_offer = posted is not None and bool(posted.get(OFFER))
        self.posted = with_offer(posted, self.fields) if posted is not None else None
        self.offers = offers or {}
        self.given = given or Posted()
        self.hidden = hidden
        self.due = due
        self.values: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}
        self.problems: list[str] = []
        self.unsure: dict[str, NotSure] = {}
        self.clashes: dict[str, Clash] = {}

    @property
    def is_valid(self) -> bool:
        """Whether every answer could be read and nothing mandatory is missing; fills `values`.

        Whoever takes an offer sees it in the form first, and then saves.
        """
        if self.posted is None or self.takes_offer:
            return False
        self.values, self.errors, self.unsure = {}, {}, {}
        for field in self.fields.values():
            self._read(field, self.posted)
        self._ask_for_mandatory()
        return not self.has_errors

    @property
    def has_errors(self) -> bool:
        """Whether something is to be mended."""
        return bool(self.errors or self.problems)

    def _read(self, field: Field, posted: Posted) -> None:
        if not is_asked(field, posted):
            return
        try:
            value = self._parsed(field, posted)
        except NotSure as doubt:
            self.unsure[field.name] = doubt
            self.add_error(field.name, doubt)
        except ValueProblem as problem:
            self.add_error(field.name, problem)
        else:
            self.values[field.name] = stored_form(self.model, field, value) if self.model else value

    def _parsed(self, field: Field, posted: Posted) -> Any:
        if isinstance(field.domain, Link):
            return read_link(field.name, field.domain, posted)
        if isinstance(field.domain, AboutRecords):
            return read_about(field.name, field.domain, posted)
        return field.domain.parse(answer_of(field, posted))

    def _ask_for_mandatory(self) -> None:
        known = self._known_values()
        for field in self.fields.values():
            is_empty = comparable(self.values.get(field.name)) is None
            if self._is_due(field) and is_empty and field.is_mandatory(known):
                self.add_error(field.name, _("This is needed. Fill it in."))

    def _is_due(self, field: Field) -> bool:
        """Whether it had to be answered: it was, or it is `due` and nothing stands in for an answer."""
        if field.name in self.values:
            return True
        return field.name in self.due and field.name not in self.errors and comparable(self._default(field)) is None

    def _known_values(self) -> dict[str, Any]:
        """All column values as they would be after saving."""
        known = dict(self.record.__dict__) if self.record else {}
        for name, value in self.values.items():
            known[name] = value
            if self.model:
                known[column_of(self.model, name).attname] = value.pk if isinstance(value, Record) else value
        return known

    def add_error(self, name: str, message: object) -> None:
        """Say what is wrong with one field, or with the whole form when it does not ask for that field."""
        if name in self.fields and name not in self.hidden:
            self.errors.setdefault(name, []).append(str(message))
        else:
            self.problems.append(str(message))

    def changes(self) -> dict[str, Any]:
        """The values that differ from the record's."""
        if self.record is None:
            return self.values
        record = self.record
        return {
            name: value
            for name, value in self.values.items()
            if comparable(value) != comparable(current_of(record, self.fields[name]))
        }

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Call a verb; what it refuses becomes errors of the form and None."""
        try:
            return act()
        except Forbidden:
            raise
        except Problem as problem:
            self._take_problem(problem)
        except ValidationError as refusal:
            self._take(refusal)
        except (IntegrityError, DataError):
            self.problems.append(_("This can't be kept so: it clashes with another record, or a value does not fit."))
        return None

    def _take_problem(self, problem: Problem) -> None:
        """What a verb refused; a problem that names fields is marked at those, too."""
        self.problems.append(str(problem))
        for name in getattr(problem, "fields", ()):
            if name in self.fields:
                self.add_error(name, _("This is needed. Fill it in."))

    def _take(self, refusal: ValidationError) -> None:
        by_field: Mapping[str, Sequence[str]] = (
            refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
        )
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name, message)

    @property
    def inputs(self) -> list[Input]:
        """The inputs in order, as templates draw them."""
        known = self._known_values()
        return [self.input_of(field, known) for field in self.fields.values()]

    def input_of(self, field: Field, known: Mapping[str, Any]) -> Input:
        """One input with its answer and errors."""
        shown = self._shown(field)
        return Input(
            record_type=self.model.record_type if self.model else "",
            field=field,
            shown=shown,
            errors=tuple(self.errors.get(field.name, ())),
            is_mandatory=field.mandatory is always or (self.record is not None and field.is_mandatory(known)),
            candidates=self.unsure[field.name].candidates if field.name in self.unsure else (),
            typed=(self.posted.get(text_name(field.name)) or "") if self.posted is not None else "",
            clash=self.clashes.get(field.name),
            nullable=self.model is None or column_of(self.model, field.name).null,
            offers=self._still_offered(field, shown),
        )

    def _still_offered(self, field: Field, shown: Any) -> tuple[Offered, ...]:
        """All while it is empty; where one of them stands in it, the others; nothing beside what was typed."""
        offers = self.offers.get(field.name, ())
        others = tuple(offer for offer in offers if not offer.is_of(field, shown))
        return offers if not comparable(shown) else others if len(others) < len(offers) else ()

    def _shown(self, field: Field) -> Any:
        for answers in (self.posted, self.given):
            if answers is not None and is_asked(field, answers):
                return self._redisplayed(field, answers)
        value = getattr(self.record, field.name) if self.record is not None else self._default(field)
        return shown_of(field, value)

    def _redisplayed(self, field: Field, answers: Posted) -> Any:
        if not isinstance(field.domain, Link):
            return answer_of(field, answers)
        try:
            return field.domain.parse(answers.get(field.name))
        except ValueProblem:
            return None

    def _default(self, field: Field) -> Any:
        if self.model is None or row_parts(field.domain):
            return None
        column = column_of(self.model, field.name)
        return column.get_default() if column.has_default() else None

    @property
    def has_offers(self) -> bool:
        """Whether something can be taken; then Enter must not mean that."""
        return any(self.offers.values()) and any(asked.offers for asked in self.shown_inputs)

    @property
    def shown_inputs(self) -> list[Input]:
        """The inputs that are drawn."""
        return [asked for asked in self.inputs if asked.name not in self.hidden]

    @property
    def focused(self) -> str:
        """The name of the input that takes the focus: the first that is to be mended, else the first of all."""
        shown = [asked for group in self.groups for asked in group.inputs]
        return next((asked.name for asked in [*(one for one in shown if one.errors), *shown]), "")

    @property
    def known(self) -> list[tuple[str, str]]:
        """Name and answer of the hidden fields, which the page knows already."""
        answers = self.given if self.posted is None else self.posted
        return [(name, answers.get(name) or "") for name in self.hidden if name in self.fields]

    @property
    def groups(self) -> list[Group]:
        """The inputs by the dictionary's groups, in order; the first group has no heading of its own."""
        grouped: dict[str, list[Input]] = {}
        for asked in self.shown_inputs:
            grouped.setdefault(str(asked.field.group), []).append(asked)
        return [Group(label, tuple(inputs)) for label, inputs in grouped.items()]
