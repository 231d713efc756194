"""All entries in their order: the log, the chains of the subjects, times, and what each kind means."""

from .bundle import BundleError, need
from .encodings import Cursor, Entry, read_body, signing_digest
from .hashes import sha256
from .secp256k1 import recover
from .tree import Frontier, is_included

WINDOW = 8191
DATA = (6, 7, 8, 9)


class Slot:
    def __init__(self):
        self.entries, self.tip, self.consent, self.is_ended = 0, bytes(32), None, False
        self.items, self.nulls, self.cells, self.is_unsigned, self.site = 0, 0, {}, False, 0


class Replay:
    def __init__(self, ledger, beacons, judge):
        self.ledger, self.beacons, self.judge = ledger, beacons, judge
        manifest = ledger["manifest"]
        self.is_complete = manifest["entries"] == "all"
        self.size = manifest["head"]["size"]
        self.log, self.slots, self.forms = Frontier(), {}, []
        self.seen, self.next_number, self.subjects = 0, 0, 0
        self.registered, self.schedules, self.outcomes, self.published = None, [], [], []
        self.first_consent, self.consent_needed = None, 0
        self.lists, self.plans, self.analyses, self.signatures, self.erased = {}, 0, [], {}, set()
        self.is_locked, self.first_lock, self.last_lock, self.lock_sums, self.since_lock = False, None, None, None, 0
        self.unblinded = None
        self.at = (0, 0)
        marks = [(mark["size"], mark["root"]) for mark in manifest["milestones"] if mark["size"]]
        self.marks = {}
        for size, root in [*marks, (self.size, manifest["head"]["root"])]:
            self.marks.setdefault(size, []).append(root)
        self.good, self.bad = 0, None

    def slot(self, number):
        return self.slots.setdefault(number, Slot())

    def fail(self, claim, code, text, entry=None, **place):
        if entry is not None:
            place = {"entry": entry.number, "slot": entry.slot or None, **place}
        self.judge.fail(claim, code, text, **place)

    def run(self, archive):
        fields = Cursor(need(archive, "entries.bin"))
        try:
            while not fields.is_at_end():
                entry, body = Entry(fields.take(168)), fields.framed(1 << 16)
                self.take(entry, body, [] if self.is_complete else fields.path())
                if self.seen > self.size:
                    raise ValueError("more entries than the head says")
        except ValueError as error:
            raise BundleError("file-malformed", f"entries.bin: {error}") from None
        self.finish()

    def take(self, entry, data, path):
        self.check_place(entry, data, path)
        self.check_times(entry)
        try:
            body = read_body(entry.kind, data)
        except ValueError as error:
            self.fail("C2", "body-malformed", str(error), entry)
        else:
            self.apply(entry, body)
        self.follow(entry)
        self.log.append(entry.leaf)
        roots = self.marks.get(self.log.size) if self.is_complete else None
        if roots:
            is_same = all(root == self.log.root() for root in roots)
            if is_same and self.bad is None:
                self.good = self.log.size
            elif not is_same and self.bad is None:
                self.bad = self.log.size

    def check_place(self, entry, data, path):
        if entry.study != self.ledger["study"]:
            self.fail("C2", "other-study", "the entry is of another study", entry)
        if entry.number != self.seen if self.is_complete else entry.number < self.next_number:
            self.judge.fail("C2", "number-differs", f"got entry {entry.number}, expected {self.next_number}", entry=self.next_number)
        if sha256(data) != entry.body:
            self.fail("C2", "body-differs", "the body is not the one that the entry names", entry)
        root = self.ledger["manifest"]["head"]["root"]
        if not self.is_complete and not is_included((entry.number, self.size), entry.leaf, path, root):
            self.fail("C2", "not-in-log", "the entry is not in the log", entry)
        self.seen, self.next_number = self.seen + 1, min(entry.number + 1, (1 << 64) - 1)

    def follow(self, entry):
        text = "the entry has another number in its subject"
        if entry.slot == 0:
            if entry.subject_number:
                self.fail("C2", "subject-number-differs", text, entry)
            return
        slot = self.slot(entry.slot)
        if entry.subject_number != slot.entries:
            self.fail("C2", "subject-number-differs", text, entry)
        slot.entries += 1
        slot.tip = sha256(b"\4", slot.tip, entry.leaf)

    def check_times(self, entry):
        height, time = self.at
        is_ordered = entry.time == time if entry.height == height else entry.height > height and entry.time > time
        if not is_ordered or entry.height > self.ledger["block"].header.number:
            self.fail("C7", "time-disorder", "the block of the entry does not follow that of the entry before", entry)
        self.at = (max(entry.height, height), max(entry.time, time))
        if entry.observed > entry.time:
            self.fail("C7", "observed-ahead", "the observation is claimed for a time after the block", entry)
        if not entry.beacon_height:
            return
        known = self.beacons.get(entry.beacon_height)
        if entry.beacon_height >= entry.height:
            self.fail("C7", "beacon-ahead", "the device knew a block that came not before", entry)
        elif known is not None and known.hash != entry.beacon_hash:
            self.fail("C7", "beacon-differs", "the block has another hash than the device is said to have known", entry)
        elif known is None and entry.height - entry.beacon_height > WINDOW:
            self.fail("C7", "beacon-unproved", "the block is older than the contract compares, and not shown here", entry)

    def check_state(self, entry):
        if entry.slot:
            self.since_lock += 1
        if entry.kind not in (5, *DATA):
            return
        if self.is_locked:
            self.fail("C13", "changed-while-locked", "data changed while the study was locked", entry)
        if self.unblinded:
            self.fail("C13", "changed-after-unblinding", "data changed after the study was unblinded", entry)
        if entry.kind == 5:
            return
        slot = self.slot(entry.slot)
        if slot.consent is None:
            self.fail("C8", "data-before-consent", "the subject had not consented", entry)
        elif slot.consent < self.consent_needed and entry.kind == 7:
            self.fail("C8", "consent-outdated", "the subject had not consented anew", entry)
        elif slot.is_ended and entry.kind == 7:
            self.fail("C8", "data-after-withdrawal", "capture had ended for the subject", entry)

    def apply(self, entry, body):
        self.check_state(entry)
        rule = getattr(self, f"_kind_{entry.kind}", None)
        if rule:
            rule(entry, body)
        if entry.kind in DATA:
            self.slot(entry.slot).is_unsigned = True

    def _kind_1(self, entry, body):
        if entry.number:
            self.fail("C5", "registered-twice", "a registration is the first entry, and the only one", entry)
            return
        self.registered = body["number"]
        self.schedules.append(body["schedule"]["cells"])
        self.outcomes.append((entry.number, body["outcomes"]))

    def _kind_2(self, entry, body):
        cells = body["schedule"]["cells"]
        if cells:
            before = self.schedules[-1] if self.schedules else b""
            self.schedules.append(before + cells[len(before):])
        if body["renew"]:
            self.consent_needed = body["version"]
        if body["outcomes"]:
            is_late = self.first_lock is not None or self.unblinded is not None
            before = self.outcomes[-1][1] if self.outcomes else []
            for code, index, text in compare(before, body["outcomes"]):
                if is_late:
                    self.judge.fail("C6", "outcomes-changed-late", text, entry=entry.number, index=index)
                else:
                    self.judge.note("C6", code, text, entry=entry.number, index=index)
            self.outcomes.append((entry.number, body["outcomes"]))

    def _kind_5(self, entry, body):
        if self.first_consent is None:
            self.first_consent = entry.number
        slot = self.slot(entry.slot)
        if slot.consent is None:
            self.subjects += 1
            if self.is_complete and entry.slot != self.subjects:
                self.fail("C3", "slot-gap", f"got slot {entry.slot}, expected {self.subjects}", entry)
        slot.consent, slot.site = body["version"], entry.site

    def _kind_6(self, entry, body):
        slot = self.slot(entry.slot)
        slot.is_ended = slot.is_ended or body["scope"] in (2, 3)

    def _fill(self, entry, cell):
        slot = self.slot(entry.slot)
        if cell in slot.cells:
            self.fail("C4", "cell-twice", "the form was captured or declared missed before", entry, cell=cell)
        slot.cells[cell] = entry.number

    def _form(self, entry, body, nulls):
        slot = self.slot(entry.slot)
        slot.items += body["items"]
        slot.nulls += nulls or 0
        self.forms.append((entry.slot, body["cell"], entry.number, body["root"], body["items"], nulls))

    def _kind_7(self, entry, body):
        self._fill(entry, body["cell"])
        self._form(entry, body, body["nulls"])

    def _kind_8(self, entry, body):
        self._fill(entry, body["cell"])

    def _kind_9(self, entry, body):
        cell = body["cell"]
        if not 1 <= body["reason"] <= 6:
            self.fail("C9", "reason-unknown", "the reason has an unknown code", entry, cell=cell)
        slot = self.slot(entry.slot)
        if slot.cells.get(cell) != body["entry"]:
            self.fail("C9", "corrects-another", "it corrects an entry which is not the newest of the form", entry, cell=cell)
        slot.cells[cell] = entry.number
        self._form(entry, body, None)

    def _kind_11(self, entry, body):
        digest = signing_digest(self.ledger["chainId"], entry, body)
        if len(body["signature"]) != 65:
            self.judge.limit("C10", "signatures of contract wallets: the contract asked the wallet, the bundle cannot")
        elif recover(digest, body["signature"]) != entry.actor:
            self.fail("C10", "not-signed", "the account did not sign this", entry)
        if recover(digest, body["second"]) in (None, entry.actor, bytes(20)):
            self.fail("C10", "second-not-signed", "no second key signed this", entry)
        if not 1 <= body["meaning"] <= 7 or not any(body["name"]):
            self.fail("C10", "meaning-unknown", "a signature has a meaning and a printed name", entry)
        if body["time"] > entry.time:
            self.fail("C10", "signed-ahead", "the signature claims a time after the block", entry)
        scope, stands = body["scope"], None
        if scope == 1 and entry.slot in self.slots:
            stands = self.slots[entry.slot].tip
        elif scope in (2, 3) and self.is_complete:
            stands = self.log.root()
        if stands is not None and stands != body["data_root"]:
            self.fail("C10", "signed-other-data", "the signature is over other data than stood there", entry)
        if scope == 1:
            slot = self.slot(entry.slot)
            slot.is_unsigned = slot.is_unsigned and body["meaning"] != 4
        self.signatures[entry.number] = body["name"]

    def _kind_12(self, entry, body):
        if self.is_complete:
            if body["size"] != entry.number or body["root"] != self.log.root():
                self.fail("C13", "lock-differs", "the lock is over another log than stood there", entry)
            unsigned = [number for number, slot in self.slots.items() if slot.is_unsigned]
            if unsigned:
                self.judge.fail("C10", "locked-unsigned", "data lacked the investigator's signature at the lock",
                                entry=entry.number, slot=min(unsigned))
        self.is_locked, self.last_lock, self.lock_sums, self.since_lock = True, entry.number, body["sums"], 0
        if self.first_lock is None:
            self.first_lock = entry.number

    def _kind_13(self, entry, body):
        if self.is_complete and self.last_lock != body["lock"]:
            self.fail("C13", "unlock-of-another", "the approval is of another lock than stood there", entry)
        if body["unlocked"]:
            self.is_locked = False
            self.judge.note("C13", "unlocked", f"unlocked by {body['approvals']} approvals, reason {body['reason']}", entry=entry.number)

    def _kind_14(self, entry, body):
        number = body["list"]
        if self.first_consent is not None:
            self.fail("C12", "committed-late", "the list was committed after the first consent", entry, list=number)
        if body["delay"] < 8:
            self.fail("C12", "delay-short", "the seed was known too soon after the list", entry, list=number)
        if number in self.lists:
            self.fail("C12", "committed-twice", "the list was committed before", entry, list=number)
        self.lists[number] = {"committed": body, "height": entry.height, "entry": entry.number, "drawn": None, "allocated": []}

    def _kind_15(self, entry, body):
        number = body["list"]
        found = self.lists.get(number)
        if found is None:
            self.fail("C12", "list-unknown", "the list was not committed", entry, list=number)
            return
        if body["height"] != found["height"] + found["committed"]["delay"] or found["drawn"]:
            self.fail("C12", "drawn-elsewhere", "the list was drawn from another block than was committed", entry, list=number)
        found["drawn"] = found["drawn"] or (entry.number, body)

    def _kind_17(self, entry, body):
        place = {"list": body["list"], "index": body["index"]}
        found = self.lists.get(body["list"])
        if found is None:
            if self.is_complete:
                self.fail("C12", "list-unknown", "the list was not committed", entry, **place)
            return
        if not found["drawn"]:
            self.fail("C12", "allocated-before-draw", "the list had no order yet", entry, **place)
        if body["index"] != len(found["allocated"]) or body["index"] >= found["committed"]["length"]:
            self.fail("C12", "allocated-out-of-order", "the index is not the next of the list", entry, **place)
        if entry.slot in found["allocated"]:
            self.fail("C12", "allocated-twice", "the subject had an index of the list", entry, **place)
        found["allocated"].append(entry.slot)

    def _kind_18(self, entry, body):
        place = {"list": body["list"], "index": body["index"]}
        allocated = self.lists.get(body["list"], {"allocated": []})["allocated"]
        if self.is_complete and allocated[body["index"]:body["index"] + 1] != [entry.slot]:
            self.fail("C11", "opened-unallocated", "an entry of a list was opened that was not the subject's", entry, **place)
        if body["emergency"]:
            self.judge.note("C11", "emergency", f"opened in an emergency, reason {body['reason']}",
                            entry=entry.number, slot=entry.slot or None, **place)

    def _kind_19(self, entry, body):
        self.plans = max(self.plans, body["number"])

    def _kind_20(self, entry, body):
        if self.is_complete and not self.is_locked:
            self.fail("C11", "unblinded-before-lock", "the study was unblinded without a lock", entry)
        if self.is_complete and not 1 <= body["plan"] <= self.plans:
            self.fail("C11", "unblinded-without-plan", "the study was unblinded without a registered plan", entry)
        self.unblinded = self.unblinded or (entry.number, body)

    def _kind_21(self, entry, body):
        if self.is_complete:
            if body["number"] != len(self.analyses) + 1:
                self.fail("C14", "analysis-number-gap", "the analysis has not the next number", entry)
            if not self.is_locked or self.last_lock != body["lock"]:
                self.fail("C14", "analysis-not-of-lock", "the analysis is not of the lock in force", entry)
            if body["plan"] == 0:
                self.judge.note("C14", "unplanned", "the analysis follows no registered plan", entry=entry.number)
            if body["plan"] > self.plans:
                self.fail("C14", "analysis-without-plan", "the analysis is of no registered plan", entry)
        self.analyses.append((entry.number, body))

    def _kind_22(self, entry, body):
        self.published.append((entry.number, body["outcomes"]))

    def _kind_23(self, entry, body):
        self.erased.add(entry.slot)
        self.slot(entry.slot).is_unsigned = False

    def finish(self):
        if self.is_complete:
            if self.bad is not None:
                self.judge.fail("C2", "log-differs", f"among the entries {self.good} to {self.bad - 1} one is not that of the ledger", entry=self.good)
            if self.seen != self.size:
                self.judge.fail("C2", "entries-missing", f"got {self.seen} entries, expected {self.size}", entry=self.seen)
        self.judge.is_log_proved = not self.judge.has_failed("C2")
        self.check_registration()

    def check_registration(self):
        registered, consent = self.ledger["manifest"]["milestones"][:2]
        if self.registered is None:
            self.judge.fail("C5", "not-registered", "the log does not begin with the registration", entry=0)
            return
        if self.registered != self.ledger["manifest"]["study"]["number"]:
            self.judge.fail("C5", "number-differs", "the registration has another number at the sponsor", entry=0)
        if registered["size"] != 1:
            self.judge.fail("C5", "milestone-differs", "the registration was not the first entry", entry=0)
        first = 0 if self.first_consent is None else self.first_consent + 1
        if self.is_complete and consent["size"] != first:
            self.judge.fail("C5", "milestone-differs", "the first consent was another entry", entry=first)


FIELDS = ("id", "domain", "measurement", "metric", "aggregation", "timePoint", "population")


def compare(earlier, later):
    """How later outcomes differ from earlier ones: code, index, in words."""
    before = {}
    for outcome in earlier:
        before.setdefault(outcome[1][0], outcome)
    after = {outcome[1][0] for outcome in later}
    for index, (level, words) in enumerate(earlier):
        if words[0] not in after:
            yield "outcome-omitted", index, f"an outcome of level {level} is omitted"
    for index, (level, words) in enumerate(later):
        found = before.get(words[0])
        if found is None:
            yield "outcome-added", index, f"an outcome of level {level} is added"
        elif found != (level, words):
            differing = [name for name, one, other in zip(FIELDS, found[1], words) if one != other]
            yield "outcome-switched", index, f"an outcome of level {found[0]} has another {', '.join(differing) or 'level'}"
