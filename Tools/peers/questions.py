"""The questions, once, in SQL that DuckDB, SQLite and PostgreSQL all speak.

Where the three want different words for the best plan, a `Dialect` supplies them. Retracted events are left out, the
latest of several records counts, and linked trainee IDs are one person under the ID registered first.
"""
from dataclasses import dataclass

from .schema import BENEFITS, CATEGORIES, PAYMENTS, PROGRAMMES, SCHEMES, SEATS, STEPS

QUOTA_CAP = 70_000
SECOND_TABLE = "2025-12-01"
#: Insurance that lets an employed worker take part (TIP-05).
COVER = ("labour", "employment", "farmers", "occupationalUnion", "fishersAssociation")
#: Categories of CATEGORIES paid in full from SECOND_TABLE on only.
LATER_GROUPS = ("occupationalInjury", "registeredHomeless")


@dataclass(frozen=True)
class Dialect:
    """What the systems say differently."""
    #: The value of the event with the highest position, `{value}` and `{position}` given; NULLs are passed over.
    latest: str
    #: After `as`, for a part that is used more than once.
    once: str = ""
    #: Whether parts with a key become temporary tables with an index: SQLite joins inner queries by full scans.
    staged: bool = False
    #: Of two values the smaller, the larger.
    least: str = "least"
    greatest: str = "greatest"


#: The latest value without a sort: position and value packed into one number. Values are from 0 to 2^31.
PACKED = "max({position} * 2147483648 + {value}) % 2147483648"

DIALECTS = {
    "DuckDB": Dialect("arg_max({value}, {position})"),
    "SQLite": Dialect(PACKED, "materialized", True, "min", "max"),
    "PostgreSQL": Dialect(PACKED, "materialized"),
}


def live(alias):
    """That an event was not retracted."""
    return f"not exists (select 1 from retraction gone where gone.target = {alias}.sequence)"


def _codes(chosen, codes):
    return ", ".join(str(codes.index(one)) for one in chosen)


