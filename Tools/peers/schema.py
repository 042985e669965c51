"""The typed tables that every peer gets, and how DuckDB makes them from the event lines.

Dates are days since 1970-01-01, trainees and classes dense numbers in the order of registration, categories and other
codes small integers: what a careful schema would hold. Retractions name the position of their target. All of it is
made before any clock starts.
"""
from dataclasses import dataclass

#: Codes that more than one table or question uses.
PROGRAMMES = ("industryTalent", "labourSelfLearning", "takeoff", "careService", "preEmployment")
STEPS = ("application.submitted", "application.withdrawn", "application.refused", "enrolment.admitted",
         "enrolment.started", "enrolment.forfeited", "enrolment.withdrawn", "enrolment.expelled",
         "enrolment.completed")
SEATS = ("subsidised", "extra", "alternate")
SCHEMES = ("labour", "employment", "farmers", "occupationalUnion", "fishersAssociation", "civilServant", "military",
           "nationalPension")
MARKS = ("training", "laidOff", "occupationalInjury")
BENEFITS = ("unemploymentBenefit", "employmentInsuranceTrainingAllowance", "oldAgeBenefit", "otherTrainingAllowance",
            "elderLivingSubsidy", "disabilityLivingSubsidy")
PAYMENTS = ("tuitionSubsidy", "livingAllowance", "learningReward", "feeWaiver")
CATEGORIES = ("disabled", "soleBreadwinner", "middleAged", "indigenous", "lowIncome", "longTermUnemployed",
              "returningWoman", "domesticViolenceVictim", "rehabilitatedOffender", "newResident",
              "sexualAssaultVictim", "youthNotInSchoolOrWork", "elder", "crimeVictim", "occupationalInjury",
              "registeredHomeless")


@dataclass(frozen=True)
class Table:
    """One typed table: its columns with SQL types, DuckDB's query for it, its key and further indexes."""
    name: str
    columns: tuple
    query: str
    key: tuple
    indexes: tuple = ()

    @property
    def names(self):
        return [name for name, _ in self.columns]


def columns(text):
    """`a bigint, b integer` as pairs."""
    return tuple(tuple(part.split()) for part in text.split(","))


