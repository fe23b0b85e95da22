"""The pages. `web/<domain>/` holds the urls, views, forms and panels of a domain, `web/ui` the component kit.

HTTP stays in here: domains know nothing of requests.
"""
