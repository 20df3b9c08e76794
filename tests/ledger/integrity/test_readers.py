"""What a role with a clearance reads on the server is the part at its level, and nothing else, whoever asks and how."""

import pytest

from ledger import create_ledger
from ledger.base.desks import desk_of
from ledger.errors import Refusal
from ledger.integrity import copies, readers
from ledger.integrity.checkpoints import frontier_of
from ledger.ledger import Ledger
from ledger.log.commitments import leaf_of
from ledger.log.merkle import Frontier
from ledger.log.store import opened
from ledger.record import AskableRecord
from tests.servers import PostgresServer

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

LEVELS = ("public", "internal")


@pytest.fixture
def ledger(postgres: PostgresServer, desks_folder, set_clock) -> Ledger:
    """A ledger on a server with readers, a public statement and a confidential one."""
    ledger = create_ledger(postgres.new_database(), "minh")
    readers.enable(ledger.path)
    ledger.append("negotiation", "talks", {"title": "Talks", "parties": ["us", "vn"]})
    for slug in ("us", "vn"):
        ledger.append("party", slug, {"name": slug.upper()})
    say(ledger, "open", "public")
    say(ledger, "noted", "internal")
    say(ledger, "secret", "confidential")
    return ledger


def say(ledger: Ledger, slug: str, level: str) -> None:
    fields = {"by": "us", "act": "stated", "says": f"The {slug} words.", "level": level}
    ledger.append("statement", slug, fields, note=f"The US said the {slug} words.")


def lower(ledger: Ledger, *levels: str) -> None:
    """Lower the confidential statement, and first the note on which it rests."""
    with ledger.views() as views:
        note = next(one.source for one in views.log(later=True) if one.slug == "secret")
    for level in levels:
        for slug in (note, "secret"):
            ledger.set_level(slug, level, "A reason.")


def database(ledger: Ledger) -> str:
    return ledger.path.read_text().partition("?")[0].rpartition("/")[2].strip()


@pytest.fixture
def reader(ledger: Ledger, postgres: PostgresServer):
    """Makes a person with the reading role of a level, and returns the address for them."""

    def made(level: str) -> str:
        name = f"lan_{level}_{database(ledger)}_x"
        with psycopg.connect(postgres.address(database(ledger)), autocommit=True) as owner:
            if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                owner.execute(f'CREATE ROLE "{name}" LOGIN IN ROLE "{database(ledger)}_reads_{level}"')
        return postgres.address(database(ledger), name)

    return made


def part(address: str) -> list[tuple]:
    """What a role reads, as (stream, version, type, bytes)."""
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM parley.parts ORDER BY notification_id"
        ).fetchall()


def asked_at(ledger: Ledger, level: str) -> list[tuple]:
    """What a question at a level is asked of."""
    with opened(copies.copy_at(ledger.path, level)) as copy:
        return [(row.stream, row.version, row.type, row.state) for row in copy.events()]


