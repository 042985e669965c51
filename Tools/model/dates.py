"""Day arithmetic of the rules section 0 (ARI-02 to ARI-05).

A day is a plain integer, its proleptic Gregorian ordinal, so that counting
days is subtraction.  The only zone known here is the constant +08:00.
"""
import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

TAIPEI = timezone(timedelta(hours=8))

_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_ROC_SEPARATED = re.compile(r"^(\d{2,3})([-/])(\d{1,2})\2(\d{1,2})$")
_ROC_PLAIN = re.compile(r"^(\d{3})(\d{2})(\d{2})$")


def day(text):
    """The day that an ISO or ROC date names; ValueError if there is none."""
    match = _ISO.match(text)
    if match:
        year, month, number = map(int, match.groups())
        return date(year, month, number).toordinal()
    match = _ROC_SEPARATED.match(text)
    if match:
        year, month, number = int(match[1]), int(match[3]), int(match[4])
        return date(year + 1911, month, number).toordinal()
    match = _ROC_PLAIN.match(text)
    if match:
        year, month, number = map(int, match.groups())
        return date(year + 1911, month, number).toordinal()
    raise ValueError(f"not a date: {text!r}")


def text(number):
    """ISO text of a day; None stays None."""
    return None if number is None else date.fromordinal(number).isoformat()


def roc(number):
    """ROC text of a day, as 115-06-01."""
    found = date.fromordinal(number)
    return f"{found.year - 1911}-{found.month:02}-{found.day:02}"


def year_of(number):
    """Gregorian year of a day."""
    return date.fromordinal(number).year


def weekday(number):
    """0 for Monday to 6 for Sunday."""
    return date.fromordinal(number).weekday()


def instant(stamp):
    """The moment that an RFC 3339 text names."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))


def civil_day(moment):
    """Civil day in Taipei of a moment (ARI-02)."""
    return moment.astimezone(TAIPEI).date().toordinal()


def taipei_day(stamp):
    """Civil day in Taipei of an RFC 3339 text (ARI-02)."""
    return civil_day(instant(stamp))


def moment(number, minute):
    """The moment of a minute of a day in Taipei."""
    found = datetime.combine(date.fromordinal(number), datetime.min.time(), TAIPEI)
    return found + timedelta(minutes=minute)


def _shift(number, months):
    """(year, month, day-of-month, days in that month) `months` later."""
    start = date.fromordinal(number)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return year, month, start.day, monthrange(year, month)[1]


def period_end(start, months):
    """Last day of a period of `months` that begins on `start` (ARI-03)."""
    year, month, number, length = _shift(start, months)
    if number > length:
        return date(year, month, length).toordinal()
    return date(year, month, number).toordinal() - 1


def years_before(number, years):
    """D - N years; without such a day, the last of that month (ARI-04)."""
    year, month, wanted, length = _shift(number, -12 * years)
    return date(year, month, min(wanted, length)).toordinal()


def month_before(number):
    """The same day of the month before; without such a day, its last (TIP-01)."""
    year, month, wanted, length = _shift(number, -1)
    return date(year, month, min(wanted, length)).toordinal()


def working_day_before(number, holidays):
    """ARI-06: the last day before D that is no weekend and no holiday."""
    number -= 1
    while weekday(number) >= 5 or number in holidays:
        number -= 1
    return number


def lookback(number, years):
    """First and last day of "within N years before D" (ARI-04)."""
    return years_before(number, years), number - 1


def lookahead_months(number, months):
    """The same day N months later; without such a day, the last of that month."""
    year, month, wanted, length = _shift(number, months)
    return date(year, month, min(wanted, length)).toordinal()


def lookahead_end(number, years):
    """Last day of "within N years after D": the same day N years later."""
    return lookahead_months(number, 12 * years)


def birthday(birth, years):
    """The day on which somebody completes `years` (ARI-05)."""
    born = date.fromordinal(birth)
    if (born.month, born.day) == (2, 29) and monthrange(born.year + years, 2)[1] == 28:
        return date(born.year + years, 3, 1).toordinal()
    return date(born.year + years, born.month, born.day).toordinal()


def age(birth, on):
    """Whole years completed on a day (ARI-05)."""
    years = year_of(on) - year_of(birth)
    return years if birthday(birth, years) <= on else years - 1