class Question:
    """One question as SQL for one system; made of the parts that it needs."""

    def __init__(self, dialect):
        self.d = dialect
        self.parts, self.stages = [], []

    def latest(self, value, position="e.sequence"):
        return self.d.latest.format(value=value, position=position)

    def part(self, name, text, once=False, key=""):
        """Adds a named part; `once` if it is used more than once, `key` the columns it is looked up by."""
        if key and self.d.staged:
            self.stages.append(f"create temp table {name} as {self.sql(text)}")
            self.stages.append(f"create index temp.{name}_key on {name} ({key})")
        else:
            self.parts.append(f"{name} as {self.d.once if once else ''} ({text})")

    def sql(self, body):
        """The query with the parts that no stage has made."""
        return "with recursive " + ",\n".join(self.parts) + "\n" + body if self.parts else body

    def ask(self, body):
        """The statements that answer: stages, then the query of the answer."""
        return self.stages + [self.sql(body)]

    def people(self):
        """`alias(trainee, person)`: the IDs that are somebody else's too; few."""
        self.part("joint", f"""select a, b from (
            select {self.d.least}(e.trainee, e.other) as a, {self.d.greatest}(e.trainee, e.other) as b,
                {self.latest('e.standing')} as standing
            from link e where {live('e')} group by 1, 2) l where standing = 1""")
        self.part("neighbour", "select a, b from joint union all select b, a from joint")
        self.part("reach(trainee, other)", "select a, b from neighbour union "
                  "select r.trainee, n.b from reach r join neighbour n on n.a = r.other")
        self.part("alias", "select cast(trainee as integer) as trainee, cast(min(other) as integer) as person "
                  "from reach group by trainee", True, "trainee")

    def person(self, table):
        """FROM clause and person expression for a table of trainees `e`, retracted events left out."""
        return (f"{table} e left join alias a on a.trainee = e.trainee where {live('e')}",
                "coalesce(a.person, e.trainee)")

    def classes(self):
        """`course`: what holds of every class after its amendments; `closing`: cancelled and closed days."""
        fields = ", ".join(f"{self.latest(f'e.{f}')} as {f}" for f in ("programme", "fee", "starts_on", "ends_on"))
        self.part("course", f"select e.class, {fields} from class_terms e where {live('e')} group by e.class", True, "class")
        self.part("closing", f"""select e.class, max(case when closed = 0 then day end) as cancelled_on,
            max(case when closed = 1 then day end) as closed_on
            from class_end e where {live('e')} group by e.class""", True, "class")

    def enrolments(self):
        """`enrolment`: joining and leaving day, seat, completion of every person in every class.

        Of endings told under several IDs the last recorded counts; who left under one ID and joined again under
        another is enrolled.
        """
        source, person = self.person("step")
        begun, admitted, completed = (STEPS.index(f"enrolment.{one}") for one in ("started", "admitted", "completed"))
        endings = f"{_codes(('enrolment.withdrawn', 'enrolment.expelled'), STEPS)}, {completed}"

        def last(kinds, value):
            return self.latest(f"case when e.kind in ({kinds}) then {value} end")
        self.part("steps", f"""select {person} as person, e.class, {last(begun, 'e.day')} as joined,
            max(case when e.kind = {begun} then e.sequence end) as joined_at, {last(endings, 'e.day')} as ended_on,
            max(case when e.kind in ({endings}) then e.sequence end) as ended_at, {last(endings, 'e.kind')} as ending,
            {last(admitted, 'e.seat')} as seat, {last(completed, 'e.certificate')} as certificate
            from {source} group by 1, 2""")
        self.part("enrolment", f"""select person, class, joined, seat,
            case when ending = {completed} then certificate else 0 end as certified,
            case when ending <> {completed} and not (ended_at < joined_at and ended_on <= joined)
                then ended_on end as left_on from steps where joined is not null""", True, "person, class")

    def attendance(self, wanted):
        """`minutes`: the sums of ATT-01 to ATT-04 for the enrolments in `wanted` (person, class, joined, left_on)."""
        self.part("schedule", f"select e.class, max(e.sequence) as sequence from session e where {live('e')} group by 1")
        self.part("class_day", """select s.class, s.day, sum(s.minutes) as minutes from session s
            join schedule l on l.class = s.class and l.sequence = s.sequence group by s.class, s.day""", True, "class, day")
        source, person = self.person("attendance")
        self.part("record", f"""select {person} as person, e.class, e.day, {self.latest('e.present')} as present
            from {source} group by 1, 2, 3""", key="person, class, day")
        source, person = self.person("leave_decision")
        self.part("verdict", f"""select {person} as person, e.class, e.request, {self.latest('e.approved')} as approved
            from {source} group by 1, 2, 3""", key="person, class, request")
        source, person = self.person("leave_request")
        self.part("request", f"select {person} as person, e.class, e.request, e.day, e.minutes from {source}")
        self.part("leave_day", """select r.person, r.class, r.day, sum(r.minutes) as minutes
            from request r join verdict v on v.person = r.person and v.class = r.class and v.request = r.request
            where v.approved = 1 group by 1, 2, 3""", True, "person, class, day")
        least = self.d.least
        self.part("outcome", f"""select w.person, w.class, d.minutes,
            case when d.day >= w.left_on or d.day >= x.cancelled_on then 3 when d.day < w.joined then 2
                when r.present is null then 1 else 0 end as fate,
            {least}(coalesce(r.present, 0), d.minutes) as present, coalesce(l.minutes, 0) as approved
            from {wanted} w join class_day d on d.class = w.class left join closing x on x.class = w.class
            left join record r on r.person = w.person and r.class = w.class and r.day = d.day
            left join leave_day l on l.person = w.person and l.class = w.class and l.day = d.day""")
        self.part("minutes", f"""select person, class, cast(sum(minutes) as bigint) as scheduled,
            cast(sum(case when fate = 0 then present else 0 end) as bigint) as present,
            cast(sum(case when fate = 0 then {least}(minutes - present, approved) else 0 end) as bigint) as on_leave,
            cast(sum(case when fate = 0 then minutes - present - {least}(minutes - present, approved) else 0 end)
                as bigint) as truancy,
            cast(sum(case when fate = 2 then minutes else 0 end) as bigint) as before_joining,
            cast(sum(case when fate = 1 then minutes else 0 end) as bigint) as unrecorded
            from outcome group by person, class""")

    def money(self):
        """`paid`: every payout with its revocations."""
        source, person = self.person("payout_end")
        self.part("taken_back", f"""select {person} as person, e.payout, sum(e.amount) as amount
            from {source} group by 1, 2""", key="person, payout")
        source, person = self.person("payout")
        self.part("payment", f"""select {person} as person, e.class, e.payout, e.kind, e.amount, e.half_months, e.first
            from {source}""")
        self.part("paid", """select p.person, p.class, p.kind, p.half_months, p.first,
            cast(p.amount - coalesce(b.amount, 0) as bigint) as net
            from payment p left join taken_back b on b.person = p.person and b.payout = p.payout""", True, "person, class")

    def holders(self, wanted, categories):
        """`holder`: who of `wanted` (person, class, starts_on) holds one of the categories on the start day."""
        source, person = self.person("certificate_end")
        self.part("ended", f"select {person} as person, e.category, e.day, e.sequence from {source}",
                  key="person, category")
        source, person = self.person("certificate")
        listed = _codes(categories, CATEGORIES)
        later = _codes(LATER_GROUPS, CATEGORIES)
        self.part("held", f"""select {person} as person, e.category, e.first, e.last, e.sequence
            from {source} and e.category in ({listed})""", key="person, first")
        self.part("holder", f"""select distinct w.person, w.class from {wanted} w join held h on h.person = w.person
            join calendar t on t.iso = '{SECOND_TABLE}'
            where h.first <= w.starts_on and (h.last is null or w.starts_on <= h.last)
            and (h.category not in ({later}) or w.starts_on >= t.day)
            and not exists (select 1 from ended n where n.person = h.person and n.category = h.category
                and n.day <= w.starts_on and n.sequence > h.sequence)""", key="person, class")

    def insured(self, wanted):
        """`cover`: what TIP-05 to TIP-07 say of `wanted` (person, class, starts_on): 1 met, 0 failed, NULL pending."""
        source, person = self.person("verification")
        self.part("verified", f"select {person} as person, e.as_of, e.by_system, e.spells, e.sequence from {source}",
                  key="person, as_of")
        for name, condition in (("newest", ""), ("newest_document", "and v.by_system = 0")):
            # as_of first, then position: both packed into one number
            self.part(name, f"""select w.person, w.class, max(v.as_of * 1099511627776 + v.sequence) % 1099511627776
                as sequence from {wanted} w join verified v on v.person = w.person and v.as_of >= w.starts_on
                {condition} group by w.person, w.class""", key="person, class")
        self.part("counting", """select n.person, n.class,
            case when v.by_system = 1 and v.spells = 0 then d.sequence else n.sequence end as sequence
            from newest n join verification v on v.sequence = n.sequence
            left join newest_document d on d.person = n.person and d.class = n.class""", key="person, class")
        covered = _codes(COVER, SCHEMES)
        self.part("in_force", f"""select w.person, w.class, max(case when s.mark is not null then 1 else 0 end) as marked,
            max(case when s.scheme in ({covered}) then 1 else 0 end) as covered
            from {wanted} w join counting c on c.person = w.person and c.class = w.class
            join spell s on s.sequence = c.sequence and s.first <= w.starts_on
                and (s.last is null or w.starts_on <= s.last) group by w.person, w.class""",
                  key="person, class")
        self.part("cover", """select c.person, c.class, case when c.sequence is null then null
            when f.covered = 1 and f.marked = 0 then 1 else 0 end as met
            from counting c left join in_force f on f.person = c.person and f.class = c.class""", key="person, class")