CHANGES = {
    "an entry at each level": lambda ledger: [say(ledger, f"more-{one}", one) for one in (*LEVELS, "confidential")],
    "a level that is raised": lambda ledger: ledger.set_level("open", "confidential", "A reason."),
    "a level that is lowered": lambda ledger: lower(ledger, "public"),
    "one that is lowered twice": lambda ledger: lower(ledger, "internal", "public"),
    "a correction": lambda ledger: ledger.correct("secret", {"says": "Other words."}, "Better."),
    "an erasure": lambda ledger: ledger.erase("noted", "A request."),
    "a public name behind a secret one": lambda ledger: ledger.append(
        "issue", "fish", {"title": "Fish", "level": "confidential"}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_role_reads_what_a_question_at_its_level_is_asked_of(ledger: Ledger, reader, change) -> None:
    for step in (lambda _: None, change):
        step(ledger)
        for level in LEVELS:
            assert part(reader(level)) == asked_at(ledger, level)


def test_nothing_of_what_lies_above_is_in_what_a_role_can_read(ledger: Ledger, reader) -> None:
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'parley'"
    with psycopg.connect(reader("public"), autocommit=True) as raw:
        names = {name for (name,) in raw.execute(tables)}
        assert names == {"parts", "readers", "leaves", "identity"}
        for name in names:
            text = str(raw.execute(f"SELECT one::text FROM parley.{name} AS one").fetchall())
            for word in ("secret", "noted"):
                assert word not in text
                assert word.encode().hex() not in text
    assert any("open" in row[0] for row in part(reader("public")))


def test_the_rules_bind_the_owner_of_the_tables_too(postgres: PostgresServer, desks_folder) -> None:
    named = postgres.new_database()
    name = named.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(named, autocommit=True) as administrator:
        administrator.execute(f"CREATE ROLE owner_{name} LOGIN CREATEROLE")
        administrator.execute(f"GRANT ALL ON DATABASE {name} TO owner_{name}")
    ledger = create_ledger(named.replace("postgres@", f"owner_{name}@"), "minh")
    readers.enable(ledger.path)
    ledger.append("negotiation", "talks", {"title": "Talks"})
    with psycopg.connect(named.replace("postgres@", f"owner_{name}@"), autocommit=True) as owner:
        assert owner.execute("SELECT count(*) FROM parley.parts").fetchone() == (2,)
        owner.execute("DROP POLICY writers ON parley.parts")
        assert owner.execute("SELECT count(*) FROM parley.parts").fetchone() == (0,)
    with pytest.raises(Refusal, match=r"policy parts\.writers"):
        ledger.append("party", "us", {"name": "US"})


def test_the_leaves_that_everybody_sees_are_those_of_the_whole_tree(ledger: Ledger, reader) -> None:
    ledger.erase("noted", "A request.")
    with psycopg.connect(reader("public")) as raw, opened(ledger.path) as store:
        found = raw.execute("SELECT position, leaf FROM parley.leaves ORDER BY position").fetchall()
        assert found == [(row.position, leaf_of(row)) for row in store.events()]
        tree = Frontier()
        for _, leaf in found:
            tree.append(leaf)
        assert tree.root() == frontier_of(store.events()).root()


def test_a_reader_asks_with_the_program(ledger: Ledger, reader) -> None:
    theirs = Ledger(desk_of(reader("public")), "lan")
    with theirs.views() as views, AskableRecord(ledger.path, level="public").views() as expected:
        assert views.log(later=True) == expected.log(later=True)
        assert [one.slug for one in views.labels() if one.kind == "statement"] == ["open"]
    say(ledger, "later", "public")
    say(ledger, "hidden", "confidential")
    with theirs.views() as views:
        assert [one.slug for one in views.labels() if one.kind == "statement"] == ["later", "open"]
    ledger.set_level("open", "internal", "A reason.")
    with theirs.views() as views:
        assert [one.slug for one in views.labels() if one.kind == "statement"] == ["later"]
    with pytest.raises(Refusal, match="may only read entries at or below the level 'public'"):
        theirs.append("party", "eu", {"name": "EU"})


def test_an_existing_ledger_and_a_long_import_have_their_parts(postgres, desks_folder, set_clock, monkeypatch) -> None:
    monkeypatch.setattr(readers, "FEW", 2)
    ledger = create_ledger(postgres.new_database(), "minh")
    ledger.append("negotiation", "talks", {"title": "Talks", "parties": ["us", "vn"]})
    ledger.append("party", "us", {"name": "US"})
    say(ledger, "open", "public")
    assert readers.enable(ledger.path) == ["public", "internal"]
    assert readers.enable(ledger.path) == ["public", "internal"]
    for nth in range(3):
        say(ledger, f"s{nth}", "internal")
    with psycopg.connect(postgres.address(database(ledger))) as owner:
        for rank, level in enumerate(LEVELS):
            found = owner.execute(
                "SELECT originator_id, originator_version, topic, state FROM parley.parts WHERE rank = %s"
                " ORDER BY notification_id", [rank],
            )  # fmt: skip
            assert found.fetchall() == asked_at(ledger, level)


def test_a_file_has_no_readers(tmp_path) -> None:
    ledger = create_ledger(tmp_path / "ledger.db", "minh")
    with pytest.raises(Refusal, match="is a file, so its readers can read all of it"):
        readers.enable(ledger.path)
    with opened(ledger.path) as store, store.writing():
        readers.keep(store)
        assert store.parts() == ()
