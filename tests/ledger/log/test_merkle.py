"""The Merkle tree, against the published reference vectors for RFC 6962 and by the laws of RFC 9162."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.merkle import EMPTY_ROOT, Frontier, Tree, extends, hash_leaf, hash_node, includes

# The reference inputs and hashes that certificate-transparency implementations share.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INNER = {  # full subtrees, by the leaves they span
    (0, 1): "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    (1, 2): "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    (4, 5): "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    (6, 7): "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    (0, 2): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (2, 4): "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    (4, 6): "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    (6, 8): "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    (0, 4): "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (4, 8): "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}
LEAVES = [hash_leaf(bytes.fromhex(one)) for one in INPUTS]


def grown(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


def inner(*spans):
    return [bytes.fromhex(INNER[span]) for span in spans]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_reference(size):
    assert Tree(LEAVES).root(size).hex() == grown(LEAVES[:size]).root().hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "spans"),
    [
        (0, 1, []),
        (0, 8, [(1, 2), (2, 4), (4, 8)]),
        (5, 8, [(4, 5), (6, 8), (0, 4)]),
        (2, 3, [(0, 2)]),
        (5, 7, [(4, 5), (6, 7), (0, 4)]),
    ],
)
def test_inclusion_proofs_are_those_of_the_reference(index, size, spans):
    assert Tree(LEAVES).inclusion(index, size) == inner(*spans)


def test_consistency_proofs_are_those_of_the_reference():
    tree = Tree(LEAVES)
    assert tree.consistency(1, 1) == []
    assert tree.consistency(1, 8) == inner((1, 2), (2, 4), (4, 8))
    assert tree.consistency(6, 8) == inner((4, 6), (6, 8), (0, 4))
    assert tree.consistency(2, 5) == inner((2, 4), (4, 5))


def test_the_example_of_the_standard():
    """RFC 9162, 2.1.5: a tree of seven leaves and its proofs, node by node."""
    d = [hash_leaf(bytes([number])) for number in range(7)]
    g, h, i, j = (hash_node(d[at], d[at + 1]) if at < 6 else d[6] for at in (0, 2, 4, 6))
    k, m = hash_node(g, h), hash_node(i, j)
    tree = Tree(d)
    assert tree.root(7) == hash_node(k, m)
    assert tree.inclusion(0, 7) == [d[1], h, m]
    assert tree.inclusion(3, 7) == [d[2], g, m]
    assert tree.inclusion(4, 7) == [d[5], j, k]
    assert tree.inclusion(6, 7) == [i, k]
    assert tree.consistency(3, 7) == [d[2], d[3], g, m]
    assert tree.consistency(4, 7) == [m]
    assert tree.consistency(6, 7) == [i, j, k]


SIZES = st.integers(1, 40)


@given(size=SIZES, data=st.data())
def test_a_leaf_is_proved_to_be_where_it_is_and_nowhere_else(size, data):
    leaves = [hash_leaf(bytes([number])) for number in range(size)]
    tree, index = Tree(leaves), data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion(index, size), tree.root(size)
    assert includes(leaves[index], index, size, proof, root)
    assert not includes(leaves[index], index, size, [*proof, root], root)
    assert not includes(hash_leaf(b"another"), index, size, proof, root)
    assert not includes(leaves[index], index, size, proof, EMPTY_ROOT)
    assert not includes(leaves[index], size, size, proof, root)
    for other in range(size):
        assert includes(leaves[index], other, size, proof, root) == (other == index)
    for missing in range(len(proof)):
        assert not includes(leaves[index], index, size, proof[:missing] + proof[missing + 1 :], root)


@given(new=SIZES, data=st.data())
def test_a_tree_is_proved_to_begin_with_its_own_past_and_no_other(new, data):
    leaves = [hash_leaf(bytes([number])) for number in range(new)]
    tree, old = Tree(leaves), data.draw(st.integers(0, new))
    proof, old_root, new_root = tree.consistency(old, new), tree.root(old), tree.root(new)
    assert extends(old, old_root, new, new_root, proof)
    assert not extends(old, hash_leaf(b"another"), new, new_root, proof)
    assert not extends(new + 1, old_root, new, new_root, proof)
    if 0 < old < new:
        assert not extends(old, old_root, new, EMPTY_ROOT, proof)
        assert not extends(old, old_root, new, new_root, [*proof, new_root])
        assert not extends(old, old_root, new, new_root, proof[:-1])


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_tree_goes_on_from_its_right_edge(before, after):
    leaves = [hash_leaf(bytes([number])) for number in range(before + after)]
    kept = grown(leaves[:before])
    frontier = Frontier(kept.size, kept.peaks())
    for leaf in leaves[before:]:
        frontier.append(leaf)
    assert (frontier.size, frontier.root()) == (before + after, Tree(leaves).root(before + after))
