"""The claims of a bundle."""

import json

from .bundle import BEACONS, DATA, OPENINGS, BundleError, need, open_bundle, parse, read_json
from .certificate import group_key
from .chain import ChainError, Header, is_ancestor, mapping_slot, open_chain, slot_word
from .encodings import (
    TRIALS, Cursor, form_context, item_bytes, list_order, read_item, read_list, read_opening, read_record, salt, study_id,
)
from .hashes import sha256
from .judge import CLAIMS, Judge
from .replay import FIELDS, Replay, Slot, compare
from .tree import SumTree, climb, is_included, leaf, over_sums, root_of, sums_root


def verify(data, trusted):
    """The report on a bundle; trusted: chainId, groupKey, and known (height, hash) or nothing."""
    archive, manifest = open_bundle(data)
    network = manifest["network"]
    if network["chainId"] != trusted["chainId"] or network["groupKey"] != trusted["groupKey"]:
        raise BundleError("network-differs", "the bundle is of another network than the trusted one")
    if group_key(trusted["groupKey"]) is None:
        raise BundleError("trusted-key-malformed", "the trusted group key is no point")
    judge = Judge()
    try:
        block, newest = open_chain(manifest, trusted)
    except ChainError as error:
        judge.fail("C1", error.code, str(error))
        judge.nothing_certified()
        return judge.report(manifest, {"block": None, "newest": None})
    _limit_of_trust(judge, trusted.get("known"), newest)
    study = study_id(trusted["chainId"], manifest["study"]["organisation"], manifest["study"]["number"])
    ledger = {"manifest": manifest, "chainId": trusted["chainId"], "study": study, "block": block}
    _check_state(ledger, judge)
    openings = read_json(archive, "openings.json", OPENINGS)
    lists = _read_lists(archive)
    beacons = _read_beacons(archive, block, judge)
    replay = Replay(ledger, beacons, judge)
    replay.run(archive)
    _check_subjects(archive, manifest, replay, judge)
    _check_outcomes(openings, replay, judge)
    arms = _check_lists(openings, lists, replay, beacons, judge)
    traced = _read_analyses(archive, manifest, replay, arms, judge)
    _check_values(archive, manifest, replay, traced, judge)
    _check_names(openings, replay, judge)
    _limits(manifest, replay, judge)
    return judge.report(manifest, {"block": block.facts(), "newest": newest.facts()})


def _limit_of_trust(judge, known, newest):
    if known is None:
        judge.limits.append("that the committee which signed was the one in office: no newer block was known to the verifier")
    elif known[0] < newest.header.number:
        judge.limits.append("that the chain goes through the block which the verifier knows: a newer certificate is taken by itself")


def _holds(ledger, slots, words, proofs):
    root = ledger["block"].header.state_root
    return all(slot_word(root, TRIALS, slot % 2**256, proof) == word for slot, word, proof in zip(slots, words, proofs))


def _check_state(ledger, judge):
    manifest, study = ledger["manifest"], ledger["study"]
    head, name = manifest["head"], manifest["study"]
    packed = (head["size"] | head["subjects"] << 64 | head["status"] << 96 | name["organisation"] << 104 | name["number"] << 136
              | head["lists"] << 168 | head["analyses"] << 184 | head["plans"] << 200)
    words = (int.from_bytes(head["root"], "big"), int.from_bytes(head["sums"], "big"), packed)
    first = mapping_slot(1, study)
    if not _holds(ledger, (first, first + 1, first + 2), words, head["proofs"]):
        judge.fail("C2", "head-differs", "the head of the study is not the one in the certified state")
    register = manifest["register"]
    slot = mapping_slot(0, name["organisation"].to_bytes(32, "big"))
    if not _holds(ledger, (slot,), (register["count"],), (register["proof"],)):
        judge.fail("C5", "register-differs", "the count of the sponsor's registrations is not the one in the certified state")
    else:
        judge.note("C5", "registration", f"registration {name['number']} of {register['count']} by this sponsor")
    claims = ("C5", "C5", "C13", "C11", "C14", "C13", "C6")
    for number, (mark, claim) in enumerate(zip(manifest["milestones"], claims), 1):
        first = mapping_slot(mapping_slot(2, study), number.to_bytes(32, "big"))
        words = (int.from_bytes(mark["root"], "big"), mark["size"] | mark["height"] << 64 | mark["timeMs"] << 128)
        if not _holds(ledger, (first, first + 1), words, mark["proofs"]):
            judge.fail(claim, "milestone-differs", f"the milestone {number} is not the one in the certified state", milestone=number)


