"""Command line: checks a bundle, exit code 0 if no claim failed, 4 if one did or the file is no such bundle."""

import argparse
import json
import sys

from .bundle import BundleError
from .judge import text_of
from .verify import verify


def known(text):
    height, digest = text.split(":")
    return int(height), bytes.fromhex(digest.removeprefix("0x"))


def main():
    arguments = argparse.ArgumentParser(prog="theriac_verify", description="Checks the evidence of a clinical trial, offline.")
    arguments.add_argument("file")
    arguments.add_argument("--group-key", required=True, help="96 bytes in hexadecimal")
    arguments.add_argument("--chain-id", required=True, type=int)
    arguments.add_argument("--known", type=known, help="height:hash of the newest block known to be final")
    arguments.add_argument("--json", action="store_true", help="print the report as JSON")
    given = arguments.parse_args()
    trusted = {"chainId": given.chain_id, "groupKey": bytes.fromhex(given.group_key.removeprefix("0x")), "known": given.known}
    with open(given.file, "rb") as file:
        data = file.read()
    try:
        report = verify(data, trusted)
    except BundleError as error:
        print(json.dumps({"code": error.code, "text": str(error)}) if given.json else f"REFUSED      {error} [{error.code}]")
        return 4
    print(json.dumps(report) if given.json else text_of(report))
    return 4 if any(claim["verdict"] == "FAIL" for claim in report["claims"]) else 0


if __name__ == "__main__":
    sys.exit(main())
