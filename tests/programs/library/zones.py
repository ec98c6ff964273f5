"""Zones of the native zoneinfo where tables end and rules begin."""
import io
import struct
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def zone(rule, transitions=(), infos=((0, 0, 'UTC'),)):
    names = b''.join(name.encode() + b'\0' for _, _, name in infos)
    starts, at = [], 0
    for _, _, name in infos:
        starts.append(at)
        at += len(name) + 1
    head = b'TZif2' + bytes(15)
    empty = head + struct.pack('>6l', 0, 0, 0, 0, 0, 0)
    body = head + struct.pack('>6l', 0, 0, 0, len(transitions), len(infos), len(names))
    body += b''.join(struct.pack('>q', moment) for moment, _ in transitions)
    body += bytes(index for _, index in transitions)
    body += b''.join(struct.pack('>lbb', offset, dst, start) for (offset, dst, _), start in zip(infos, starts))
    return ZoneInfo.from_file(io.BytesIO(empty + body + names + b'\n' + rule.encode() + b'\n'), key=rule)


for rule in ('EST5EDT,M3.2.0,M11.1.0', '<-03>3', 'IST-1GMT0,M10.5.0,M3.5.0/1', 'AAA0BBB,J60/0,300/-5', 'CST-9:30CDT,M10.1.0,M4.1.0/3'):
    shown = zone(rule)
    for month in range(1, 13, 2):
        for day in (1, 15, 28):
            moment = datetime(2024, month, day, 1, 30, tzinfo=shown)
            utc = datetime(2024, month, day, 6, 15, tzinfo=timezone.utc).astimezone(shown)
            print(rule, moment.utcoffset(), moment.tzname(), moment.dst(), utc.isoformat(), utc.fold)

table = zone('XST-2', [(0, 1), (86400 * 200, 2), (86400 * 300, 1)], [(3600, 0, 'A'), (7200, 0, 'B'), (10800, 1, 'C')])
for days in (-1, 0, 100, 199, 200, 299, 300, 301, 5000):
    moment = datetime(1970, 1, 1, tzinfo=table) + timedelta(days=days, hours=2, minutes=30)
    print(days, moment.utcoffset(), moment.dst(), moment.tzname(), moment.replace(fold=1).utcoffset())

for wrong in ('', 'E5', 'EST', 'EST5EDT', 'EST5EDT,M3.2.0', 'EST5EDT,M13.1.0,M1.1.1', 'EST25', 'EST5EDT,M3.2.0,M11.1.0,x', 'EST5EDT,M3.2.0/168,M11.1.0'):
    try:
        print(repr(wrong), zone(wrong))
    except ValueError as error:
        print(repr(wrong), 'ValueError')
