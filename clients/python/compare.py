"""Compares this verifier with another's reports: compare.py FOLDER GROUP_KEY CHAIN_ID, over FOLDER/*.zip and FOLDER/*.json."""

import json
import sys
from pathlib import Path

from theriac_verify import verify


def essence(report):
    """Verdicts and failures with their places, without the words."""
    claims = {}
    for claim in report["claims"]:
        failures = [(failure["code"], sorted(failure["place"].items())) for failure in claim["failures"]]
        claims[claim["id"]] = (claim["verdict"], claim["failed"], failures)
    return claims


def main():
    folder, key, chain_id = Path(sys.argv[1]), bytes.fromhex(sys.argv[2].removeprefix("0x")), int(sys.argv[3])
    bundles, differing = sorted(folder.glob("*.zip")), 0
    for bundle in bundles:
        theirs = essence(json.loads(bundle.with_suffix(".json").read_text()))
        ours = essence(verify(bundle.read_bytes(), {"groupKey": key, "chainId": chain_id, "known": None}))
        for claim in theirs:
            if ours[claim] != theirs[claim]:
                differing += 1
                print(f"{bundle.name} {claim}: got {ours[claim]}, the other says {theirs[claim]}")
                break
    print(f"{len(bundles)} bundles compared, {differing} judged differently")
    return 1 if differing or not bundles else 0


if __name__ == "__main__":
    sys.exit(main())
