"""Working days, calendars, recurring dates, ISO weeks, durations and zones, with datetime's corner cases."""
import calendar
from datetime import UTC, MAXYEAR, date, datetime, time, timedelta, timezone, tzinfo
from itertools import islice, takewhile


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def working_days(start, holidays=()):
    while True:
        if start.weekday() < 5 and start not in holidays:
            yield start
        start += timedelta(days=1)


def monthly(start, step=1):
    month = start.year * 12 + start.month - 1
    while True:
        year, index = divmod(month, 12)
        yield start.replace(year=year, month=index + 1, day=min(start.day, calendar.monthrange(year, index + 1)[1]))
        month += step


class Odd(tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=2 if when and 3 < when.month < 11 else 1, seconds=30)

    def dst(self, when):
        return self.utcoffset(when) - timedelta(hours=1, seconds=30)

    def tzname(self, when):
        return "ODD"


holidays = {easter(2024) + timedelta(days=n) for n in (-2, 1, 39, 50)}
print([str(d) for d in sorted(holidays)], [easter(y).isoformat() for y in (1999, 2000, 2038)])
print([d.strftime("%a %d") for d in islice(working_days(date(2024, 3, 27), holidays), 5)])
print([str(d) for d in islice(monthly(date(2023, 12, 31)), 4)], str(next(islice(monthly(date(2024, 2, 29), 12), 1, None))))
print([str(d) for d in takewhile(lambda d: d.year < 2025, (date.fromisocalendar(2024, w, 1) for w in (1, 26, 52)))], date(2024, 12, 30).isocalendar())
moment = datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=Odd())
print(moment, moment.utcoffset(), moment.dst(), moment.tzname(), moment.astimezone(UTC), (moment + timedelta(days=60)).isoformat())
print(moment - datetime(2024, 2, 29, tzinfo=UTC), moment == moment.astimezone(timezone(timedelta(hours=-3))), hash(moment) == hash(moment.astimezone(UTC)))
for text in ("2024-02-29T12:30:15.123456+05:30", "20240229T123015Z", "2024-W09-4", "2024-02-30", "2024-02-29 24:00:00", "2024-02-29T12,5", "12:30",
             "2024-060", "2024-02-29T12:30:15.123456789", "2024-02-29T12:30+25:00"):
    try:
        print(repr(datetime.fromisoformat(text)))
    except ValueError as error:
        print(error)
span = timedelta(days=-1, hours=5, microseconds=7)
print(span, repr(span), abs(span), -span // timedelta(minutes=7), -span % timedelta(minutes=7), span / 3, span * 2.5, span.total_seconds(), divmod(span, timedelta(hours=1)))
print(timedelta(weeks=1.5, milliseconds=0.5), timedelta.max, timedelta(microseconds=0.5), timedelta(microseconds=1.5), bool(timedelta(0)))
for action in (lambda: date.max + timedelta(1), lambda: date.min - timedelta(1), lambda: timedelta(days=10**10), lambda: date(2023, 2, 29),
               lambda: datetime(1, 1, 1) < datetime(1, 1, 1, tzinfo=UTC), lambda: date(2024, 1, 1) < datetime(2024, 1, 1), lambda: date.today() + 1,
               lambda: timedelta(1) / 0, lambda: time(25), lambda: datetime.strptime("2024-13", "%Y-%m"), lambda: datetime.strptime("x 5", "x %d y"),
               lambda: timezone(timedelta(hours=24)), lambda: date.fromordinal(0), lambda: datetime(2024, 1, 1, fold=2), lambda: timedelta(1) < 5):
    try:
        print(action())
    except (OverflowError, ValueError, TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
print(datetime.strptime("Thu 29 Feb 2024 11:05:09 PM +0130", "%a %d %b %Y %I:%M:%S %p %z"), moment.strftime("%j %U %V %G %y %f %% %-d"), f"{moment:%Y/%m}")
print(calendar.month(2024, 2), calendar.TextCalendar(6).formatweekheader(2), calendar.isleap(MAXYEAR), calendar.leapdays(1900, 2000))
print(datetime.min.replace(tzinfo=UTC).timestamp(), datetime.fromtimestamp(-1.5, UTC), date(2024, 1, 1) == datetime(2024, 1, 1), {date(2024, 1, 1): 1}.get(datetime(2024, 1, 1)))
