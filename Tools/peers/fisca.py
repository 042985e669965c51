"""OpenFisca beside the living allowance of one class: LIV-06, LIV-07 and the cap of LIV-09 as its formulas."""
import time

import numpy
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

TRAINEE = Entity("trainee", "trainees", "A trainee in a class", "")
PERIOD = "2026"


def _given(name):
    return type(name, (Variable,), {"value_type": int, "entity": TRAINEE, "definition_period": DateUnit.ETERNITY,
                                    "label": name})


class half_months(Variable):
    """LIV-07: full 30-day months, and the remainder by days and hours; LIV-09: at most what is left of the cap."""
    value_type = int
    entity = TRAINEE
    definition_period = DateUnit.ETERNITY

    def formula(self, period):
        days, minutes = self("days", period), self("remainder_minutes", period)
        rest = days % 30
        more = numpy.select([(rest >= 20) & (minutes >= 3600), (rest >= 10) & (minutes >= 1800)], [2, 1], 0)
        counted = numpy.where(days >= 30, days // 30 * 2 + more, 0)
        return numpy.minimum(counted, numpy.maximum(0, self("cap", period) - self("used", period)))


class allowance(Variable):
    """LIV-06: 60 % of the monthly basic wage a month, half of it a half-month."""
    value_type = int
    entity = TRAINEE
    definition_period = DateUnit.ETERNITY

    def formula(self, period):
        return self("half_months", period) * (self("monthly_wage", period) * 60 // 100 // 2)


INPUTS = ("days", "remainder_minutes", "used", "cap", "monthly_wage")


def system():
    """The formulas as a tax and benefit system."""
    made = TaxBenefitSystem([TRAINEE])
    made.add_variables(*(_given(name) for name in INPUTS), half_months, allowance)
    return made


def amounts(rules, cases):
    """The allowance of every case at once; a case is a dictionary of INPUTS."""
    simulation = SimulationBuilder().build_default_simulation(rules, count=len(cases))
    for name in INPUTS:
        simulation.set_input(name, PERIOD, numpy.array([case[name] for case in cases]))
    return simulation.calculate("allowance", PERIOD)


#: Who completed the class that most of the allowance was paid in, and what LIV-07 asks of them.
CASES = """with best as (select class from payout where kind = 1 group by class order by count(*) desc, class limit 1),
    term as (select class, max(starts_on) as starts_on, max(ends_on) as ends_on from class_terms
        where class in (select class from best) group by class),
    day as (select s.class, s.day, sum(s.minutes) as minutes from session s join (select class,
        max(sequence) as sequence from session where sequence not in (select target from retraction) group by class) l
        using (class, sequence) where s.class in (select class from best) group by 1, 2),
    joined as (select trainee, class, max(day) as day from step where kind = 4
        and sequence not in (select target from retraction) and class in (select class from best) group by 1, 2)
    select t.id, k.id, e.ends_on - j.day + 1 as days, cast(coalesce((select sum(d.minutes) from day d
        where d.day >= j.day + (e.ends_on - j.day + 1) // 30 * 30 and d.day <= e.ends_on), 0) as bigint)
        as remainder_minutes, year(date '1970-01-01' + cast(j.day as integer)) as year
    from joined j join term e on e.class = j.class join trainee t on t.trainee = j.trainee
    join class k on k.class = j.class where exists (select 1 from step c where c.trainee = j.trainee
        and c.class = j.class and c.kind = 8 and c.sequence not in (select target from retraction)) order by t.id"""


def seconds_each(rules, cases):
    """Seconds a trainee, one at a time as a new case comes in, and all at once (repeated to 10,000)."""
    began = time.perf_counter()
    for case in cases[:20]:
        amounts(rules, [case])
    single = (time.perf_counter() - began) / len(cases[:20])
    crowd = (cases * (10_000 // len(cases) + 1))[:10_000]
    began = time.perf_counter()
    amounts(rules, crowd)
    return single, (time.perf_counter() - began) / len(crowd)
