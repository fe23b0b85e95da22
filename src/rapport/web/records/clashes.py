"""Telling a user that somebody else changed a field meanwhile."""

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.web.forms.inputs import Clash
from rapport.web.forms.record_form import RecordForm
from rapport.web.forms.versions import Touch, decision_name

from .lookup import hidden_links
from .values import HIDDEN, fact_in_words, in_words


def clash_of(form: RecordForm, field: Field, touch: Touch, actor: Actor) -> Clash:
    """Both values in words, theirs and mine."""
    assert form.record is not None
    mine = form.values[field.name]
    return Clash(
        name=decision_name(field.name),
        who=touch.who,
        at=touch.at,
        theirs=HIDDEN if hidden_links(form.record, [field], actor) else fact_in_words(field, form.record),
        mine=mine.title if isinstance(mine, Record) else in_words(field, mine),
    )
