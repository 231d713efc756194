"""The pinned bundles, judged as the Rust verifier judged them, and what is refused."""

import json
import unittest
from pathlib import Path

from compare import essence
from theriac_verify import BundleError, verify
from theriac_verify.hashes import keccak256
from theriac_verify.judge import text_of

VECTORS = Path(__file__).parents[2] / "crates/evidence/tests/vectors"
NETWORK = json.loads((VECTORS / "bundle_trusted.json").read_text())
TRUSTED = {"chainId": NETWORK["chainId"], "groupKey": bytes.fromhex(NETWORK["groupKey"][2:]), "known": None}


def bundle(name):
    return (VECTORS / f"trial_{name}.zip").read_bytes()


class Trial(unittest.TestCase):
    def test_pinned_bundles_are_judged_as_by_the_other_verifier(self):
        for name in ("regulator", "journal", "public", "participant", "changed"):
            theirs = json.loads((VECTORS / f"trial_{name}.json").read_text())
            ours = verify(bundle(name), TRUSTED)
            self.assertEqual(essence(ours), essence(theirs), name)
            self.assertEqual(ours["newest"], theirs["newest"])
            self.assertEqual(ours["notClaimed"], theirs["notClaimed"])

    def test_changed_value_is_told_with_its_place(self):
        report = verify(bundle("changed"), TRUSTED)
        [claim] = [claim for claim in report["claims"] if claim["verdict"] == "FAIL"]
        self.assertEqual((claim["id"], claim["failures"][0]["code"]), ("C2", "values-differ"))
        self.assertIn("[values-differ]", text_of(report))

    def test_other_network_and_cut_files_are_refused(self):
        data = bundle("public")
        with self.assertRaises(BundleError) as raised:
            verify(data, {**TRUSTED, "chainId": 1})
        self.assertEqual(raised.exception.code, "network-differs")
        for length in range(0, len(data), 997):
            with self.assertRaises(BundleError):
                verify(data[:length], TRUSTED)

    def test_flipped_bits_are_refused_or_fail(self):
        data = bundle("public")
        for place in range(7, len(data), 1009):
            changed = bytearray(data)
            changed[place] ^= 4
            try:
                report = verify(bytes(changed), TRUSTED)
            except BundleError:
                continue
            self.assertTrue(any(claim["verdict"] == "FAIL" for claim in report["claims"]), place)

    def test_keccak_has_the_published_digest_of_nothing(self):
        expected = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        self.assertEqual(keccak256(b"").hex(), expected)


if __name__ == "__main__":
    unittest.main()
