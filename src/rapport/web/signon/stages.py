"""The steps of a log-in after the first proof."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

ELSEWHERE = "second_factor_elsewhere"


class SecondStep(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """A second factor, where one is set up and the sign-on provider hasn't asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not self.login.state.get(ELSEWHERE) and bool(super()._should_handle(request))
