"""Entries, bodies, records, items and lists: docs/protocol/trials.md, sections 2 to 7."""

from .hashes import keccak256, sha256

TRIALS = bytes.fromhex("0000000000000000000000000000000000ec000b")
MAX_TEXT = 1 << 16


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise ValueError("ends too early")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, width):
        return int.from_bytes(self.take(width), "big")

    def text(self, limit=MAX_TEXT):
        length = self.number(4)
        if length > limit:
            raise ValueError("a text is too long")
        return self.take(length).decode("utf-8")

    def framed(self, limit):
        length = self.number(4)
        if length > limit:
            raise ValueError("a record is too long")
        return self.take(length)

    def path(self):
        count = self.number(1)
        if count > 64:
            raise ValueError("a proof is too long")
        return [self.take(32) for _ in range(count)]

    def is_at_end(self):
        return self.at == len(self.data)

    def close(self):
        if not self.is_at_end():
            raise ValueError("bytes are left over")


class Entry:
    def __init__(self, data):
        fields = Cursor(data)
        if fields.number(1) != 1:
            raise ValueError("another version of an entry")
        self.kind, self.study, self.number = fields.number(1), fields.take(32), fields.number(8)
        self.slot, self.subject_number, self.site = fields.number(4), fields.number(4), fields.number(2)
        self.actor, self.height, self.time = fields.take(20), fields.number(8), fields.number(8)
        self.observed, self.beacon_height = fields.number(8), fields.number(8)
        self.beacon_hash, self.body = fields.take(32), fields.take(32)
        self.leaf = sha256(b"\0", data)


def _uint(bits):
    def read(word, _):
        value = int.from_bytes(word, "big")
        if value >> bits:
            raise ValueError("a number is too large for its field")
        return value
    return read


def _hash(word, _):
    return word


def _account(word, _):
    if any(word[:12]):
        raise ValueError("an account is too long")
    return word[12:]


def _truth(word, _):
    value = int.from_bytes(word, "big")
    if value > 1:
        raise ValueError("neither 0 nor 1")
    return bool(value)