def attendance(system, day=None):
    """(a) The minutes of every enrolment that was started."""
    q = Question(DIALECTS[system])
    q.people()
    q.classes()
    q.enrolments()
    q.attendance("enrolment")
    return q.ask("""select t.id as trainee, k.id as class, scheduled, present, on_leave, truancy,
        on_leave + truancy + before_joining as absent, unrecorded
        from minutes m join trainee t on t.trainee = m.person join class k on k.class = m.class""")


def half_months(system, day=None):
    """(c) The half-months drawn in the two years before every pre-employment class that was started."""
    q = Question(DIALECTS[system])
    q.people()
    q.classes()
    q.enrolments()
    q.money()
    q.part("wanted", f"""select e.person, e.class, c.starts_on, l.iso as first_iso, y.iso as last_iso,
        k.lookback as first, c.starts_on - 1 as last,
        case when c.starts_on >= t.day then 1 else 0 end as counts_other
        from enrolment e join course c on c.class = e.class join calendar k on k.day = c.starts_on
        join calendar l on l.day = k.lookback join calendar y on y.day = c.starts_on - 1
        join calendar t on t.iso = '{SECOND_TABLE}' where c.programme = {PROGRAMMES.index('preEmployment')}""", True,
           "person, class")
    q.holders("wanted", ("disabled",))
    source, person = q.person("benefit")
    training, other = (BENEFITS.index(one) for one in ("employmentInsuranceTrainingAllowance",
                                                       "otherTrainingAllowance"))
    q.part("drawn", f"""select {person} as person, e.first, e.half_months,
        case when e.kind = {other} then 1 else 0 end as is_other from {source} and e.kind in ({training}, {other})
        union all select person, first, half_months, 0 from paid
        where kind = {PAYMENTS.index('livingAllowance')} and net > 0 and first is not null""")
    q.part("laid", f"""select d.person, d.is_other, d.first + 30 * n.n as day,
        {q.d.least}(2, d.half_months - 2 * n.n) as half_months from drawn d join number n on 2 * n.n < d.half_months""", key="person, day")
    q.part("used", """select w.person, w.class, sum(l.half_months) as half_months from wanted w
        join laid l on l.person = w.person and l.day >= w.first and l.day <= w.last and l.is_other <= w.counts_other
        group by w.person, w.class""")
    return q.ask(f"""select t.id as trainee, k.id as class, w.first_iso, w.last_iso, cap,
        used, {q.d.greatest}(0, cap - used) as remaining from (
            select w.person, w.class, w.first_iso, w.last_iso, case when h.person is null then 12 else 24 end as cap,
                cast(coalesce(u.half_months, 0) as bigint) as used
            from wanted w left join used u on u.person = w.person and u.class = w.class
            left join holder h on h.person = w.person and h.class = w.class) w
        join trainee t on t.trainee = w.person join class k on k.class = w.class""")