def _read_lists(archive):
    lists = {}
    for name in archive.places:
        if name.startswith("lists/") and name.endswith(".bin"):
            try:
                lists[int(name[6:-4])] = read_list(need(archive, name))
            except ValueError as error:
                raise BundleError("file-malformed", f"{name}: {error}") from None
    return lists


def _read_beacons(archive, block, judge):
    proved = {}
    for index, beacon in enumerate(read_json(archive, "beacons.json", BEACONS)):
        try:
            header = Header(beacon["header"])
        except ValueError:
            header = None
        if header and is_ancestor(block.history_root, header.hash, (block.history_size, header.number), beacon):
            proved[header.number] = header
        else:
            judge.fail("C7", "beacon-not-ancestor", "a block is no ancestor of the certified one", index=index)
    return proved


def _check_subjects(archive, manifest, replay, judge):
    fields, tree, count, total = Cursor(need(archive, "subjects.bin")), SumTree(), 0, [0] * 7
    is_all = manifest["subjects"] == "all"
    try:
        while not fields.is_at_end():
            record = read_record(fields.take(82))
            count += 1
            if is_all:
                tree.append((record["leaf"], record["sums"]))
                total = [one + other for one, other in zip(total, record["sums"])]
                if record["slot"] != count:
                    judge.fail("C3", "slot-gap", f"got the record of slot {record['slot']}, expected {count}", slot=count)
            else:
                _check_record_proof(fields, record, manifest["head"], judge)
            _check_record(record, replay, judge)
    except ValueError as error:
        raise BundleError("file-malformed", f"subjects.bin: {error}") from None
    if not is_all:
        judge.limit("C3", "the records of other subjects, of whom the proved sums tell the number")
        judge.limit("C4", "the forms of other subjects")
        if count != 1 and manifest["audience"] == "participant":
            judge.fail("C3", "record-missing", "the bundle has no record of the subject")
        return
    if count != manifest["head"]["subjects"] or replay.subjects != count:
        judge.fail("C3", "subjects-missing", f"{count} records, {replay.subjects} consents", slot=min(count, replay.subjects) + 1)
    if tree.root() != manifest["head"]["sums"]:
        judge.fail("C3", "sums-differ", "the records do not make up the sums of the ledger")
    if replay.is_locked and not replay.since_lock and tree.root() != replay.lock_sums:
        judge.fail("C13", "lock-differs", "the lock is over other sums than stand there", entry=replay.last_lock)
    if replay.is_locked and total[4]:
        judge.fail("C4", "locked-with-missing", "the study is locked while forms are missing")


def _check_record_proof(fields, record, head, judge):
    count = fields.number(1)
    if count > 64:
        raise ValueError("a proof is too long")
    proof = []
    for _ in range(count):
        hashed = fields.take(32)
        proof.append((hashed, tuple(fields.number(width) for width in (4, 8, 8, 8, 8, 8, 4))))
    try:
        top = climb(record["slot"] - 1, head["subjects"], (record["leaf"], record["sums"]), proof, over_sums) if record["slot"] else None
        is_there = top is not None and sums_root(top) == head["sums"]
    except OverflowError:
        is_there = False
    if not is_there:
        judge.fail("C3", "record-differs", "the record is not in the sums of the ledger", slot=record["slot"])


