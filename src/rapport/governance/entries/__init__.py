"""The dictionary's entries for the record types of the layer below, `identity`, and of governance itself."""

from . import identity as identity
from . import identity_access as identity_access
from . import merging as merging
from . import own as own
from . import sharing as sharing
from . import sign_on as sign_on
