"""Derived checks beside certificates (LIV-13): findings, never refusals."""
from .dates import age, birthday, lookback, month_before, period_end, years_before
from .rulebook import SECOND_TABLE
from .tuition import NEVER_STARTED

LABOUR = {"labour", "employment"}
SHORT_SPELL = 14
SIX_MONTHS = 180


def ends(spell, on):
    return on if spell["to"] is None else spell["to"]


def doubtful(spell, on):
    """Cover that LIV-13 puts to a person to decide."""
    return (spell["scheme"] in ("occupationalUnion", "fishersAssociation")
            or spell["mark"] is not None
            or ends(spell, on) - spell["from"] + 1 <= SHORT_SPELL)


def covers(person, start):
    """(plain, doubtful) spells of labour insurance; None if the start day is unverified."""
    verified = person.verification(start)
    if verified is None:
        return None
    spells = [s for s in verified["spells"] if s["from"] <= start and s["scheme"]
              in LABOUR | {"occupationalUnion", "fishersAssociation"}]
    return ([s for s in spells if not doubtful(s, start)],
            [s for s in spells if doubtful(s, start)])


def middle_aged(person, class_):
    start = class_.startsOn
    return birthday(person.birth, 45) <= start <= birthday(person.birth, 65)


def elder(person, class_):
    return class_.startsOn > birthday(person.birth, 65)


def youth(person, class_):
    return 15 <= age(person.birth, class_.startsOn) < 18


def insured_days(spells, first, last):
    """Days within first..last on which any spell runs."""
    days = set()
    for spell in spells:
        days |= set(range(max(first, spell["from"]), min(last, ends(spell, last)) + 1))
    return len(days)


def registered(person, class_):
    """Job-seeker registration: SEMI's month, or COFFEE's from 30 days before recruiting."""
    start = class_.startsOn
    first, last = month_before(start), start - 1
    if start >= SECOND_TABLE and class_.recruitsFrom is not None:
        first, last = class_.recruitsFrom - 30, start
    return any(first <= on <= last for on in person.searches)


def long_term(person, class_):
    """True, False, "unclear" or None while the start day is unverified."""
    start = class_.startsOn
    if not registered(person, class_):
        return False
    known = covers(person, start)
    if known is None:
        return None
    first, last = lookback(start, 1)
    plain, doubt = known
    if any(ends(s, last) >= first and s["from"] <= last for s in plain):
        return False

    def enough(spells):
        past = [ends(s, last) for s in spells if ends(s, last) < first]
        if not past:
            return False
        stopped = max(past)
        return insured_days(spells, years_before(stopped, 3), stopped) >= SIX_MONTHS

    if any(ends(s, last) >= first and s["from"] <= last for s in doubt):
        return "unclear"
    if enough(plain):
        return True
    return "unclear" if enough(plain + doubt) else False


def returning(person, class_):
    """Two years since the last spell of 14 days or more ended."""
    start = class_.startsOn
    if person.sex != "female":
        return False
    known = covers(person, start)
    if known is None:
        return None

    def away(spells):
        return all(s["to"] is not None and period_end(s["to"] + 1, 24) < start for s in spells)

    counted = [s for s in known[0] + known[1] if ends(s, start) - s["from"] + 1 >= SHORT_SPELL]
    plain = [s for s in counted if s["scheme"] in LABOUR and s["mark"] is None]
    doubt = [s for s in counted if s not in plain]
    if not away(plain):
        return False
    return True if plain and away(doubt) else "unclear"


CHECKS = {"middleAged": middle_aged, "elder": elder, "youthNotInSchoolOrWork": youth,
          "longTermUnemployed": long_term, "returningWoman": returning}
WORDS = {True: "confirmed", False: "contradicted", None: "pending", "unclear": "unclear"}


def checks(person, class_):
    """The derived checks of the categories certified for the start day."""
    held = {c["category"] for c in person.certificates_for(class_.startsOn)}
    return [{"clause": "LIV-13", "category": category,
             "result": WORDS[CHECKS[category](person, class_)]}
            for category in sorted(held & set(CHECKS))]


def findings(world):
    """One line a trainee and pre-employment class with a certificate that can be checked."""
    for trainee in sorted(world.persons):
        person = world.persons[trainee]
        for id_ in sorted(person.enrolments):
            class_, enrolment = world.classes[id_], person.enrolments[id_]
            if class_.programme != "preEmployment" or trainee not in enrolment.trainees \
                    or enrolment.state in NEVER_STARTED:
                continue
            found = checks(person, class_)
            if found:
                yield {"kind": "findings", "class": id_, "trainee": trainee, "findings": found}
