"""datetime: arithmetic, zones, formats, parsing, comparison and errors."""
from datetime import date, datetime, time, timedelta, timezone, UTC, tzinfo

d = date(2024, 2, 29)
print(d, repr(d), d.isoformat(), d.weekday(), d.isocalendar(), d.toordinal(), d.replace(year=2023, day=1), d.strftime('%a %d %B %y %j %U'))
print(d + timedelta(days=366), d - date(2023, 12, 31), date.fromordinal(738000), date.fromisoformat('2024-W09-4'), date.min, date.max)
delta = timedelta(days=-1, hours=3, milliseconds=5)
print(delta, repr(delta), delta.total_seconds(), abs(delta), -delta, delta * 2.5, delta / 3, delta // timedelta(hours=1), delta % timedelta(hours=1), divmod(delta, timedelta(hours=7)))
print(timedelta.max, timedelta.resolution, timedelta(weeks=1) == timedelta(7), bool(timedelta()), hash(timedelta(1)) == hash(timedelta(hours=24)))
t = time(12, 34, 56, 789, fold=1)
print(t, repr(t), t.replace(hour=1), t.isoformat('minutes'), time.fromisoformat('04:05:06.5+02:00'), time(23, tzinfo=UTC))
zone = timezone(timedelta(hours=5, minutes=30), 'IST')
moment = datetime(2024, 12, 31, 23, 59, 59, 999999, zone)
print(moment, repr(moment), moment.astimezone(UTC), moment.utcoffset(), moment.tzname(), moment.timestamp(), moment.isoformat(' ', 'milliseconds'))
print(datetime.fromtimestamp(0, UTC), datetime.fromisoformat('2011-11-04T00:05:23Z'), datetime.fromisoformat('20111104T000523'), datetime.strptime('21/06/09 16:30 +0100', '%d/%m/%y %H:%M %z'))
print(f'{moment:%Y-%m-%dT%H:%M:%S.%f%z}', moment.timetuple()[:6], moment.date(), moment.time(), moment.timetz(), datetime.combine(d, t))
print(moment - datetime(2024, 1, 1, tzinfo=UTC), moment > datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1) == moment, timezone.utc, repr(zone), str(timezone(timedelta(hours=-3))))


class Dst(tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=2 if when and 3 < when.month < 10 else 1)

    def dst(self, when):
        return self.utcoffset(when) - timedelta(hours=1)

    def tzname(self, when):
        return 'summer' if self.dst(when) else 'winter'


local = datetime(2024, 7, 1, 12, tzinfo=Dst())
print(local, local.tzname(), local.astimezone(UTC), (local + timedelta(days=180)).tzname(), datetime(2024, 1, 1, tzinfo=UTC).astimezone(Dst()))
for call in (lambda: date(2023, 2, 29), lambda: time(24), lambda: datetime(1, 1, 1) - timedelta(1), lambda: timedelta(days=10**10), lambda: date.fromisoformat('2024-13-01'),
             lambda: datetime.strptime('x', '%Y'), lambda: datetime.strptime('2024 1', '%Y'), lambda: datetime(2024, 1, 1) < moment, lambda: d < moment, lambda: timezone(timedelta(days=2)),
             lambda: d + 1, lambda: delta / 0, lambda: time(1) < time(2, tzinfo=UTC), lambda: datetime('x', 1, 1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
