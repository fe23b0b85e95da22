"""The lists of all record types: what each shows when it is opened, and the views that ship with it."""

from django.utils.translation import gettext_lazy as _

from .spec import BuiltInView, ListSpec, register

ALL = BuiltInView("all", _("All"), "")
MINE = BuiltInView("mine", _("Mine"), "f=owner:is:me")
NEWEST = BuiltInView("newest", _("Newest"), "sort=-id")
PROSPECTS = BuiltInView(
    "prospects",
    _("Prospects"),
    "f=lifecycle:is:prospect&sort=-chance_to_become_customer"
    "&cols=chance_to_become_customer,industry,country,supplied_by,supplied_until,owner",
)

register(
    ListSpec(
        "organisation",
        columns=("lifecycle", "industry", "country", "owner"),
        views=(ALL, MINE, NEWEST, BuiltInView("customers", _("Customers"), "f=lifecycle:is:customer"), PROSPECTS),
        tones={"lifecycle": {"customer": "good", "prospect": "accent", "competitor": "warning"}},
        has_avatar=True,
        teaches=_("Companies you sell to, or want to, with everything that happened between you."),
    )
)
register(
    ListSpec(
        "person",
        columns=("job_title", "organisation", "emails", "phones", "owner"),
        views=(ALL, MINE, NEWEST),
        said_by_title=("first_name", "last_name"),
        teaches=_("The people at the companies you sell to: who decides, who uses, who to call."),
    )
)
register(
    ListSpec(
        "lead",
        columns=("organisation_name", "status", "chance_to_convert", "source", "owner", "received_on"),
        order="-id",
        views=(
            BuiltInView("open", _("Open"), "f=status:is:new|working|qualified&sort=-id"),
            BuiltInView("mine", _("Mine"), "f=owner:is:me&f=status:is:new|working|qualified&sort=-id"),
            BuiltInView("unassigned", _("Nobody's"), "f=owner:empty&f=status:is:new|working|qualified&sort=-id"),
            BuiltInView(
                "parked", _("Parked"), "f=status:is:parked&sort=parked_until&cols=organisation_name,owner,parked_until"
            ),
            ALL,
        ),
        total="amount",
        said_by_title=("first_name", "last_name"),
        tones={"status": {"new": "accent", "qualified": "good", "discarded": "bad", "parked": "warning"}},
        teaches=_("Somebody who may become a customer, before you know whether it is worth an opportunity."),
    )
)
_OPEN = "f=status:is:open"
register(
    ListSpec(
        "opportunity",
        columns=("organisation", "stage", "chance_to_win", "amount", "expected_close", "owner"),
        views=(
            BuiltInView("open", _("Open"), f"{_OPEN}&sort=expected_close"),
            BuiltInView("mine", _("Mine"), f"{_OPEN}&f=owner:is:me&sort=expected_close"),
            BuiltInView(
                "closing", _("Closing this month"), f"{_OPEN}&f=expected_close:within:this_month&sort=expected_close"
            ),
            BuiltInView("late", _("Past their date"), f"{_OPEN}&f=expected_close:before:today&sort=expected_close"),
            BuiltInView(
                "won", _("Won"), "f=status:is:won&sort=-closed_on&cols=organisation,amount,closed_on,win_reason,owner"
            ),
            BuiltInView(
                "lost",
                _("Lost"),
                "f=status:is:lost&sort=-closed_on&cols=organisation,amount,closed_on,loss_reason,owner",
            ),
            ALL,
        ),
        total="amount",
        tones={"status": {"open": "accent", "won": "good", "lost": "bad", "parked": "warning"}},
        teaches=_("Sales that may come about: with whom, what for, how much, and what happens next."),
    )
)
register(
    ListSpec(
        "product",
        views=(ALL, NEWEST),
        teaches=_("What you sell, with its price: opportunities and orders choose from here."),
    )
)
register(
    ListSpec(
        "task",
        columns=("about", "due_on", "priority", "owner", "done_at"),
        order="due_on",
        views=(
            BuiltInView("mine", _("Mine"), "f=owner:is:me&f=status:not:done&sort=due_on"),
            BuiltInView("open", _("Open"), "f=status:not:done&sort=due_on"),
            BuiltInView("late", _("Overdue"), "f=status:not:done&f=due_on:before:today&sort=due_on"),
            BuiltInView("done", _("Done"), "f=done_at:filled&sort=-done_at"),
            ALL,
        ),
        said_by_title=("subject",),
        tones={"priority": {"high": "warning", "urgent": "bad"}},
        teaches=_("What somebody has promised to do, by when: calls to make, answers owed, papers to send."),
    )
)
register(
    ListSpec(
        "meeting",
        columns=("about", "at", "owner"),
        order="-at",
        views=(
            BuiltInView("mine", _("Mine"), "f=owner:is:me&sort=-at"),
            BuiltInView("week", _("This week"), "f=at:within:this_week&sort=at"),
            ALL,
        ),
        said_by_title=("subject",),
        teaches=_("Meetings with customers, past and coming, with what was decided."),
    )
)
register(
    ListSpec(
        "call",
        columns=("about", "at", "owner"),
        order="-at",
        views=(BuiltInView("mine", _("Mine"), "f=owner:is:me&sort=-at"), ALL),
        said_by_title=("subject",),
        teaches=_("Calls with customers: who spoke with whom, and what came of it."),
    )
)
register(
    ListSpec(
        "order",
        columns=("organisation", "ordered_on", "status", "amount", "owner"),
        order="-id",
        views=(ALL, MINE, NEWEST),
        total="amount",
        teaches=_("What customers ordered, with dates and amounts."),
    )
)
register(
    ListSpec(
        "contract",
        columns=("organisation", "kind", "status", "starts_on", "ends_on", "notice_by", "amount"),
        order="-id",
        views=(ALL, MINE, NEWEST),
        total="amount",
        teaches=_("What was agreed with customers: start, end, notice and renewal."),
    )
)
register(
    ListSpec(
        "ticket",
        columns=("organisation", "status", "priority", "opened_at", "owner"),
        order="-id",
        views=(ALL, MINE, NEWEST),
        said_by_title=("subject",),
        teaches=_("Questions and complaints of customers, until they are solved."),
    )
)
register(
    ListSpec(
        "user",
        columns=("role", "team", "email", "job_title", "is_active"),
        views=(ALL,),
        teaches=_("Your colleagues: who owns what, who leads whom."),
    )
)
register(ListSpec("team", views=(ALL,), teaches=_("The units of your company.")))
