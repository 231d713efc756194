"""Judges bundles as they come, beside another verifier: stream.py GROUP_KEY CHAIN_ID. In: length (4 bytes, big-endian) and bundle; out: a line of JSON each."""

import json
import sys

from theriac_verify import BundleError, verify


def judged(data, trusted):
    """For each claim verdict, count and failures with their places; or the code of the refusal."""
    try:
        report = verify(data, trusted)
    except BundleError as error:
        return {"refused": error.code}
    return {claim["id"]: [claim["verdict"], claim["failed"], [[failure["code"], failure["place"]] for failure in claim["failures"]]]
            for claim in report["claims"]}


def main():
    trusted = {"groupKey": bytes.fromhex(sys.argv[1].removeprefix("0x")), "chainId": int(sys.argv[2]), "known": None}
    while length := sys.stdin.buffer.read(4):
        data = sys.stdin.buffer.read(int.from_bytes(length, "big"))
        print(json.dumps(judged(data, trusted)), flush=True)


if __name__ == "__main__":
    main()
