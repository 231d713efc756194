"""Trees of RFC 9162, and the sum tree of the same shape."""

from .hashes import sha256


def leaf(data):
    return sha256(b"\0", data)


class Frontier:
    """A growing tree: complete subtrees, the largest first."""

    def __init__(self):
        self.size, self.roots = 0, []

    def append(self, hashed):
        size = self.size
        while size & 1:
            hashed = sha256(b"\1", self.roots.pop(), hashed)
            size >>= 1
        self.roots.append(hashed)
        self.size += 1

    def root(self):
        if not self.roots:
            return sha256()
        own = self.roots[-1]
        for left in self.roots[-2::-1]:
            own = sha256(b"\1", left, own)
        return own


def root_of(leaves):
    tree = Frontier()
    for hashed in leaves:
        tree.append(hashed)
    return tree.root()


def climb(index, size, own, proof, over):
    """The way from a leaf to the top; None where the count of nodes is not that of the place."""
    if index >= size:
        return None
    place, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            own = over(sibling, own)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            own = over(own, sibling)
        place, last = place >> 1, last >> 1
    return own if last == 0 else None


def is_included(place, hashed, proof, root):
    return climb(*place, hashed, proof, lambda left, right: sha256(b"\1", left, right)) == root


WIDTHS = (4, 8, 8, 8, 8, 8, 4)


def sums_bytes(sums):
    return b"".join(number.to_bytes(width, "big") for number, width in zip(sums, WIDTHS))


def over_sums(left, right):
    sums = tuple(one + other for one, other in zip(left[1], right[1]))
    return sha256(b"\1", left[0], sums_bytes(left[1]), right[0], sums_bytes(right[1])), sums


def sums_root(node):
    return sha256(b"\2", sums_bytes(node[1]), node[0])


class SumTree:
    def __init__(self):
        self.size, self.nodes = 0, []

    def append(self, node):
        size = self.size
        while size & 1:
            node = over_sums(self.nodes.pop(), node)
            size >>= 1
        self.nodes.append(node)
        self.size += 1

    def root(self):
        if not self.nodes:
            return sha256(b"\2", bytes(48))
        own = self.nodes[-1]
        for left in self.nodes[-2::-1]:
            own = over_sums(left, own)
        return sums_root(own)