def coded(expression, codes):
    """The place of a text in a list, from 0; NULL for none of them."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"list_position([{listed}], {expression}) - 1"


def _text(name, data="data"):
    return f"({data}->>'{name}')"


def _day(name, data="data"):
    return f"date_diff('day', date '1970-01-01', cast({_text(name, data)} as date))"


def _whole(name, data="data"):
    return f"cast({_text(name, data)} as bigint)"


def _minute(name, data="data"):
    clock = _text(name, data)
    return f"cast(left({clock}, 2) as integer) * 60 + cast(substr({clock}, 4, 2) as integer)"


def _of_trainee(select, *types, classes=True):
    """Selects from the events of some types, with the numbers of trainee and class."""
    listed = ", ".join(f"'{one}'" for one in types)
    joined = "join class k on k.id = (e.data->>'class')" if classes else ""
    return (f"select {select} from events e join trainee t on t.id = e.subject {joined} "
            f"where e.type in ({listed})")


def _of_class(select, *types):
    listed = ", ".join(f"'{one}'" for one in types)
    return f"select {select} from events e join class k on k.id = e.subject where e.type in ({listed})"


#: The whole events, as one would keep them for a timeline.
EVENTS = Table(
    "events", columns("sequence bigint, source text, id text, type text, subject text, time bigint, recorded bigint, "
                      "data text"),
    """select cast(sequence as bigint) as sequence, source, id, type, subject,
        epoch_us(strptime(time, ['%Y-%m-%dT%H:%M:%S.%f%z', '%Y-%m-%dT%H:%M:%S%z'])) as time,
        epoch_us(strptime(recordedtime, ['%Y-%m-%dT%H:%M:%S.%f%z', '%Y-%m-%dT%H:%M:%S%z'])) as recorded, data
    from read_json($file, format = 'newline_delimited', columns = {sequence: 'VARCHAR', source: 'VARCHAR',
        id: 'VARCHAR', type: 'VARCHAR', subject: 'VARCHAR', time: 'VARCHAR', recordedtime: 'VARCHAR',
        data: 'VARCHAR'})""",
    ("sequence",), (("subject", "sequence"),))

FACTS = (
    Table("trainee", columns("trainee integer, id text, sequence bigint"),
          """select row_number() over (order by sequence) - 1 as trainee, subject as id, sequence
          from events where type = 'trainee.registered'""", ("trainee",)),
    Table("class", columns("class integer, id text, sequence bigint"),
          """select row_number() over (order by sequence) - 1 as class, subject as id, sequence
          from events where type = 'class.approved'""", ("class",)),
    Table("retraction", columns("target bigint"),
          """select o.sequence as target from events e join events o
          on o.source = (e.data->>'retractsSource') and o.id = (e.data->>'retractsId')
          where e.type = 'event.retracted'""", ("target",)),
    Table("birth", columns("sequence bigint, trainee integer, born integer"),
          _of_trainee(f"e.sequence, t.trainee, {_day('birthDate')} as born", "trainee.registered", "trainee.amended",
                      classes=False) + " and e.data->>'birthDate' is not null", ("trainee", "sequence")),
    Table("link", columns("sequence bigint, trainee integer, other integer, standing integer"),
          """select e.sequence, t.trainee, o.trainee as other, cast(e.type = 'trainee.linked' as integer) as standing
          from events e join trainee t on t.id = e.subject join trainee o on o.id = (e.data->>'other')
          where e.type in ('trainee.linked', 'trainee.unlinked')""", ("sequence",)),
    Table("class_terms",
          columns("sequence bigint, class integer, programme integer, fee bigint, starts_on integer, ends_on integer"),
          _of_class(f"e.sequence, k.class, {coded(_text('programme'), PROGRAMMES)} as programme, "
                    f"{_whole('fee')} as fee, {_day('startsOn')} as starts_on, {_day('endsOn')} as ends_on",
                    "class.approved", "class.amended"), ("class", "sequence")),
    Table("class_end", columns("sequence bigint, class integer, closed integer, day integer"),
          _of_class(f"e.sequence, k.class, cast(e.type = 'class.closed' as integer) as closed, {_day('on')} as day",
                    "class.cancelled", "class.closed"), ("class", "sequence")),
    Table("session", columns("sequence bigint, class integer, day integer, minutes integer"),
          f"""select e.sequence, k.class, {_day('on', 's')} as day,
          {_minute('to', 's')} - ({_minute('from', 's')}) as minutes
          from (select sequence, subject, unnest(cast(data->'sessions' as json[])) as s
                from events where type = 'class.scheduled') e join class k on k.id = e.subject""",
          (), (("class", "sequence", "day"),)),
    Table("step",
          columns("sequence bigint, trainee integer, class integer, kind integer, day integer, certificate integer, "
                  "seat integer"),
          _of_trainee(f"e.sequence, t.trainee, k.class, {coded('e.type', STEPS)} as kind, {_day('on')} as day, "
                      f"cast(cast(e.data->>'certificate' as boolean) as integer) as certificate, "
                      f"{coded(_text('seat'), SEATS)} as seat", *STEPS), ("trainee", "class", "sequence")),
    Table("survey", columns("sequence bigint, trainee integer, class integer"),
          _of_trainee("e.sequence, t.trainee, k.class", "survey.submitted"), ("trainee", "class", "sequence")),
    Table("attendance", columns("sequence bigint, trainee integer, class integer, day integer, present integer"),
          _of_trainee(f"e.sequence, t.trainee, k.class, {_day('on')} as day, {_whole('presentMinutes')} as present",
                      "attendance.recorded"), ("trainee", "class", "day", "sequence")),
    Table("leave_request",
          columns("sequence bigint, trainee integer, class integer, request text, day integer, minutes integer"),
          _of_trainee(f"e.sequence, t.trainee, k.class, e.data->>'request' as request, {_day('on')} as day, "
                      f"{_whole('minutes')} as minutes", "leave.requested"), ("trainee", "class", "request", "sequence")),
    Table("leave_decision",
          columns("sequence bigint, trainee integer, class integer, request text, approved integer"),
          _of_trainee("e.sequence, t.trainee, k.class, e.data->>'request' as request, "
                      "cast(e.type = 'leave.approved' as integer) as approved", "leave.approved", "leave.rejected"),
          ("trainee", "class", "request", "sequence")),
    Table("verification", columns("sequence bigint, trainee integer, as_of integer, by_system integer, spells integer"),
          _of_trainee(f"e.sequence, t.trainee, {_day('asOf')} as as_of, "
                      "cast(e.data->>'method' = 'system' as integer) as by_system, "
                      "json_array_length(e.data->'spells') as spells", "insurance.verified", classes=False),
          ("trainee", "as_of", "sequence"), (("sequence",),)),
    Table("spell", columns("sequence bigint, scheme integer, first integer, last integer, mark integer"),
          f"""select e.sequence, {coded(_text('scheme', 's'), SCHEMES)} as scheme, {_day('from', 's')} as first,
          {_day('to', 's')} as last, {coded(_text('mark', 's'), MARKS)} as mark
          from (select sequence, unnest(cast(data->'spells' as json[])) as s
                from events where type = 'insurance.verified') e""", (), (("sequence",),)),
    Table("certificate", columns("sequence bigint, trainee integer, category integer, first integer, last integer"),
          "select * from (" + _of_trainee(
              f"e.sequence, t.trainee, {coded(_text('category'), CATEGORIES)} as category, "
              f"{_day('validFrom')} as first, {_day('validTo')} as last", "identity.certified", classes=False)
          + ") where category is not null", ("trainee", "category", "sequence")),
    Table("certificate_end", columns("sequence bigint, trainee integer, category integer, day integer"),
          "select * from (" + _of_trainee(
              f"e.sequence, t.trainee, {coded(_text('category'), CATEGORIES)} as category, {_day('on')} as day",
              "identity.revoked", classes=False) + ") where category is not null", ("trainee", "category", "sequence")),
    Table("payout",
          columns("sequence bigint, trainee integer, class integer, payout text, kind integer, amount bigint, "
                  "half_months integer, first integer"),
          _of_trainee(f"e.sequence, t.trainee, k.class, e.data->>'payout' as payout, "
                      f"{coded(_text('kind'), PAYMENTS)} as kind, {_whole('amount')} as amount, "
                      f"{_whole('halfMonths')} as half_months, {_day('from')} as first", "payout.made"),
          ("trainee", "payout")),
    Table("payout_end", columns("sequence bigint, trainee integer, payout text, amount bigint"),
          _of_trainee(f"e.sequence, t.trainee, e.data->>'payout' as payout, {_whole('amount')} as amount",
                      "payout.revoked", classes=False),
          ("trainee", "payout", "sequence")),
    Table("benefit", columns("sequence bigint, trainee integer, kind integer, first integer, half_months integer"),
          _of_trainee(f"e.sequence, t.trainee, {coded(_text('kind'), BENEFITS)} as kind, {_day('from')} as first, "
                      f"{_whole('halfMonths')} as half_months", "benefit.recorded", classes=False),
          ("trainee", "sequence")),
)

#: A calendar dimension: what a period of law comes to from each day. The same rows for every peer.
CALENDAR = Table("calendar", columns("day integer, iso text, quota_end integer, lookback integer, fifteenth integer"),
                 "", ("day",))
#: The whole numbers from 0, to lay half-months out with.
NUMBERS = Table("number", columns("n integer"), "", ("n",))