def _check_record(record, replay, judge):
    number = record["slot"]
    slot = replay.slots.get(number) or Slot()
    if record["entries"] != slot.entries:
        judge.fail("C2", "subject-entries-missing", f"got {slot.entries} entries of the subject, the ledger has {record['entries']}", slot=number)
    elif record["tip"] != slot.tip:
        judge.fail("C2", "tip-differs", "the chain of the subject's entries is not that of the ledger", slot=number)
    if (record["items"], record["nulls"]) != (slot.items, slot.nulls):
        judge.fail("C4", "items-differ", "entries and record differ in items or nulls", slot=number)
    if (record["status"] == 7) != (number in replay.erased):
        judge.fail("C15", "erasure-differs", "the record and the entries differ about an erasure", slot=number)
    version = record["schedule"]
    if not 1 <= version <= len(replay.schedules):
        if replay.is_complete:
            judge.fail("C4", "schedule-unknown", "the record follows a schedule that was not registered", slot=number)
        else:
            judge.unclaimed("C4", "the schedule of the subject, which an amendment brought")
        return
    absent, cell = [], 0
    for visit, forms in enumerate(replay.schedules[version - 1]):
        if visit < 64 and record["due"] >> visit & 1:
            absent.extend(due for due in range(cell, cell + forms) if due not in slot.cells)
        cell += forms
    if len(absent) != record["missing"]:
        judge.fail("C4", "missing-differs", f"{len(absent)} due forms are in no entry, the record says {record['missing']}",
                   slot=number, cell=absent[0] if absent else None)


def _check_outcomes(openings, replay, judge):
    for opening in openings["outcomes"]:
        place = {"entry": opening["entry"], "index": opening["index"]}
        sets = dict(replay.published) | dict(replay.outcomes)
        outcomes = sets.get(opening["entry"], [])
        if opening["index"] >= len(outcomes) or len(opening["fields"]) != len(FIELDS):
            judge.fail("C6", "opening-unknown", "no such outcome is in the log", **place)
            continue
        words = outcomes[opening["index"]][1]
        for number, (name, word, field) in enumerate(zip(FIELDS, words, opening["fields"]), 1):
            shown = bytes(32) if field is None else sha256(
                b"theriac/trial/outcome/v1", bytes((number,)), field["salt"], field["text"].encode())
            if shown != word:
                judge.fail("C6", "opening-differs", "the words shown are not those that were registered", item=name, **place)
    for entry, outcomes in replay.published:
        before = [found for number, found in replay.outcomes if number < entry]
        for code, index, text in compare(before[-1] if before else [], outcomes):
            judge.fail("C6", code, f"in the publication {text}", entry=entry, index=index)


