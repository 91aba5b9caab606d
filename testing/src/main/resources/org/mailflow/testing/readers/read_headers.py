"""Reads the header of mails with Python's email package, in both of its ways.

Each line of the input is a mail in base64, each line of the output what was read of it: the fields in order, with how often each
is there. Python's standard library alone.
"""

import base64
import json
import sys
from email import message_from_bytes, policy

POLICIES = {"Python, compat32": policy.compat32, "Python, default": policy.default}


def value(how, name, raw):
    try:
        return str(how.header_fetch_parse(name, raw))
    except Exception:  # a reader may give up on a value; what it had in hand is what counts then
        return str(raw)


def fields(mail, how):
    counts = {}
    for field in message_from_bytes(mail, policy=how).raw_items():
        counts[field] = counts.get(field, 0) + 1
    return [[name, value(how, name, raw), count] for (name, raw), count in counts.items()]


for line in sys.stdin:
    content = base64.b64decode(line)
    print(json.dumps({reader: fields(content, how) for reader, how in POLICIES.items()}))
