"""Pipelines, stages and stage visits in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Boolean, Choice, DateTime, Integer, Link, LongText, Several, Text

from ..models import Pipeline, Stage, StageKind, StageVisit

_ALWAYS = _("always")
_STEWARD = _("Sales management")

describe(
    Pipeline,
    label=_("Pipeline"),
    plural=_("Pipelines"),
    meaning=_("A way in which we sell: a row of stages."),
    icon="columns-3",
    aliases=("pipelines", "sales_process", "funnel"),
    importable=False,
    fields=[
        Field(
            "name",
            _("Name"),
            Text(120),
            _("What the pipeline is called."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_ALWAYS,
            aliases=("pipeline", "pipeline_name"),
            in_list=True,
        ),
        Field("position", _("Position"), Integer(), _("Its place among the pipelines."), steward=_STEWARD, form=False),
        Field(
            "is_default",
            _("Default"),
            Boolean(),
            _("Whether new opportunities enter here."),
            steward=_STEWARD,
            in_list=True,
            form=False,
            editable=False,
        ),
    ],
)

describe(
    Stage,
    label=_("Stage"),
    plural=_("Stages"),
    meaning=_("A step of a pipeline, with what must be known of an opportunity that enters it."),
    icon="square-kanban",
    aliases=("stages", "step", "étape", "etapa"),
    importable=False,
    fields=[
        Field(
            "pipeline",
            _("Pipeline"),
            Link("pipeline"),
            _("The pipeline it is a step of."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_ALWAYS,
            in_list=True,
        ),
        Field(
            "name",
            _("Name"),
            Text(80),
            _("What the stage is called."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_ALWAYS,
            aliases=("stage", "stage_name"),
            in_list=True,
        ),
        Field("code", _("Code"), Text(10), _("A short sign, such as S3."), steward=_STEWARD, in_list=True),
        Field("position", _("Position"), Integer(), _("Its place in the pipeline."), steward=_STEWARD, form=False),
        Field(
            "kind",
            _("Kind"),
            Choice(dict(StageKind.choices)),
            _("Whether opportunities in it are still to be won, or are won and followed up."),
            steward=_STEWARD,
        ),
        Field(
            "probability",
            _("Usual probability"),
            Integer(least=Decimal(0), most=Decimal(100)),
            _("How many of a hundred opportunities in it are won in the end."),
            steward=_STEWARD,
            in_list=True,
        ),
        Field(
            "required_fields",
            _("Must be known"),
            Several(Text(60)),
            _("The fields of an opportunity that must be filled before it enters."),
            steward=_STEWARD,
        ),
        Field(
            "receives_customers",
            _("Won customers come back here"),
            Boolean(),
            _("Whether a new cycle with a customer starts in this stage."),
            steward=_STEWARD,
        ),
        Field("guidance", _("Guidance"), LongText(), _("What to do in it, and what for."), steward=_STEWARD),
    ],
)

describe(
    StageVisit,
    label=_("Stage visit"),
    plural=_("Stage visits"),
    meaning=_("From when to when an opportunity stood in a stage that it has left."),
    icon="footprints",
    aliases=("stage_history", "opportunity_history", "stage_change"),
    fields=[
        Field(
            "opportunity", _("Opportunity"), Link("opportunity"), _("What stood there."), editable=False, in_list=True
        ),
        Field("stage", _("Stage"), Link("stage"), _("Where it stood."), editable=False, in_list=True),
        Field("entered_at", _("Entered"), DateTime(), _("When it came."), editable=False, in_list=True),
        Field("left_at", _("Left"), DateTime(), _("When it went."), editable=False, in_list=True),
    ],
)
