"""SHA-256 and Keccak-256."""

import hashlib
from functools import lru_cache

_ROUNDS = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)
_MASK = (1 << 64) - 1
_RATE = 136


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _permute(lanes):
    """Unrolled within a round: it is most of what a verification of headers and signatures takes."""
    (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12,
     a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24) = lanes
    for constant in _ROUNDS:
        c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20
        c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21
        c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22
        c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23
        c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24
        d0 = c4 ^ (c1 << 1 & _MASK | c1 >> 63)
        d1 = c0 ^ (c2 << 1 & _MASK | c2 >> 63)
        d2 = c1 ^ (c3 << 1 & _MASK | c3 >> 63)
        d3 = c2 ^ (c4 << 1 & _MASK | c4 >> 63)
        d4 = c3 ^ (c0 << 1 & _MASK | c0 >> 63)
        b0 = a0 ^ d0
        lane = a5 ^ d0
        b16 = lane << 36 & _MASK | lane >> 28
        lane = a10 ^ d0
        b7 = lane << 3 & _MASK | lane >> 61
        lane = a15 ^ d0
        b23 = lane << 41 & _MASK | lane >> 23
        lane = a20 ^ d0
        b14 = lane << 18 & _MASK | lane >> 46
        lane = a1 ^ d1
        b10 = lane << 1 & _MASK | lane >> 63
        lane = a6 ^ d1
        b1 = lane << 44 & _MASK | lane >> 20
        lane = a11 ^ d1
        b17 = lane << 10 & _MASK | lane >> 54
        lane = a16 ^ d1
        b8 = lane << 45 & _MASK | lane >> 19
        lane = a21 ^ d1
        b24 = lane << 2 & _MASK | lane >> 62
        lane = a2 ^ d2
        b20 = lane << 62 & _MASK | lane >> 2
        lane = a7 ^ d2
        b11 = lane << 6 & _MASK | lane >> 58
        lane = a12 ^ d2
        b2 = lane << 43 & _MASK | lane >> 21
        lane = a17 ^ d2
        b18 = lane << 15 & _MASK | lane >> 49
        lane = a22 ^ d2
        b9 = lane << 61 & _MASK | lane >> 3
        lane = a3 ^ d3
        b5 = lane << 28 & _MASK | lane >> 36
        lane = a8 ^ d3
        b21 = lane << 55 & _MASK | lane >> 9
        lane = a13 ^ d3
        b12 = lane << 25 & _MASK | lane >> 39
        lane = a18 ^ d3
        b3 = lane << 21 & _MASK | lane >> 43
        lane = a23 ^ d3
        b19 = lane << 56 & _MASK | lane >> 8
        lane = a4 ^ d4
        b15 = lane << 27 & _MASK | lane >> 37
        lane = a9 ^ d4
        b6 = lane << 20 & _MASK | lane >> 44
        lane = a14 ^ d4
        b22 = lane << 39 & _MASK | lane >> 25
        lane = a19 ^ d4
        b13 = lane << 8 & _MASK | lane >> 56
        lane = a24 ^ d4
        b4 = lane << 14 & _MASK | lane >> 50
        a0 = b0 ^ ~b1 & b2 ^ constant
        a1 = b1 ^ ~b2 & b3
        a2 = b2 ^ ~b3 & b4
        a3 = b3 ^ ~b4 & b0
        a4 = b4 ^ ~b0 & b1
        a5 = b5 ^ ~b6 & b7
        a6 = b6 ^ ~b7 & b8
        a7 = b7 ^ ~b8 & b9
        a8 = b8 ^ ~b9 & b5
        a9 = b9 ^ ~b5 & b6
        a10 = b10 ^ ~b11 & b12
        a11 = b11 ^ ~b12 & b13
        a12 = b12 ^ ~b13 & b14
        a13 = b13 ^ ~b14 & b10
        a14 = b14 ^ ~b10 & b11
        a15 = b15 ^ ~b16 & b17
        a16 = b16 ^ ~b17 & b18
        a17 = b17 ^ ~b18 & b19
        a18 = b18 ^ ~b19 & b15
        a19 = b19 ^ ~b15 & b16
        a20 = b20 ^ ~b21 & b22
        a21 = b21 ^ ~b22 & b23
        a22 = b22 ^ ~b23 & b24
        a23 = b23 ^ ~b24 & b20
        a24 = b24 ^ ~b20 & b21
    lanes[:] = (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12,
                a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24)


@lru_cache(maxsize=8192)
def keccak256(data):
    padded = bytearray(data) + bytes(_RATE - len(data) % _RATE)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at:at + 8], "little")
        _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
