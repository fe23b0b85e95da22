"""Tasks in the dictionary."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.governance.dictionary import Field, describe
from rapport.governance.domains import Choice, Date, DateTime

from ..models import Priority, Task, TaskStatus
from .common import at_field, shared_fields, spellings, subject_field, text_field

PRIORITY_ALIASES = spellings(
    {
        "low": "basse, faible, baixa, p4",
        "normal": "medium, normale, moyenne, média, p3",
        "high": "haute, élevée, alta, p2",
        "urgent": "urgente, critical, critique, crítica, p1",
    }
)
_STATUS_ALIASES = spellings(
    {
        "open": "not started, planned, ouverte, à faire, aberta, a fazer",
        "under_way": "in progress, started, en cours, em curso, em andamento",
        "waiting": "waiting on someone else, deferred, en attente, à espera",
        "done": "completed, complete, closed, finished, terminée, faite, concluída, feita",
    }
)

describe(
    Task,
    label=_("Task"),
    plural=_("Tasks"),
    meaning=_("Something that a colleague is to do; open until it is done."),
    icon="square-check",
    aliases=("tasks", "to-do", "todo", "activity", "tâche", "tâches", "tarefa", "tarefas"),
    fields=[
        subject_field(
            _("What to do"),
            _("What is to be done, in a few words."),
            "task, task_title, task_name, tâche",
            mandatory=True,
        ),
        Field(
            "due_on",
            _("Due"),
            Date(),
            _("The day by which it is to be done."),
            aliases=(
                "due_date",
                "activity_date",
                "deadline",
                "due",
                "échéance",
                "date d'échéance",
                "prazo",
                "vencimento",
            ),
            in_list=True,
            sortable=True,
            always_seen=True,
        ),
        Field(
            "priority",
            _("Priority"),
            Choice(dict(Priority.choices), PRIORITY_ALIASES),
            _("How much it matters."),
            aliases=("priorité", "prioridade", "importance", "urgency"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(TaskStatus.choices), _STATUS_ALIASES),
            _("How far it has come."),
            aliases=("state", "task_status", "statut", "estado", "situação"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "done_at",
            pgettext_lazy("the day on which", "Done"),
            DateTime(),
            _("When it was done; empty while it is open."),
            aliases=("completed_at", "completed_date", "completion_date", "closed_date", "fait le", "concluída em"),
            in_list=True,
            form=False,
            always_seen=True,
        ),
        Field(
            "reminder_at",
            _("Reminder"),
            DateTime(),
            _("When the owner is to be reminded."),
            aliases=("reminder_date_time", "reminder", "remind_at", "rappel", "lembrete"),
        ),
        Field(
            "reminded_at",
            _("Reminded"),
            DateTime(),
            _("When the owner was reminded; each reminder rings once."),
            form=False,
            editable=False,
        ),
        text_field(
            _("Details"),
            _("More about what is to be done."),
            "description, body, notes, comments, détails, detalhes, descrição",
        ),
        at_field(_("Set"), _("When the task was set."), "created_at, created_date, create_date"),
        *shared_fields(),
    ],
)
