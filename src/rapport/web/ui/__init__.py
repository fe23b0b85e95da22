"""The component kit: how every page looks and behaves. Pages of the domains use it and add no markup of their own.

Main words: the *shell* is what surrounds a page; a *component* is a cotton template `<c-name>` in `templates/cotton`;
a *tag* is for small things that appear often (`{% icon %}`, `{% avatar %}`, `{% money %}`, `|ago`), built in, never
loaded. A *toast* is the short answer to an action. The *navigation* is a registry that domains fill.

A page is `{% extends layout %}` with the blocks `title`, `actions` and `content`; the same template is right in the
shared dialog. Forms answer with status 422 when something is wrong and with a redirect when all is well; what was done
is told by itself, with Undo. Every htmx element has a working `href` or `action`. No `style` attribute, no inline
script, no filter in `hx-trigger`: the content security policy forbids them.

`docs/reference/ui-kit.md` shows every component with its snippet, `/ui/` shows them live. The kit knows no business
word.
"""
