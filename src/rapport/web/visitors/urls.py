"""Addresses that need no log-in."""

from django.urls import path

from . import contact

urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="contact-thanks"),
]
