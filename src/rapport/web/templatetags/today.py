"""Template tags of the Today page."""

from django import template

from rapport.web.today.markup import item_line, task_line

register = template.Library()
register.simple_tag(item_line)
register.simple_tag(task_line, takes_context=True)
