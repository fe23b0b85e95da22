"""Django's entry for governance."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class GovernanceConfig(AppConfig):
    """The dictionary."""

    name = "rapport.governance"
    label = "governance"

    def ready(self) -> None:
        """Read each app's part of the dictionary."""
        for app in apps.get_app_configs():
            if app.name.startswith("rapport.") and find_spec(f"{app.name}.dictionary"):
                import_module(f"{app.name}.dictionary")
        import_module("rapport.governance.entries")
        import_module("rapport.governance.field_rights")
        import_module("rapport.governance.own.loading").register()
        merging = import_module("rapport.governance.own.merging")
        import_module("rapport.core.merging.links").ALSO_MOVED.append(merging.move_own_links)
