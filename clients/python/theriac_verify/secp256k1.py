"""Who signed: recovery of an account from a signature over secp256k1."""

from functools import lru_cache

from .hashes import keccak256

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)


def _double(point):
    x, y, z = point
    if not y:
        return (0, 1, 0)
    a, b = x * x % P, y * y % P
    d, e = 4 * x * b, 3 * a
    nx = (e * e - 2 * d) % P
    return (nx, (e * (d - nx) - 8 * b * b) % P, 2 * y * z % P)


def _add(one, other):
    if not one[2]:
        return other
    if not other[2]:
        return one
    z1, z2 = one[2] * one[2] % P, other[2] * other[2] % P
    u1, u2 = one[0] * z2 % P, other[0] * z1 % P
    s1, s2 = one[1] * other[2] * z2 % P, other[1] * one[2] * z1 % P
    if u1 == u2:
        return _double(one) if s1 == s2 else (0, 1, 0)
    h, r = (u2 - u1) % P, (s2 - s1) % P
    h2, h3 = h * h % P, h * h * h % P
    x = (r * r - h3 - 2 * u1 * h2) % P
    return (x, (r * (u1 * h2 - x) - s1 * h3) % P, h * one[2] * other[2] % P)


def _multiply(one, times, other, others):
    """The sum of two multiples, in one walk over the bits of both."""
    one, other = (*one, 1), (*other, 1)
    steps = (None, one, other, _add(one, other))
    result = (0, 1, 0)
    for bit in range(max(times, others).bit_length() - 1, -1, -1):
        result = _double(result)
        step = steps[(times >> bit & 1) | (others >> bit & 1) << 1]
        if step:
            result = _add(result, step)
    return result


@lru_cache(maxsize=8192)
def recover(digest, signature):
    """The account (20 bytes), or None."""
    if len(signature) != 65 or signature[64] not in (0, 1, 27, 28):
        return None
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    if not 0 < r < N or not 0 < s <= N // 2:
        return None
    square = (pow(r, 3, P) + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if y * y % P != square:
        return None
    if y & 1 != signature[64] % 27:
        y = P - y
    inverse = pow(r, -1, N)
    message = int.from_bytes(digest, "big")
    x, y, z = _multiply((r, y), s * inverse % N, G, -message * inverse % N)
    if not z:
        return None
    z = pow(z, -1, P)
    x, y = x * z * z % P, y * z * z * z % P
    return keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]
