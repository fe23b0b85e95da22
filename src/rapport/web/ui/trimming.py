"""Templates are trimmed when they are loaded: what only the language decides is rendered once in each language.

Half of a page's nodes are plain text, translated sentences, icons and fixed addresses. Django works each out anew for
every reader: eighty calls for a sentence, a hundred for the address of a style sheet. Here neighbours of that sort
become one node that keeps its text by language, and a variable that holds text is escaped at once, without being looked
at as a moment, a number and a translation first. What a page says stays the same to the letter.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from threading import RLock
from typing import Any

from django.template import Context, Engine, Origin, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, VariableNode
from django.template.base import render_value_in_context as shown
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_cotton.templatetags._component import CottonComponentNode

from rapport.web.ui.tags import icon


class Loader(cached.Loader):
    """Django's loader that keeps templates; nobody sees one before it is trimmed."""

    def __init__(self, engine: Engine, loaders: Sequence[Any]) -> None:
        super().__init__(engine, loaders)
        self._trimmed: dict[str, Template] = {}
        self._one_at_a_time = RLock()

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The trimmed template; raises `TemplateDoesNotExist` as Django does."""
        key = self.cache_key(template_name, skip)
        if key not in self._trimmed:
            with self._one_at_a_time:
                template = super().get_template(template_name, skip)
                if key not in self._trimmed:
                    trim(template.nodelist)
                    self._trimmed[key] = template
        return self._trimmed[key]

    def reset(self) -> None:
        """Forget all templates."""
        super().reset()
        self._trimmed.clear()


def trim(nodes: NodeList) -> None:
    """Trim a list of nodes and all below it, in place."""
    for inner in (found for node in nodes for found in _inside(node)):
        trim(inner)
    nodes[:] = [trimmed for is_fixed, run in groupby(nodes, _is_fixed) for trimmed in _trimmed(list(run), is_fixed)]


def _trimmed(run: list[Node], is_fixed: bool) -> list[Node]:  # noqa: FBT001 - what the run was grouped by
    if not is_fixed:
        return [Variable(node.filter_expression) if type(node) is VariableNode else node for node in run]
    return run if all(isinstance(node, TextNode) for node in run) else [Fixed(run)]


def _inside(node: Node) -> Iterator[NodeList]:
    """The lists of nodes in a node; of a component those in its attributes, too."""
    yield from (held for held in vars(node).values() if isinstance(held, NodeList))
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
    if isinstance(node, CottonComponentNode):
        compiled = (attribute.compiled for attribute in node._prepared_attrs)  # noqa: SLF001 - cotton has no other way
        yield from (template.nodelist for template in compiled if hasattr(template, "nodelist"))


class Fixed(Node):
    """Nodes of which the language alone decides what they say."""

    child_nodelists = ()

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = NodeList(nodes)
        self._texts: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Their text in the language now spoken."""
        language = get_language()
        if language not in self._texts:
            self._texts[language] = self._nodes.render(context)
        return self._texts[language]


class Variable(VariableNode):
    """A variable; what is text already takes the short way."""

    def render(self, context: Context) -> str:
        """Its value, escaped and formatted as Django would."""
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return escape(value)
        return shown(value, context)


def _is_fixed(node: Node) -> bool:
    is_fixed = _FIXED.get(type(node))
    return is_fixed is not None and is_fixed(node)


def _is_literal(*expressions: FilterExpression) -> bool:
    return all(not one.filters and (not one.is_var or one.var.lookups is None) for one in expressions)


def _is_fixed_sentence(node: Any) -> bool:
    return not node.asvar and not node.message_context and _is_literal(node.filter_expression)


def _is_fixed_paragraph(node: Any) -> bool:
    varies = node.asvar or node.message_context or node.extra_context or node.plural
    return not varies and all(token.token_type == TokenType.TEXT for token in node.singular)


def _is_fixed_page(node: Any) -> bool:
    return not node.asvar and not node.args and not node.kwargs and _is_literal(node.view_name)


def _is_fixed_file(node: Any) -> bool:
    return node.varname is None and _is_literal(node.path)


def _is_fixed_icon(node: Any) -> bool:
    return node.func is icon and node.target_var is None and _is_literal(*node.args, *node.kwargs.values())


_FIXED: dict[type[Node], Callable[[Any], bool]] = {
    **dict.fromkeys((TextNode, LoadNode, CommentNode), lambda _node: True),
    TranslateNode: _is_fixed_sentence,
    BlockTranslateNode: _is_fixed_paragraph,
    URLNode: _is_fixed_page,
    StaticNode: _is_fixed_file,
    SimpleNode: _is_fixed_icon,
}
