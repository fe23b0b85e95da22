"""Template filters of pages about what was learned."""

from django import template

from .algorithms import algorithm_in_words

register = template.Library()


@register.filter
def algorithm(name: str) -> str:
    """`{{ estimator.algorithm|algorithm }}`: what a way of learning is called."""
    return algorithm_in_words(name)
