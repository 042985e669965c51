"""The calendar and the numbers that every peer gets: periods of law, from the model's own reading of them."""
import datetime

from model.dates import birthday, period_end, years_before

EPOCH = datetime.date(1970, 1, 1).toordinal()
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2060, 12, 31)
QUOTA_MONTHS, LOOKBACK_YEARS, AGE = 36, 2, 15


def calendar():
    """Per day: its ISO text, the last day of a quota window from it, two years before it, the 15th birthday of one
    born on it; days since 1970-01-01."""
    for day in range(FIRST.toordinal(), LAST.toordinal() + 1):
        yield (day - EPOCH, datetime.date.fromordinal(day).isoformat(), period_end(day, QUOTA_MONTHS) - EPOCH,
               years_before(day, LOOKBACK_YEARS) - EPOCH, birthday(day, AGE) - EPOCH)


def numbers():
    """0 to 199: no benefit has more 30-day months."""
    for number in range(200):
        yield (number,)
