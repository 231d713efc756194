"""Blocks, history and proofs of state: docs/protocol/evidence.md, parts 1 to 5."""

from .certificate import is_signed, varint
from .hashes import keccak256, sha256


class ChainError(Exception):
    """What does not hold of a block, with a code."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def read_list(data, limit):
    """The strings of one RLP list in canonical form."""
    if len(data) > limit:
        raise ValueError("too long")
    kind, start, end = _item(data, 0)
    if kind != "list" or end != len(data):
        raise ValueError("not one list")
    items = []
    while start < end:
        kind, first, after = _item(data, start)
        if kind != "string" or after > end:
            raise ValueError("not a string")
        items.append(data[first:after])
        start = after
    return items


def _item(data, at):
    if at >= len(data):
        raise ValueError("ends too early")
    first = data[at]
    if first < 0x80:
        return "string", at, at + 1
    kind, base = ("string", 0x80) if first < 0xC0 else ("list", 0xC0)
    length, start = first - base, at + 1
    if length > 55:
        width = length - 55
        digits = data[start:start + width]
        if len(digits) != width or digits[0] == 0:
            raise ValueError("a length is not canonical")
        length, start = int.from_bytes(digits, "big"), start + width
        if length < 56:
            raise ValueError("a length is not the shortest")
    if start + length > len(data):
        raise ValueError("ends too early")
    if kind == "string" and length == 1 and start == at + 1 and data[start] < 0x80:
        raise ValueError("a byte is not itself")
    return kind, start, start + length


def number(data, width=8):
    if len(data) > width or data[:1] == b"\0":
        raise ValueError("not a number")
    return int.from_bytes(data, "big")


def fixed(data, width):
    if len(data) != width:
        raise ValueError("another length")
    return data


HEADER = (32, 32, 20, 32, 32, 32, 256, -32, -8, -8, -8, -8, 32, 32, 8, -8, 32, -8, -8, 32, 32)


class Header:
    def __init__(self, data):
        items = read_list(data, 1024)
        if len(items) != len(HEADER):
            raise ValueError("another count of fields")
        values = [number(item, -width) if width < 0 else fixed(item, width) for item, width in zip(items, HEADER)]
        self.hash = keccak256(data)
        self.state_root, self.number, self.timestamp = values[3], values[8], values[11]
        self.section_hash, self.mix_hash = values[12], values[13]


class Block:
    """Header and section that fit each other."""

    def __init__(self, evidence):
        try:
            self.header = Header(evidence["header"])
            section = evidence["section"]
            if keccak256(section) != self.header.section_hash:
                raise ChainError("section-differs", "the header does not commit to the section")
            items = read_list(section, 512)
            if len(items) != 16 or number(items[0]) != 1:
                raise ValueError("another section")
            for at in (1, 2, 4, 8, 9, 12, 13):
                number(items[at])
            for at in (3, 5, 7, 15):
                fixed(items[at], 32)
            self.time_ms, self.history_root, self.history_size = number(items[6]), fixed(items[10], 32), number(items[11])
            if len(items[14]) not in (0, 48) or not items[14] and (items[12] or items[13]):
                raise ValueError("another seed")
        except ValueError as error:
            raise ChainError("block-malformed", str(error)) from None
        if self.history_size != self.header.number or self.time_ms // 1000 != self.header.timestamp:
            raise ChainError("section-differs", "number or time of the section differ from the header's")
        self.certificate = evidence.get("certificate")

    def check_certificate(self, key, chain_id):
        if self.certificate is None:
            return False
        names = ("epoch", "view", "parentView")
        message = b"".join(varint(self.certificate[name]) for name in names) + self.header.hash
        if not is_signed(key, chain_id, message, self.certificate["signature"]):
            raise ChainError("certificate-invalid", "the group key did not sign this block")
        return True

    def facts(self):
        return {"height": self.header.number, "hash": "0x" + self.header.hash.hex(), "timeMs": self.time_ms}


def check_newest(block, trusted):
    height, known = block.header.number, trusted.get("known")
    if known and height < known[0]:
        raise ChainError("older-than-known", "the bundle ends below the known block")
    if known and height == known[0] and block.header.hash != known[1]:
        raise ChainError("other-chain", "another block at the known height")
    is_certified = block.check_certificate(trusted["groupKey"], trusted["chainId"])
    if not is_certified and not (known and known[0] == height):
        raise ChainError("not-final", "the newest block has no certificate and is not the known one")


def open_chain(manifest, trusted):
    """The block of the bundle and its newest block, both final."""
    block = Block(manifest["block"])
    history = manifest.get("history")
    if history is None:
        check_newest(block, trusted)
        return block, block
    newer = Block(history["newer"])
    check_newest(newer, trusted)
    block.check_certificate(trusted["groupKey"], trusted["chainId"])
    place = (newer.history_size, block.header.number)
    if not is_ancestor(newer.history_root, block.header.hash, place, history):
        raise ChainError("history-invalid", "the block is not shown to be an ancestor")
    return block, newer


def is_ancestor(root, block_hash, place, proof):
    size, index = place
    if index >= size:
        return False
    start = 0
    for height in reversed(range(size.bit_length())):
        if not size >> height & 1:
            continue
        if index - start < 1 << height:
            break
        start += 1 << height
    siblings, peaks = proof["siblings"], proof["peaks"]
    if len(siblings) != height or len(peaks) != bin(size).count("1") - 1:
        return False
    own = sha256(b"\0", block_hash)
    for level, sibling in enumerate(siblings):
        own = sha256(b"\1", sibling, own) if index >> level & 1 else sha256(b"\1", own, sibling)
    higher = bin(size >> height).count("1") - 1
    return sha256(b"\2", size.to_bytes(8, "big"), *peaks[:higher], own, *peaks[higher:]) == root


def _position(leaf, height):
    return 2 * leaf - bin(leaf).count("1") + (1 << height + 1) - 2


def _fold(hashes, from_right=False):
    hashes = list(hashes)
    if from_right:
        own = hashes.pop()
        while hashes:
            own = sha256(hashes.pop(), own)
        return own
    own = hashes[0]
    for other in hashes[1:]:
        own = sha256(own, other)
    return own


def _grafted_root(proof, operation):
    location, leaves, inactive, digests, chunk = (proof[name] for name in ("location", "leaves", "inactive", "digests", "chunk"))
    mountains, start, own = [], 0, None
    for height in reversed(range(leaves.bit_length())):
        if leaves >> height & 1:
            if start <= location < start + (1 << height):
                own = len(mountains)
            mountains.append((start, height))
            start += 1 << height
    count, height = len(mountains), mountains[own][1]
    if inactive > count:
        return None
    folded = min(inactive, own)
    before = own - folded + (folded > 0)
    single = min(max(inactive - own - 1, 0), count - own - 1)
    after = single + (count - own - 1 > single)
    if len(digests) != before + after + height:
        return None
    siblings = digests[before + after:]
    peak = sha256(_position(location, 0).to_bytes(8, "big"), operation)
    # Left siblings come first, from the top down, then right ones, from the bottom up.
    lefts = [level for level in range(height) if location >> level & 1]
    left = iter(siblings[:len(lefts)][::-1])
    right = iter(siblings[len(lefts):])
    for level in range(height):
        above = location >> level + 1 << level + 1
        place = _position(above, level + 1).to_bytes(8, "big")
        peak = sha256(place, next(left), peak) if location >> level & 1 else sha256(place, peak, next(right))
        if level + 1 == 8:
            peak = sha256(chunk, peak)
    peaks = [*digests[:before], peak, *digests[before:before + after]]
    forward = max(inactive if folded == 0 else inactive - folded + 1, 1)
    whole = _fold(peaks[:forward])
    if peaks[forward:]:
        whole = sha256(whole, _fold(peaks[forward:], from_right=True))
    marked = inactive.to_bytes(8, "big") if inactive else b""
    return sha256(b"\0\1", leaves.to_bytes(8, "big"), marked, whole)


def state_value(root, key, data):
    """The value of a key, b"" where it is absent; None where the proof does not hold."""
    try:
        items = read_list(data, 40_960)
        kind, location, chunk, leaves, inactive, partial, ops_root, digests, own_key, value, next_key = items
        kind, location, leaves, inactive = number(kind), number(location), number(leaves), number(inactive)
        fixed(chunk, 32), fixed(ops_root, 32)
        if len(partial) not in (0, 32) or len(digests) % 32 or len(digests) > 124 * 32 or len(value) > 32_768:
            return None
        operation = _operation(kind, location, key, (own_key, value, next_key))
    except ValueError:
        return None
    if operation is None or location >= leaves or leaves > 1 << 62:
        return None
    if not chunk[location % 256 // 8] >> location % 8 & 1:
        return None
    rest = leaves % 256
    if bool(partial) != bool(rest) or rest and location // 256 == leaves // 256 and sha256(chunk) != partial:
        return None
    proof = {"location": location, "leaves": leaves, "inactive": inactive, "chunk": chunk,
             "digests": [digests[at:at + 32] for at in range(0, len(digests), 32)]}
    grafted = _grafted_root(proof, operation)
    if grafted is None:
        return None
    tail = (rest.to_bytes(8, "big"), partial) if partial else ()
    if sha256(ops_root, grafted, *tail) != root:
        return None
    return value if kind == 1 else b""


def _operation(kind, location, key, fields):
    own_key, value, next_key = fields
    if kind in (1, 2):
        fixed(next_key, 32)
        if kind == 1:
            fixed(own_key, 0)
            own_key = key
        else:
            fixed(own_key, 32)
            inside = own_key < key < next_key if own_key < next_key else key > own_key or key < next_key
            if not inside:
                return None
        return b"\xd2" + own_key + varint(len(value)) + value + next_key
    if own_key or next_key or kind == 3 and value:
        return None
    if kind == 3:
        return b"\xd3\0" + varint(location)
    if kind == 4:
        return b"\xd3\1" + varint(len(value)) + value + varint(location)
    return None


def slot_word(root, address, slot, proof):
    """The word of a storage slot; None where the proof does not hold."""
    value = state_value(root, sha256(b"\1", address, slot.to_bytes(32, "big")), proof)
    if value is None or len(value) > 32 or value[:1] == b"\0":
        return None
    return int.from_bytes(value, "big")


def mapping_slot(slot, key):
    return int.from_bytes(keccak256(key + slot.to_bytes(32, "big")), "big")
