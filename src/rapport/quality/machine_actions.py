"""What machines do for the quality of data, each with its first and its highest level."""

from django.utils.translation import gettext_lazy as _

from rapport.oversight.actions import Action, Level, register_action

_AGENT = _("Data quality")

FILL_EMPTY = register_action(
    Action(
        "quality.fill_empty",
        _("Fill an empty field"),
        _("Enter a value where there is none, with the text that it was found in."),
        verbs=("*.change",),
        default=Level.DRAFT,
        maximum=Level.ACT_WITH_UNDO,
        overwrites=False,
        agent=_AGENT,
    )
)
OVERWRITE = register_action(
    Action(
        "quality.overwrite",
        _("Correct a value"),
        _("Replace what somebody entered: a mistyped address, a number in the wrong form."),
        verbs=("*.change",),
        default=Level.DRAFT,
        maximum=Level.DRAFT,
        agent=_AGENT,
    )
)
MERGE = register_action(
    Action(
        "quality.merge",
        _("Merge duplicates"),
        _("Make one record of two that stand for the same; undo takes them apart again."),
        verbs=("*.merge_into",),
        default=Level.DRAFT,
        maximum=Level.ACT_WITH_UNDO,
        agent=_AGENT,
    )
)
