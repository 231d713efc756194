"""Threshold certificates over BLS12-381; each distinct one is verified once."""

import hashlib
from functools import lru_cache

from py_ecc.bls.hash_to_curve import hash_to_G1
from py_ecc.bls.point_compression import decompress_G1, decompress_G2
from py_ecc.optimized_bls12_381 import (
    FQ12, G2, curve_order, final_exponentiate, is_inf, multiply, neg, pairing,
)

TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_"


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _in_subgroup(point):
    return not is_inf(point) and is_inf(multiply(point, curve_order))


@lru_cache(maxsize=8)
def group_key(data):
    """The point of a group key; None where it is none."""
    try:
        point = decompress_G2((int.from_bytes(data[:48], "big"), int.from_bytes(data[48:], "big")))
    except (ValueError, AssertionError):
        return None
    return point if len(data) == 96 and _in_subgroup(point) else None


@lru_cache(maxsize=4096)
def is_signed(key, chain_id, message, signature):
    point = group_key(key)
    if point is None or len(signature) != 48:
        return False
    try:
        own = decompress_G1(int.from_bytes(signature, "big"))
    except (ValueError, AssertionError):
        return False
    if not _in_subgroup(own):
        return False
    namespace = b"theriac/" + chain_id.to_bytes(8, "big") + b"/consensus_FINALIZE"
    signed = varint(len(namespace)) + namespace + message
    hashed = hash_to_G1(signed, TAG, hashlib.sha256)
    product = pairing(point, hashed, final_exponentiate=False) * pairing(neg(G2), own, final_exponentiate=False)
    return final_exponentiate(product) == FQ12.one()
