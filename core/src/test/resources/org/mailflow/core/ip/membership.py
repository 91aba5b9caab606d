"""Reads lines "prefix address", answers each with 1 where the address is in the prefix and 0 where it is not.

IPv4-mapped IPv6 addresses and networks are IPv4, everything else is as Python's ipaddress has it.
"""
import ipaddress
import sys

MAPPED = ipaddress.ip_network("::ffff:0:0/96")


def network(text):
    parsed = ipaddress.ip_network(text, strict=False)
    if parsed.version == 6 and parsed.subnet_of(MAPPED):
        return ipaddress.ip_network((parsed.network_address.ipv4_mapped, parsed.prefixlen - 96))
    return parsed


def address(text):
    parsed = ipaddress.ip_address(text)
    return parsed.ipv4_mapped or parsed if parsed.version == 6 else parsed


answers = []
last_text, last = None, None
with open(sys.argv[1], encoding="ascii") as pairs:
    for line in pairs:
        prefix, member = line.split()
        if prefix != last_text:
            last_text, last = prefix, network(prefix)
        answers.append("1" if address(member) in last else "0")
sys.stdout.write("".join(answers))