def _check_lists(openings, lists, replay, beacons, judge):
    secrets = {found["list"]: found["secret"] for found in openings["secrets"]}
    for number in [*sorted(lists), *sorted(secrets)]:
        if replay.is_complete and replay.unblinded is None:
            judge.fail("C11", "opened-in-bundle", "the list is opened though the study was not unblinded", list=number)
        if number not in replay.lists:
            judge.fail("C12", "list-unknown", "the list was not committed", list=number)
    if replay.unblinded:
        entry, body = replay.unblinded
        if set(secrets) != set(replay.lists):
            judge.limit("C12", "that all lists are those of the unblinding: not all secrets are opened")
        elif root_of(leaf(number.to_bytes(2, "big") + secrets[number]) for number in sorted(secrets)) != body["secrets"]:
            judge.fail("C12", "secrets-differ", "the secrets are not those of the unblinding", entry=entry)
    arms = {}
    for number in sorted(replay.lists):
        found = replay.lists[number]
        committed, drawn = found["committed"], found["drawn"]
        if drawn and drawn[1]["height"] in beacons and beacons[drawn[1]["height"]].mix_hash != drawn[1]["prevrandao"]:
            judge.fail("C12", "draw-differs", "the random value is not that of the block", entry=drawn[0], list=number)
        for slot in found["allocated"]:
            arms.setdefault(slot, None)
        if number not in lists:
            judge.limit("C12", f"arms and kits of list {number}, which is not opened")
            continue
        entries, length = lists[number], max(committed["block_length"], 1)
        if len(entries) != committed["length"] or root_of(entry["leaf"] for entry in entries) != committed["base_root"]:
            judge.fail("C12", "list-differs", f"the entries are not those that entry {found['entry']} committed", list=number)
        else:
            odd = [index for index, entry in enumerate(entries)
                   if (entry["index"], entry["stratum"], entry["block"]) != (index, committed["stratum"], index // length)]
            if odd:
                judge.fail("C12", "list-malformed", "the entry has another index, stratum or block than its place", list=number, index=odd[0])
        if number not in secrets:
            judge.limit("C12", f"the order of list {number}, whose secret is not opened")
            continue
        if sha256(b"theriac/trial/list/v1", secrets[number]) != committed["secret"]:
            judge.fail("C12", "secret-differs", "the secret is not the one that was committed", list=number)
            continue
        if drawn:
            seed = sha256(b"theriac/trial/seed/v1", secrets[number], drawn[1]["prevrandao"])
            order = list_order(len(entries), committed["block_length"], seed, committed["stratum"])
            for slot, index in zip(found["allocated"], order):
                arms[slot] = {"arm": entries[index]["arm"], "kit": entries[index]["kit"]}
    return arms


class _Spelled(str):
    """A number as it is spelled."""


def _read_row(line):
    return json.loads(line, parse_int=_Spelled, parse_float=_Spelled, parse_constant=_no_constant)


def _no_constant(text):
    raise ValueError(f"{text} is no number")


def _lines(data):
    lines = data.split(b"\n")
    if lines.pop():
        raise BundleError("file-unreadable", "the last line has no end")
    return lines


def _read_analyses(archive, manifest, replay, arms, judge):
    """The cells of datasets that are said to be items: (slot, cell, oid, value, lock, place)."""
    traced = []
    if not replay.analyses:
        judge.unclaimed("C14", "no analysis was entered")
    digests = {file["name"]: file["sha256"] for file in manifest["files"]}
    has_datasets = any(name.startswith("datasets/") for name in digests)
    for entry, body in replay.analyses:
        absent = f"the datasets of analysis {body['number']}, which the bundle has not"
        document = archive.read(f"documents/{body['data'].hex()}")
        if document is None or sha256(document) != body["data"]:
            judge.unclaimed("C14", absent)
            continue
        try:
            data = DATA(parse(document))
        except ValueError:
            judge.fail("C14", "data-manifest-malformed", "the manifest of the data is not of its form", entry=entry)
            continue
        if data["lock"] != body["lock"]:
            judge.fail("C14", "data-of-another-lock", "the data are of another lock than the analysis", entry=entry)
        if not has_datasets:
            judge.unclaimed("C14", absent)
            continue
        for dataset in data["datasets"]:
            names = [f"datasets/{dataset['name']}.{end}" for end in ("ndjson", "lineage.ndjson")]
            if manifest["audience"] == "journal" and not any(name in digests for name in names):
                judge.unclaimed("C14", f"dataset {dataset['name']}, which the bundle has not: it has items that were not opened for the journal")
                continue
            if [digests.get(name) for name in names] != [dataset["dataset"], dataset["lineage"]]:
                judge.fail("C14", "dataset-differs", "the dataset or its lineage is not the one that was analysed", dataset=dataset["name"])
                continue
            rows, lineage = (_lines(archive.read(name)) for name in names)
            _read_dataset(rows[1:], lineage, dataset["name"], data["lock"], (traced, arms, judge))
    return sorted(traced, key=lambda cell: cell[:2])


def _read_dataset(rows, lineage, name, lock, found):
    traced, arms, judge = found
    for number in range(max(len(rows), len(lineage))):
        place = {"dataset": name, "row": number}
        if number >= min(len(rows), len(lineage)):
            judge.fail("C14", "lineage-malformed", "there is not one line of lineage for each row", **place)
            return
        try:
            values, origins = _read_row(rows[number]), parse(lineage[number])
            if not isinstance(values, list) or not isinstance(origins, list) or len(values) != len(origins):
                raise ValueError
            cells = list(enumerate(zip(values, origins)))
            if not all(_is_traceable(value, origin) for _, (value, origin) in cells):
                raise ValueError
            for column, (value, origin) in cells:
                _trace(value, origin, {**place, "column": column}, lock, (traced, arms, judge))
        except ValueError:
            judge.fail("C14", "lineage-malformed", "the row or its lineage is not of its form", **place)


def _is_traceable(value, origin):
    if origin is None:
        return True
    if not isinstance(origin, list) or not all(type(part) is int and 0 <= part < 1 << 32 for part in origin[:-1]):
        return False
    if len(origin) == 2:
        return origin[1] in ("arm", "kit")
    return len(origin) == 3 and type(origin[2]) is str and (value is None or isinstance(value, str))


def _trace(value, origin, place, lock, found):
    traced, arms, judge = found
    if origin is None:
        return
    if len(origin) == 3:
        slot, cell, oid = origin
        traced.append((slot, cell, oid, None if value is None else str(value), lock, place))
        return
    slot, what = origin
    own = value if isinstance(value, str) and not isinstance(value, _Spelled) else None
    allocated = arms.get(slot, {})
    if allocated is None:
        judge.limit("C14", "arms and kits of lists that are not opened")
    elif allocated.get(what) != own:
        judge.fail("C14", "arm-differs", "the arm or kit is not the one that the list gives the subject", slot=slot, **place)


class _Walk:
    """The way through all forms in the order of slot, cell and entry."""

    def __init__(self, manifest, replay, traced, judge):
        self.study = replay.ledger["study"]
        self.is_whole, self.replay, self.traced, self.judge = manifest["forms"] == "all", replay, traced, judge
        self.next, self.at = 0, (0, 0)
        self.latest, self.history, self.is_hidden = {}, {}, False

    def enter(self, form):
        if form[:2] == self.at:
            return
        self.leave_until(form[:2])
        self.at, self.latest, self.history, self.is_hidden = form[:2], {}, {}, False

    def unopened(self, form):
        self.enter(form)
        self.is_hidden = True
        if self.is_whole and form[0] not in self.replay.erased:
            self.fail("C2", "form-missing", "the values are not in the bundle, and the subject was not erased", form)

    def fail(self, claim, code, text, form, **more):
        self.judge.fail(claim, code, text, entry=form[2], slot=form[0], cell=form[1], **more)

    def opened(self, form, secret, items):
        self.enter(form)
        if secret is None:
            self.is_hidden = self.is_hidden or len(items) != form[4]
            if self.is_whole:
                self.fail("C2", "form-missing", "the form is not opened whole", form)
            for item in items:
                self.check_chosen(form, item)
            return
        if len(items) != form[4]:
            self.fail("C4", "items-differ", f"got {len(items)} items, the ledger says {form[4]}", form)
        whole, before = [], dict(self.latest)
        for index, item in enumerate(items):
            last = before.get(item["oid"])
            if (last is None) != (item["reason"] is None):
                self.is_hidden = True
                self.fail("C9", "reason-missing", "a later version has no reason, or a first one has", form, item=item["oid"])
                return
            version = last["version"] + 1 if last else 1
            context = form_context(self.study, form[0], form[1])
            whole.append({**item, "version": version, "context": context, "salt": salt(secret, version, index),
                          "replaces": last["leaf"] if last else None})
        leaves = [leaf(item_bytes(item)) for item in whole]
        if root_of(leaves) != form[3]:
            self.fail("C2", "values-differ", "the values are not those that the entry commits to", form)
        nulls = sum(item["kind"] == 1 for item in whole)
        if form[5] is not None and form[5] != nulls:
            self.fail("C4", "nulls-differ", f"got {nulls} nulls, the ledger says {form[5]}", form)
        for item, hashed in zip(whole, leaves):
            self.take(form, item, hashed)

    def check_chosen(self, form, chosen):
        hashed = leaf(chosen["leaf"])
        if not is_included((chosen["index"], form[4]), hashed, chosen["proof"], form[3]):
            self.fail("C2", "values-differ", "the item is not in the form that the entry commits to", form, index=chosen["index"])
            return
        try:
            item = read_item(chosen["leaf"])
            if item["context"] != form_context(self.study, form[0], form[1]):
                raise ValueError
        except ValueError:
            self.fail("C2", "item-malformed", "the item is of another form, or of no form", form)
            return
        last, replaces = self.latest.get(item["oid"]), item.get("replaces")
        follows = replaces is None if last is None else (last["version"] + 1, last["leaf"]) == (item["version"], replaces)
        if not follows:
            if last is None and self.is_hidden:
                self.judge.limit("C9", "what items said before, where it is not opened")
            else:
                self.fail("C9", "old-value-differs", "the item does not follow the version before it", form, item=item["oid"])
        self.take(form, item, hashed)

    def take(self, form, item, hashed):
        reason = item.get("reason")
        if reason and not (1 <= reason[0] <= 5 or reason[0] == 6 and reason[1]):
            self.fail("C9", "reason-missing", "the new version has no reason", form, item=item["oid"])
        self.latest[item["oid"]] = {"version": item["version"], "leaf": hashed}
        self.history.setdefault(item["oid"], []).append((form[2], item["value"] if item["kind"] == 0 else None))

    def leave_until(self, at):
        while self.next < len(self.traced) and self.traced[self.next][:2] < at:
            self.check_traced(*self.traced[self.next])
            self.next += 1

    def check_traced(self, slot, cell, oid, value, lock, place):
        if slot in self.replay.erased:
            self.judge.limit("C14", "the rows of erased subjects, whose values are gone")
            return
        versions = self.history.get(oid, []) if (slot, cell) == self.at else []
        locked = [found for entry, found in versions if entry < lock]
        place = {"slot": slot, "cell": cell, "item": oid, **place}
        if not locked:
            self.judge.fail("C14", "row-without-item", "the row says it comes from an item that is not in the locked data", **place)
        elif locked[-1] != value:
            self.judge.fail("C14", "row-differs", "the row has another value than the locked item", **place)
        elif self.is_hidden:
            self.judge.limit("C14", "that no correction which is not opened changed a value of a row")


def _check_values(archive, manifest, replay, traced, judge):
    if manifest["forms"] == "none":
        judge.limit("C2", "the values, of which the bundle has none")
        judge.limit("C9", "the values before and after, of which the bundle has none")
        return
    forms = sorted(replay.forms, key=lambda form: form[:3])
    places = {form[2]: place for place, form in enumerate(forms)}
    walk, following = _Walk(manifest, replay, traced, judge), 0
    fields = Cursor(need(archive, "forms.bin"))
    try:
        while not fields.is_at_end():
            entry = fields.number(8)
            secret, items = read_opening(fields.framed(8 << 20))
            place = places.get(entry, -1)
            if place < following:
                judge.fail("C2", "form-unknown", "the values are of no capture or correction, or not in their order", entry=entry)
                continue
            for form in forms[following:place]:
                walk.unopened(form)
            walk.opened(forms[place], secret, items)
            following = place + 1
    except ValueError as error:
        raise BundleError("file-malformed", f"forms.bin: {error}") from None
    for form in forms[following:]:
        walk.unopened(form)
    walk.leave_until((1 << 32, 0))


def _check_names(openings, replay, judge):
    for opening in openings["names"]:
        name = sha256(b"theriac/trial/name/v1", opening["salt"], opening["name"].encode())
        if replay.signatures.get(opening["entry"]) != name:
            judge.fail("C10", "name-differs", "the printed name is not the one that was signed", entry=opening["entry"])
    if len(openings["names"]) < len(replay.signatures):
        judge.limit("C10", "the printed names of signatures that the bundle does not open")


def _limits(manifest, replay, judge):
    if manifest["entries"] == "chosen":
        for claim in ("C6", "C11", "C12", "C13", "C14", "C15"):
            judge.unclaimed(claim, "the bundle has some entries only, and others may follow or contradict")
    if not judge.is_log_proved:
        for claim in list(CLAIMS)[2:]:
            judge.unclaimed(claim, "the entries are not shown to be those of the ledger, see C2")
    if manifest["audience"] == "journal":
        judge.limit("C2", "the values of items that were not opened for the journal")
    if replay.last_lock is None:
        judge.limit("C13", "the study is not locked")
