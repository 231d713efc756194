"""The zip of a bundle, in its one form, and its manifest."""

import json
import re
import struct
import zlib

from .hashes import sha256

MAX_FILES, MAX_CONTENT = 4096, 1 << 33
FIXED = (20, 8, 8, 0, 0x21)
NAME = re.compile(r"(?=.{1,128}\Z)(?!\.)[A-Za-z0-9._-]+(/(?!\.)[A-Za-z0-9._-]+)?\Z")


class BundleError(Exception):
    """The file is no bundle, or of another network; with a code."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def _wrong(text):
    raise BundleError("archive-malformed", text)


class Archive:
    def __init__(self, data):
        self.data, self.places = data, {}
        if len(data) < 22:
            _wrong("no end of a zip")
        signature, zeros, here, count, size, offset, comment = struct.unpack("<IIHHIIH", data[-22:])
        if (signature, zeros, comment) != (0x06054B50, 0, 0) or here != count or count > MAX_FILES:
            _wrong("the end is not of this form")
        directory = data[offset:-22]
        if len(directory) != size:
            _wrong("the directory is not where it is said to be")
        names, at, next_place, content = [], 0, 0, 0
        for _ in range(count):
            fixed = directory[at:at + 46]
            if len(fixed) < 46:
                _wrong("the directory ends too early")
            (head, *versions), (crc, packed, unpacked, length) = struct.unpack("<IHHHHHH", fixed[:16]), struct.unpack("<IIIH", fixed[16:30])
            raw = directory[at + 46:at + 46 + length]
            place = struct.unpack("<I", fixed[42:])[0]
            is_plain = head == 0x02014B50 and versions == [20, *FIXED] and not any(fixed[30:42])
            name = raw.decode("ascii", "replace")
            if not is_plain or len(raw) != length or not NAME.match(name):
                _wrong("an item of the directory is not of this form")
            local = struct.pack("<IHHHHH", 0x04034B50, *FIXED) + bytes(12) + struct.pack("<HH", length, 0) + raw
            start = place + len(local)
            tail = struct.pack("<IIII", 0x08074B50, crc, packed, unpacked)
            if place != next_place or data[place:start] != local or data[start + packed:start + packed + 16] != tail:
                _wrong("a file is not where the directory says")
            names.append(name)
            self.places[name] = (start, packed, unpacked, crc)
            next_place, at, content = start + packed + 16, at + 46 + length, content + unpacked
        if at != len(directory) or next_place != offset:
            _wrong("bytes that belong to no file")
        if names[:-1] != sorted(set(names[:-1])) or len(set(names)) != len(names) or content > MAX_CONTENT:
            _wrong("the names are not in their order, or the files too large")

    def read(self, name):
        """The content of a file, None where there is none."""
        if name not in self.places:
            return None
        start, packed, unpacked, crc = self.places[name]
        unpacker = zlib.decompressobj(-15)
        try:
            content = unpacker.decompress(self.data[start:start + packed], unpacked + 1)
        except zlib.error as error:
            raise BundleError("file-unreadable", f"{name}: {error}") from None
        if not unpacker.eof or unpacker.unused_data or len(content) != unpacked or zlib.crc32(content) != crc:
            raise BundleError("file-unreadable", f"{name}: another size or checksum")
        return content


def need(archive, name):
    content = archive.read(name)
    if content is None:
        raise BundleError("file-missing", f"{name} is missing")
    return content


def _fields(pairs):
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field is double")
    return fields


def parse(text):
    return json.loads(text, object_pairs_hook=_fields, parse_constant=_no_constant)


def _no_constant(text):
    raise ValueError(f"{text} is no number")


def raw(text):
    if not isinstance(text, str) or not re.fullmatch(r"0x([0-9a-f]{2})*", text):
        raise ValueError("no lower-case hexadecimal")
    return bytes.fromhex(text[2:])


def sized(width):
    def read(text):
        data = raw(text)
        if len(data) != width:
            raise ValueError(f"{len(data)} bytes, expected {width}")
        return data
    return read


def count(bits):
    def read(value):
        if type(value) is not int or not 0 <= value < 1 << bits:
            raise ValueError(f"no number of {bits} bits")
        return value
    return read


def text(value):
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def one_of(*words):
    def read(value):
        if value not in words:
            raise ValueError("an unknown word")
        return value
    return read


def many(read, length=None):
    def read_all(value):
        if not isinstance(value, list) or length is not None and len(value) != length:
            raise ValueError("a list of another length")
        return [read(item) for item in value]
    return read_all


def or_null(read):
    return lambda value: None if value is None else read(value)


def record(optional=(), **fields):
    def read(value):
        if not isinstance(value, dict):
            raise ValueError("no object")
        names = set(fields) - {name for name in optional if name not in value}
        if set(value) != names:
            raise ValueError("other fields")
        return {name: fields[name](value[name]) for name in names}
    return read


CERTIFICATE = record(epoch=count(64), view=count(64), parentView=count(64), signature=sized(48))
BLOCK = record(optional=("certificate",), header=raw, section=raw, certificate=CERTIFICATE)
HASHES = many(sized(32))
MANIFEST = record(
    optional=("history",),
    format=one_of("theriac-trial/1"),
    audience=one_of("public", "journal", "regulator", "participant"),
    network=record(chainId=count(64), groupKey=sized(96)),
    block=BLOCK,
    history=record(newer=BLOCK, siblings=HASHES, peaks=HASHES),
    study=record(organisation=count(32), number=count(32)),
    head=record(root=sized(32), sums=sized(32), size=count(64), subjects=count(32), status=count(8),
                lists=count(16), analyses=count(16), plans=count(16), proofs=many(raw, 3)),
    register=record(count=count(32), proof=raw),
    milestones=many(record(root=sized(32), size=count(64), height=count(64), timeMs=count(64), proofs=many(raw, 2)), 7),
    entries=one_of("all", "chosen"),
    subjects=one_of("all", "chosen"),
    forms=one_of("none", "chosen", "all"),
    files=many(record(name=text, size=count(64), sha256=sized(32))),
)
SALTED = record(salt=sized(16), text=text)
OPENINGS = record(
    outcomes=many(record(entry=count(64), index=count(32), fields=many(or_null(SALTED)))),
    names=many(record(entry=count(64), salt=sized(16), name=text)),
    secrets=many(record(list=count(16), secret=sized(32))),
)
BEACONS = many(record(header=raw, siblings=HASHES, peaks=HASHES))
DATA = record(format=one_of("theriac-analysis/1"), lock=count(64),
              datasets=many(record(name=text, dataset=sized(32), lineage=sized(32))))


def read_json(archive, name, form):
    try:
        return form(parse(need(archive, name)))
    except ValueError as error:
        code = "manifest-malformed" if name == "manifest.json" else "file-malformed"
        raise BundleError(code, f"{name}: {error}") from None


def open_bundle(data):
    """The archive and its manifest, every file being the one that is listed."""
    archive = Archive(data)
    manifest = read_json(archive, "manifest.json", MANIFEST)
    if manifest["entries"] != manifest["subjects"] or manifest["head"]["size"] > 1 << 26:
        raise BundleError("manifest-malformed", "entries and subjects differ in extent, or are too many")
    listed = [(file["name"], file["size"]) for file in manifest["files"]]
    present = [(name, place[2]) for name, place in archive.places.items() if name != "manifest.json"]
    if listed != present:
        raise BundleError("manifest-malformed", "the files are not those of the manifest")
    for file in manifest["files"]:
        if sha256(archive.read(file["name"])) != file["sha256"]:
            raise BundleError("file-differs", f"{file['name']} is not the file that the manifest lists")
    return archive, manifest
