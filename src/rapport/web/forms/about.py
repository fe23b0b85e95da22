"""What an activity is about: several records of several types, kept by tick, added by typing a name."""

from uuid import UUID

from django.utils.translation import gettext as _

from rapport.activities.about import SUBJECT_TYPES
from rapport.activities.domains import AboutRecords
from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.core.search import search
from rapport.core.search_entries import normalise
from rapport.governance.domains import ValueProblem

from .links import Candidate, NotSure, choice_name, text_name
from .questions import Posted

_OFFERED = 8


def about_candidates(asked: str) -> list[Candidate]:
    """The visible records that something can be about and that answer a question, as `type:id`."""
    hits = search(current_actor(), asked, types=list(SUBJECT_TYPES), limit=_OFFERED)
    return [Candidate(f"{hit.record_type}:{hit.record_id}", hit.title) for hit in hits]


def read_about(name: str, domain: AboutRecords, posted: Posted) -> object:
    """The records ticked, chosen or typed; raises `ValueProblem` or `NotSure`."""
    keys = [key for key in posted.getlist(name) if key]
    chosen, text = posted.get(choice_name(name)) or "", (posted.get(text_name(name)) or "").replace("\x00", "").strip()
    if chosen:
        keys.append(chosen)
    elif text and not _is_among(text, keys):
        keys.append(_looked_up(text))
    return domain.parse(" ".join(dict.fromkeys(keys)))


def titled(keys: str) -> list[Candidate]:
    """The records behind `type:id type:id`, with titles; those that may not be seen are left out."""
    found = []
    for key in keys.split():
        record_type, _colon, text = key.partition(":")
        if record_type in SUBJECT_TYPES and (title := _title(record_type, text)):
            found.append(Candidate(key, title))
    return found


def _title(record_type: str, text: str) -> str:
    try:
        key = UUID(text)
    except ValueError:
        return ""
    record = RECORD_TYPES[record_type].objects.visible_to(current_actor()).filter(pk=key).first()
    return record.title if record else ""


def _is_among(text: str, keys: list[str]) -> bool:
    return any(normalise(candidate.title) == normalise(text) for candidate in titled(" ".join(keys)))


def _looked_up(text: str) -> str:
    candidates = about_candidates(text)
    same = [candidate for candidate in candidates if normalise(candidate.title) == normalise(text)]
    if len(same) == 1:
        return same[0].value
    if not candidates:
        raise ValueProblem(_("“%(text)s” was not found. Check the spelling, or create it first.") % {"text": text[:60]})
    raise NotSure(_("“%(text)s” was not found. Choose what you mean.") % {"text": text[:60]}, same or candidates)
