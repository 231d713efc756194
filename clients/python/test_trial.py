"""The pinned bundles, judged as the Rust verifier judged them, and what is refused."""

import json
import unittest
from pathlib import Path
from types import SimpleNamespace

from compare import essence
from theriac_verify import BundleError, encodings, verify
from theriac_verify.hashes import keccak256
from theriac_verify.judge import Judge, text_of
from theriac_verify.replay import Replay
from theriac_verify.tree import root_of
from theriac_verify.verify import _check_record

STORY = Path(__file__).parents[2] / "crates/contracts/tests/vectors/trials.json"
VECTORS = Path(__file__).parents[2] / "crates/evidence/tests/vectors"
NETWORK = json.loads((VECTORS / "bundle_trusted.json").read_text())
TRUSTED = {"chainId": NETWORK["chainId"], "groupKey": bytes.fromhex(NETWORK["groupKey"][2:]), "known": None}


def hexed(text):
    return bytes.fromhex(text.removeprefix("0x"))


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

    @unittest.skipUnless(STORY.is_file(), f"{STORY} is absent")
    def test_entries_of_the_contracts_vectors_are_read_and_follow(self):
        story = json.loads(STORY.read_text())
        study = encodings.study_id(story["chain_id"], story["organisation"], story["number"])
        self.assertEqual(study, hexed(story["study"]))
        heads = {head["size"]: hexed(head["root"]) for head in story["heads"]}
        manifest = {"entries": "all", "study": {"number": story["number"]}, "milestones": [{"size": 0, "root": b""}] * 7,
                    "head": {"size": len(story["entries"]), "root": heads.get(len(story["entries"]))}}
        block = SimpleNamespace(header=SimpleNamespace(number=1 << 62))
        judge = Judge()
        replay = Replay({"manifest": manifest, "study": study, "chainId": story["chain_id"], "block": block}, {}, judge)
        for given in story["entries"]:
            entry = encodings.Entry(hexed(given["entry"]))
            self.assertEqual(entry.leaf, hexed(given["leaf"]))
            replay.take(entry, hexed(given["body"]), [])
            if replay.log.size in heads:
                self.assertEqual(replay.log.root(), heads[replay.log.size])
        self.assertFalse(judge.has_failed("C2"), judge.found["C2"])
        for given in story["records"]:
            slot, record = replay.slots[given["slot"]], encodings.read_record(hexed(given["record"]))
            self.assertEqual(record["leaf"], hexed(given["leaf"]))
            self.assertEqual((slot.entries, slot.tip, slot.items, slot.nulls), (record["entries"], record["tip"], record["items"], record["nulls"]))
            _check_record(record, replay, judge)
        self.assertFalse(judge.has_failed("C4") or judge.has_failed("C15"), judge.found)
        given = story["randomisation"]
        base = encodings.read_list(b"".join(hexed(entry) for entry in given["base"]))
        self.assertEqual(root_of(entry["leaf"] for entry in base), hexed(given["root"]))
        block_length = sum(entry["block"] == 0 for entry in base)
        order = encodings.list_order(len(base), block_length, hexed(given["seed"]), hexed(given["stratum"]))
        self.assertEqual(order, given["order"])
        for message in (message for name, message in story["messages"].items() if name.startswith("sign")):
            entry = SimpleNamespace(study=hexed(message["study"]), slot=message["slot"], site=message["site"], actor=hexed(message["account"]))
            body = {**message, "data_root": hexed(message["dataRoot"]), "name": hexed(message["name"])}
            self.assertEqual(encodings.signing_digest(story["chain_id"], entry, body), hexed(message["digest"]))

    def test_keccak_has_the_published_digest_of_nothing(self):
        expected = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        self.assertEqual(keccak256(b"").hex(), expected)


if __name__ == "__main__":
    unittest.main()
