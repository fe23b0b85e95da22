"""Template tags of suggestions."""

from django import template

from rapport.web.next_actions.answers_markup import answers_to

register = template.Library()
register.simple_tag(answers_to, takes_context=True)
