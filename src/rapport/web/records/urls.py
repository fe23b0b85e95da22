"""Addresses of record pages: one set for all types; the first part tells the type."""

from django.urls import path, register_converter

from rapport.web.places import BUILT_IN, OWN, SLUGS

from .views import choosing, composing, facts, files, forms, history, page, verbs


class RecordTypeConverter:
    """`organisations` in an address is the record type "organisation"."""

    regex = "|".join((*BUILT_IN.values(), f"{OWN}[a-z0-9-]+"))

    def to_python(self, value: str) -> str:
        """The record type."""
        found = next((record_type for record_type, slug in SLUGS.items() if slug == value), None)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: str) -> str:
        """The slug."""
        return SLUGS[value]


class OwnTypeConverter(RecordTypeConverter):
    """Only the types that users added: their lists are not known when addresses are read."""

    regex = f"{OWN}[a-z0-9-]+"


register_converter(OwnTypeConverter, "own_type")
register_converter(RecordTypeConverter, "record_type")

RECORD = "<record_type:record_type>/<uuid:record_id>/"

urlpatterns = [
    *(
        path(f"{slug}/new/", forms.new_record, {"record_type": record_type}, name=f"{record_type}-new")
        for record_type, slug in BUILT_IN.items()
    ),
    path("<own_type:record_type>/new/", forms.new_record, name="own-new"),
    path(RECORD, page.record_page, name="record"),
    path(f"{RECORD}edit/", forms.edit_record, name="record-edit"),
    path(f"{RECORD}edit/<slug:name>/", facts.edit_fact, name="fact-edit"),
    path(f"{RECORD}fact/<slug:name>/", facts.fact, name="fact"),
    path(f"{RECORD}do/<slug:verb>/", verbs.do, name="record-do"),
    path(f"{RECORD}remove/", verbs.remove, name="record-remove"),
    path(f"{RECORD}history/", history.history, name="record-history"),
    path(f"{RECORD}panels/", page.panels, name="record-panels"),
    path(f"{RECORD}panel/<slug:key>/", page.panel, name="record-panel"),
    path(f"{RECORD}add/<slug:kind>/", composing.add, name="record-add"),
    path("files/<uuid:record_id>/content/", files.content, name="file-content"),
    path("undo/<int:event_id>/", verbs.undo, name="event-undo"),
    path("choose/<slug:record_type>/", choosing.choose, name="choose"),
    path("look-alikes/<record_type:record_type>/", choosing.look_alikes, name="look-alikes"),
]
