"""The pages of the help."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .topics import topic_named, topics


@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """The table of contents; with `?q=` the topics whose title or headings hold these words."""
    question = request.GET.get("q", "").strip()[:100]
    known = topics()
    found = [topic for topic in known if topic.answers(question)]
    return render(request, "help/contents.html", {"topics": found, "question": question, "missing": not known})


@require_GET
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic."""
    found = topic_named(topic)
    if found is None:
        raise Http404
    return render(request, "help/topic.html", {"topic": found, "topics": topics()})