def quota(system, day):
    """(b) The quota of everyone whose three-year window holds the day (TIP-12 to TIP-15)."""
    q = Question(DIALECTS[system])
    q.people()
    q.classes()
    q.enrolments()
    q.money()
    tuition, extra = PAYMENTS.index("tuitionSubsidy"), SEATS.index("extra")
    q.part("taking_part", f"""select e.person, e.class, e.joined, e.left_on, e.certified, c.starts_on, c.fee
        from enrolment e join course c on c.class = e.class
        where c.programme <> {PROGRAMMES.index('preEmployment')} and coalesce(e.seat, 0) <> {extra}""", True, "person, class")
    q.insured("taking_part")
    source, person = q.person("birth")
    q.part("born", f"""select b.trainee as person, b.born from (
        select e.trainee, {q.latest('e.born + 100000')} - 100000 as born from birth e
        where {live('e')} group by e.trainee) b""", key="person")
    q.part("claim", """select p.person, p.class, p.joined, p.left_on, p.certified, p.starts_on, p.fee, v.met
        from taking_part p join born b on b.person = p.person join calendar y on y.day = b.born
        left join cover v on v.person = p.person and v.class = p.class
        where y.fifteenth <= p.starts_on and coalesce(v.met, 1) = 1""", True, "person, starts_on")
    q.part("opening", """select distinct c.person, c.starts_on, k.quota_end from claim c
        join calendar k on k.day = c.starts_on""", True, "person, starts_on")
    q.part("chain", """select o.person, o.starts_on, o.quota_end, min(n.starts_on) as next from opening o
        left join opening n on n.person = o.person and n.starts_on > o.quota_end
        group by o.person, o.starts_on, o.quota_end""", True, "person, starts_on")
    q.part("period(person, starts_on)", """select person, min(starts_on) from opening group by person
        union all select p.person, c.next from period p
        join chain c on c.person = p.person and c.starts_on = p.starts_on where c.next is not null""")
    q.part("holding", f"""select p.person, p.starts_on, k.quota_end, f.iso as window_from, u.iso as window_to
        from period p join calendar k on k.day = p.starts_on join calendar a on a.iso = '{day}'
        join calendar f on f.day = p.starts_on join calendar u on u.day = k.quota_end
        where p.starts_on <= a.day and a.day <= k.quota_end""", True, "person")
    q.part("member", """select c.* from claim c join holding h on h.person = c.person
        and c.starts_on >= h.starts_on and c.starts_on <= h.quota_end""", True, "person, class")
    q.part("receipt", f"""select m.person, m.class, sum(p.net) as net from member m
        join paid p on p.person = m.person and p.class = m.class and p.kind = {tuition} group by m.person, m.class""")
    q.attendance("member")
    source, person = q.person("survey")
    q.part("answered", f"select distinct {person} as person, e.class from {source}")
    q.holders("member", CATEGORIES)
    # A division of whole numbers is one of fractions in DuckDB: what does not divide is taken off first (ARI-01).
    q.part("assessed", f"""select m.person, m.class, r.net,
        case when r.net is null and m.met = 1 and m.certified = 1 and s.person is not null
            and (i.person is null
                or (i.on_leave + i.truancy + i.before_joining + i.unrecorded) * 5 <= i.scheduled)
            then (m.share - m.share % 100) / 100 else 0 end as comes_to
        from (select m.*, m.fee * case when h.person is not null and x.closed_on is not null then 100 else 80 end
                as share
            from member m left join holder h on h.person = m.person and h.class = m.class
            left join closing x on x.class = m.class) m
        left join receipt r on r.person = m.person and r.class = m.class
        left join minutes i on i.person = m.person and i.class = m.class
        left join answered s on s.person = m.person and s.class = m.class""")
    q.part("spent", """select person, cast(coalesce(sum(net), 0) as bigint) as paid,
        cast(sum(comes_to) as bigint) as wanted from assessed group by person""")
    least, greatest = q.d.least, q.d.greatest
    committed = f"{least}(s.wanted, {greatest}(0, {QUOTA_CAP} - s.paid))"
    return q.ask(f"""select t.id as trainee, h.window_from, h.window_to, {QUOTA_CAP} as cap, s.paid,
        {committed} as committed, {greatest}(0, {QUOTA_CAP} - s.paid - {committed}) as remaining
        from spent s join holding h on h.person = s.person join trainee t on t.trainee = s.person""")


QUESTIONS = {"attendance": attendance, "quota": quota, "half-months": half_months}