class _Tail:
    def __init__(self, data, at):
        self.data, self.at = data, at

    def word(self):
        word = self.data[self.at:self.at + 32]
        if len(word) != 32:
            raise ValueError("ends too early")
        self.at += 32
        return word

    def enter(self, offset):
        if int.from_bytes(offset, "big") != self.at:
            raise ValueError("another offset")

    def count(self, width):
        count = int.from_bytes(self.word(), "big")
        if count > (len(self.data) - self.at) // width:
            raise ValueError("a list is longer than the body")
        return count

    def bytes(self):
        length = self.count(1)
        padded = -(-length // 32) * 32
        data = self.data[self.at:self.at + padded]
        if len(data) != padded or any(data[length:]):
            raise ValueError("the padding is not zero")
        self.at += padded
        return data[:length]


def _bytes(word, tail):
    tail.enter(word)
    return tail.bytes()


def _accounts(word, tail):
    tail.enter(word)
    return [_account(tail.word(), tail) for _ in range(tail.count(32))]


def _outcomes(word, tail):
    tail.enter(word)
    outcomes = []
    for _ in range(tail.count(256)):
        level = _uint(8)(tail.word(), tail)
        outcomes.append((level, tuple(tail.word() for _ in range(7))))
    return outcomes


def _schedule(word, tail):
    tail.enter(word)
    root = tail.word()
    if int.from_bytes(tail.word(), "big") != 64:
        raise ValueError("another offset")
    return {"root": root, "cells": tail.bytes()}


U8, U16, U32, U64 = _uint(8), _uint(16), _uint(32), _uint(64)
BODIES = {
    1: {"number": U32, "protocol": _hash, "schedule": _schedule, "outcomes": _outcomes,
        "approvers": _accounts, "threshold": U8, "retention": U64},
    2: {"version": U32, "protocol": _hash, "reason": U8, "why": _hash, "schedule": _schedule,
        "outcomes": _outcomes, "renew": _truth},
    3: {"site": U16, "organisation": U32, "status": U8},
    4: {"account": _account, "site": U16, "role": U8, "until": U64},
    5: {"document": _hash, "version": U32, "signature": _hash, "participant": _account},
    6: {"scope": U8, "due": U64, "reason": _hash},
    7: {"cell": U32, "root": _hash, "items": U32, "nulls": U32},
    8: {"cell": U32, "reason": U8, "why": _hash},
    9: {"cell": U32, "entry": U64, "root": _hash, "items": U32, "reason": U8},
    10: {"query": U32, "cell": U32, "state": U8, "text": _hash},
    11: {"scope": U8, "data_root": _hash, "meaning": U8, "name": _hash, "time": U64,
         "signature": _bytes, "second": _bytes},
    12: {"size": U64, "root": _hash, "sums": _hash},
    13: {"lock": U64, "reason": U8, "why": _hash, "approvals": U8, "unlocked": _truth},
    14: {"list": U16, "stratum": _hash, "base_root": _hash, "length": U32, "block_length": U32,
         "delay": U32, "secret": _hash},
    15: {"list": U16, "height": U64, "prevrandao": _hash},
    16: {"list": U16, "root": _hash},
    17: {"list": U16, "index": U32},
    18: {"list": U16, "index": U32, "emergency": U8, "reason": U8, "why": _hash, "key": _hash},
    19: {"plan": _hash, "number": U16},
    20: {"plan": U16, "secrets": _hash},
    21: {"number": U16, "plan": U16, "lock": U64, "data": _hash, "program": _hash, "result": _hash, "outcome": U32},
    22: {"document": _hash, "outcomes": _outcomes},
    23: {"basis": U8, "reason": _hash},
    24: {"report": _hash, "number": U32},
}


def read_body(kind, data):
    fields = BODIES.get(kind)
    if fields is None or len(data) > 1 << 16 or len(data) < 32 * len(fields):
        raise ValueError("no body of this kind")
    tail = _Tail(data, 32 * len(fields))
    body = {name: read(data[32 * at:32 * at + 32], tail) for at, (name, read) in enumerate(fields.items())}
    if tail.at != len(data):
        raise ValueError("bytes are left over")
    return body


def study_id(chain_id, organisation, number):
    return sha256(b"theriac/trial/study/v1", chain_id.to_bytes(8, "big"), organisation.to_bytes(4, "big"), number.to_bytes(4, "big"))


RECORD = (("slot", 4), ("site", 2), ("status", 1), ("schedule", 2), ("entries", 4), ("items", 8), ("nulls", 8),
          ("missing", 4), ("queries", 4), ("unsigned", 1), ("due", 8), ("consent", 4))


def read_record(data):
    fields = Cursor(data)
    found = {name: fields.number(width) for name, width in RECORD}
    found["tip"] = fields.take(32)
    found["leaf"] = sha256(b"\0", data)
    found["sums"] = tuple([1, *(found[name] for name in ("entries", "items", "nulls", "missing", "queries", "unsigned"))])
    return found


def form_context(study, slot, cell):
    return sha256(b"theriac/trial/form/v1", study, slot.to_bytes(4, "big"), cell.to_bytes(4, "big"))


def salt(secret, version, index):
    return sha256(b"theriac/trial/salt/v1", secret, version.to_bytes(4, "big"), index.to_bytes(4, "big"))[:16]


def _text(value):
    data = value.encode("utf-8")
    return len(data).to_bytes(4, "big") + data


def item_bytes(item):
    oid = item["oid"].encode("utf-8")
    out = (item["context"] + item["version"].to_bytes(4, "big") + item["salt"] + bytes((item["kind"], len(oid))) + oid
           + _text(item["value"]))
    if item["version"] > 1:
        code, reason = item["reason"]
        out += item["replaces"] + bytes((code,)) + _text(reason)
    return out


def read_item(data):
    fields = Cursor(data)
    item = {"context": fields.take(32), "version": fields.number(4), "salt": fields.take(16), "kind": fields.number(1)}
    length = fields.number(1)
    if item["kind"] > 2 or not length or not item["version"]:
        raise ValueError("no item")
    item["oid"], item["value"] = fields.take(length).decode("utf-8"), fields.text()
    if item["version"] > 1:
        item["replaces"] = fields.take(32)
        item["reason"] = (fields.number(1), fields.text())
    fields.close()
    return item


def read_opening(data):
    """(secret, plain items) of a whole opening, (None, chosen items) of a partial one."""
    fields = Cursor(data)
    mode = fields.number(1)
    if mode > 1:
        raise ValueError("an unknown kind of opening")
    secret = None if mode else fields.take(32)
    count = fields.number(4)
    if count > 4096:
        raise ValueError("too many items")
    items = []
    for _ in range(count):
        if mode:
            index, length = fields.number(4), fields.number(4)
            if length > 3 * MAX_TEXT:
                raise ValueError("an item is too long")
            items.append({"index": index, "leaf": fields.take(length), "proof": fields.path()})
            continue
        kind, length = fields.number(1), fields.number(1)
        item = {"oid": fields.take(length).decode("utf-8"), "value": fields.text(), "reason": None}
        if kind & 0x80:
            item["reason"] = (fields.number(1), fields.text())
        item["kind"] = kind & 0x7F
        if item["kind"] > 2:
            raise ValueError("an unknown kind of item")
        items.append(item)
    fields.close()
    return secret, items


def read_list(data):
    fields, entries = Cursor(data), []
    while not fields.is_at_end():
        start = fields.at
        entry = {"index": fields.number(4), "stratum": fields.take(32), "block": fields.number(4),
                 "arm": fields.text(256), "kit": fields.text(256)}
        fields.take(32)
        entry["leaf"] = sha256(b"\0", data[start:fields.at])
        entries.append(entry)
        if len(entries) > 1 << 20:
            raise ValueError("the list is too long")
    return entries


def list_order(length, block_length, seed, stratum):
    """For each place of the effective order the index of its base entry."""
    block_length = max(block_length, 1)
    blocks = list(range(-(-length // block_length)))
    for place in range(len(blocks) - 1, 0, -1):
        choices, attempt = place + 1, 0
        limit = (1 << 64) // choices * choices
        while True:
            digest = sha256(seed, stratum, place.to_bytes(4, "big"), attempt.to_bytes(4, "big"))
            number = int.from_bytes(digest[:8], "big")
            if number < limit:
                break
            attempt += 1
        other = number % choices
        blocks[place], blocks[other] = blocks[other], blocks[place]
    return [index for block in blocks for index in range(block * block_length, min(length, (block + 1) * block_length))]


def _word(number):
    return number.to_bytes(32, "big")


_DOMAIN = keccak256(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
_SIGN = keccak256(b"Sign(bytes32 study,uint32 slot,uint16 site,uint8 scope,bytes32 dataRoot,uint8 meaning,bytes32 name,uint64 time,address account)")
_NAME, _VERSION = keccak256(b"Theriac"), keccak256(b"1")


def signing_digest(chain_id, entry, body):
    domain = keccak256(_DOMAIN + _NAME + _VERSION + _word(chain_id) + bytes(12) + TRIALS)
    message = keccak256(_SIGN + entry.study + _word(entry.slot) + _word(entry.site) + _word(body["scope"]) + body["data_root"]
                        + _word(body["meaning"]) + body["name"] + _word(body["time"]) + bytes(12) + entry.actor)
    return keccak256(b"\x19\x01" + domain + message)
