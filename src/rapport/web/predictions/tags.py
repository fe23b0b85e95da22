"""Template filters of pages about what was learned."""

from django import template

from .algorithms import algorithm_in_words
from .worth import size_in_words

register = template.Library()


@register.filter
def kilobytes(size: int) -> str:
    """`{{ one.size|kilobytes }}`: how large what was learned is."""
    return size_in_words(size)


@register.filter
def algorithm(name: str) -> str:
    """`{{ estimator.algorithm|algorithm }}`: what a way of learning is called."""
    return algorithm_in_words(name)
