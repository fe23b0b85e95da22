"""Un-merging: what was merged on since is taken apart from its end."""

from django.utils.translation import gettext as _

from ..events import Event, Operation
from ..problems import Problem
from .merger import Merger


def refuse_out_of_order(event: Event) -> None:
    """Raise `Problem` where the record that stayed was itself merged into another one since."""
    changes = event.changes.filter(record_type=Merger.record_type, operation=Operation.CREATE)
    stayed = [after["into_id"] for after in changes.values_list("after", flat=True) if after]
    further = Merger._base_manager.filter(gone_id__in=stayed).first() if stayed else None
    if further is not None:
        raise Problem(_("“%(record)s” was merged into another record since. Undo that first.") % {"record": further})
