"""The search: what it finds however it is spelled, where it says that it stands, and what queries it refuses."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from contextlib import closing, suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from exporting import hostile_documents
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapes import SPECIMENS

import nqparse
from nqparse.archive.entry import Entry
from nqparse.archive.passages import passages_of
from nqparse.archive.query_language import Query, QueryError, parse_query
from nqparse.archive.search_index import index_document, outdated, remove_document
from nqparse.archive.store import File, Writer, open_file, transaction
from nqparse.archive.words import keys, words
from nqparse.document import Document
from nqparse.errors import InputError
from nqparse.pipeline import parse

SOURCES = [specimen / "source.txt" for specimen in SPECIMENS]
TEXT = """HỘI ĐỒNG NHÂN DÂN
TỈNH HOÀ BÌNH
Số: {number}/2021/NQ-HĐND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hoà Bình, ngày 09 tháng 7 năm 2021

NGHỊ QUYẾT
{title}

HỘI ĐỒNG NHÂN DÂN TỈNH HOÀ BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT NGHỊ:

Điều 1. {body}

Điều 2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2021.
"""


def document(number: int, title: str = "Về việc tiếp dân", body: str = "Giao Thường trực theo dõi.") -> Document:
    return parse(TEXT.format(number=number, title=title, body=body))


def archive_of(folder: Path, *found: Document) -> nqparse.Archive:
    archive = nqparse.Archive(folder / "archive", mode="a")
    for number, one in enumerate(found):
        archive.put(one, folder / f"{number}.txt")
    return archive


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> nqparse.Archive:
    archive = nqparse.Archive(tmp_path_factory.mktemp("search"), mode="a")
    for path in SOURCES:
        archive.put(nqparse.parse_file(path), path)
    return archive


# -- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Hoà", "hoa"), ("hòa", "hoa"), ("HOA", "hoa"), (unicodedata.normalize("NFD", "hòa"), "hoa"),
        ("Đảng", "dang"), ("Ðảng", "dang"), ("kỷ", "ki"), ("kĩ", "ki"), ("quý", "qui"), ("quí", "qui"),
        ("tay", "tay"), ("huy", "huy"), ("yêu", "ieu"), ("ngh\u00adĩa", "nghia"), ("m²", "m2"), ("thuỷ", "thuy"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_have_one_key(written: str, key: str) -> None:
    assert keys(written)[0] == key


def test_the_exact_key_knows_tones_but_not_where_they_stand() -> None:
    assert keys("hoà")[1] == keys("hòa")[1] == keys(unicodedata.normalize("NFD", "hoà"))[1]
    assert len({keys(word)[1] for word in ("ban", "bàn", "bán", "bản", "bạn", "băn")}) == 6
    assert keys("kỹ")[1] == keys("kĩ")[1] != keys("kỷ")[1]


anything = st.text(
    st.one_of(st.sampled_from("aàảầậăặđĐêếôộơợưựyýỹiíNnGg hòaoà\u0300\u0301\u0323\u0302\u031b\u00ad\u200b𝒜𠀀😀½ﬁ.-/\n"),
              st.characters()),
    max_size=60,
)  # fmt: skip


@given(anything)
def test_words_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert all(text[word.start : word.end].strip() == text[word.start : word.end] != "" for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(keys(text[word.start : word.end]) == (word.key, word.exact) for word in found)
    covered = "".join(text[word.start : word.end] for word in found)
    assert [char for char in text if char.isalnum()] == [char for char in covered if char.isalnum()]


@given(anything)
def test_fts5_sees_the_same_words(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        found = [word.key for word in words(text.encode("utf-8", "replace").decode())]
        connection.execute("INSERT INTO t VALUES (?)", (" ".join(found),))
        assert [row[0] for row in connection.execute("SELECT term FROM v ORDER BY offset")] == found


@given(anything)
def test_composed_or_not_the_keys_are_the_same(text: str) -> None:
    for word in words(unicodedata.normalize("NFC", text)):
        written = unicodedata.normalize("NFC", text)[word.start : word.end]
        assert keys(unicodedata.normalize("NFD", written))[0] == word.key


# -- passages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_passages_hold_the_whole_text_but_what_is_not_its_own(path: Path) -> None:
    _passages_tile(nqparse.parse_file(path))


@settings(deadline=None)
@given(one=hostile_documents)
def test_passages_of_hostile_documents(one: Document) -> None:
    _passages_tile(one)


def _passages_tile(one: Document) -> None:
    found = passages_of(one)
    spans = sorted(span for passage in found for span in passage.spans)
    if one.header.title is None:
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
    own = [zone for zone in one.zones if zone.kind not in ("furniture", "before", "after")]
    held = {at for start, end in spans for at in range(start, end)}
    assert held >= {at for zone in own for at in range(zone.start, zone.end)}
    by_id = {(passage.section_id, passage.appendix) for passage in found if passage.section_id is not None}
    assert by_id >= {(section.id, None) for section in one.iter_sections() if section.end > section.start}


# -- finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["thuỷ lợi nhỏ", "thủy lợi", "thuy loi", "THUY LOI", '"thủy lợi nhỏ"', unicodedata.normalize("NFD", "thuỷ lợi"),
     "thuỷ lợ*", "thuỷ lợi -ngân", '(thuỷ lợi) OR "không có câu này"'],
)  # fmt: skip
def test_spelling_does_not_matter(specimens: nqparse.Archive, query: str) -> None:
    assert "31/NQ-HĐND" in [hit.symbol for hit in specimens.search(query, limit=3)] or "-" in query


@pytest.mark.parametrize("query", ["ngân sách", "dat rung", '"Hội đồng nhân dân"', "phát tri*", "năm:2019 kinh phí"])
def test_every_hit_stands_where_it_says(specimens: nqparse.Archive, query: str) -> None:
    hits = specimens.search(query, limit=30)
    wanted = {key for term in parse_query(query).terms for key in term.keys}
    assert hits
    for hit in hits:
        text = specimens[hit.document_id].text
        snippet = hit.snippet
        assert text[snippet.start : snippet.end] == snippet.text
        assert hit.start <= snippet.start <= snippet.end <= hit.end
        assert "".join(piece for piece, _ in snippet.pieces()) == snippet.text
        assert set(snippet.highlights) <= set(hit.hits) or len(snippet.highlights) < len(hit.hits)
        assert hit.hits
        for start, end in [*hit.hits, *snippet.highlights]:
            for word in words(text[start:end]):
                assert any(word.key.startswith(key) for key in wanted), text[start:end]
    assert sorted({hit.document_id for hit in hits}) == sorted(hit.document_id for hit in hits)


def test_words_of_different_passages_are_found_behind_those_of_one(tmp_path: Path) -> None:
    apart = document(1, body="Chăm cây bưởi.\n\nĐiều 2. Chăm vườn ươm.\n\nĐiều 3. Xây kho.")
    together = document(2, body="Chăm vườn ươm bưởi.\n\nĐiều 2. Chăm cây.\n\nĐiều 3. Xây kho.")
    with archive_of(tmp_path, apart, together) as archive:
        assert [hit.symbol for hit in archive.search("bưởi vườn ươm")] == ["2/2021/NQ-HĐND", "1/2021/NQ-HĐND"]


def test_a_phrase_does_not_run_over_the_end_of_a_passage(tmp_path: Path) -> None:
    with archive_of(tmp_path, document(1, body="Giao cho kho bạc.")) as archive:
        assert archive.search('"kho bạc"')
        assert not archive.search('"bạc Điều 2"')
        assert not archive.search('"kho lạc"')


def test_accents_raise_the_rank_and_hide_nothing(tmp_path: Path) -> None:
    plain, accented = document(1, body="Mở bán hàng."), document(2, body="Mở bản làng.")
    with archive_of(tmp_path, plain, accented) as archive:
        assert [hit.symbol for hit in archive.search("bản")] == ["2/2021/NQ-HĐND", "1/2021/NQ-HĐND"]
        assert [hit.symbol for hit in archive.search("bán")] == ["1/2021/NQ-HĐND", "2/2021/NQ-HĐND"]
        assert len(archive.search("ban")) == 2


def test_a_title_counts_more_than_the_text(tmp_path: Path) -> None:
    inside, titled = document(1, body="Xây cầu treo."), document(2, "Về xây cầu treo")
    with archive_of(tmp_path, inside, titled) as archive:
        assert [hit.symbol for hit in archive.search("cầu treo")] == ["2/2021/NQ-HĐND", "1/2021/NQ-HĐND"]


def test_pages_of_hits_follow_each_other(specimens: nqparse.Archive) -> None:
    whole = [hit.document_id for hit in specimens.search("ngân sách", limit=40)]
    paged = [hit.document_id for at in range(0, 40, 7) for hit in specimens.search("ngân sách", limit=7, offset=at)]
    assert paged[: len(whole)] == whole
    assert specimens.search("ngân sách", limit=0) == []


@pytest.mark.parametrize(
    ("query", "symbols"),
    [
        ("symbol:58/NQ-HĐND", {"58/NQ-HĐND"}),
        ("số:24/NQ-HĐND", {"24/2021/NQ-HĐND"}),
        ("symbol:024/NQ-HĐND", {"24/2021/NQ-HĐND"}),
        ("issuer:HĐND year:2020", {"58/NQ-HĐND", "41/NQ-HĐND"}),
        ('issuer:"hội đồng nhân dân tỉnh sơn vĩnh" year:2014-2020', {"112/2014/NQ-HĐND", "58/NQ-HĐND"}),
        ('issuer:"HĐND tỉnh Sơn Vĩnh" -year:2014-2020', {"17/2023/NQ-HĐND"}),
        ("place:hải symbol:26", {"26/2023/NQ-HĐND"}),
        ("kind:quyết-định", {"1342/QĐ-UBND"}),
    ],
)
def test_filters(specimens: nqparse.Archive, query: str, symbols: set[str]) -> None:
    assert {hit.symbol for hit in specimens.search(query)} == symbols


def test_filters_as_arguments(specimens: nqparse.Archive) -> None:
    assert [hit.symbol for hit in specimens.search(year=2020, issuer="HĐND", limit=1)] == ["41/NQ-HĐND"]
    dates = [hit.issued or "" for hit in specimens.search(from_="2019-03", to="2019", limit=20)]
    assert dates
    assert dates == sorted(dates, reverse=True)
    assert all(date.startswith("2019") and date >= "2019-03" for date in dates)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words_of=st.lists(st.sampled_from(["mây", "hoà", "kỷ", "đường", "𝒜𝒷", "ươm", "Ðức"]), min_size=1, max_size=8),
       seed=st.integers(0, 2**16))  # fmt: skip
def test_offsets_hold_in_any_spelling(
    words_of: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    spelled = [
        unicodedata.normalize(chance.choice(("NFC", "NFD")), chance.choice((word, word.upper(), word.capitalize())))
        for word in words_of
    ]
    gaps = [chance.choice((" ", "\n", " 😀 ", ", ")) for _ in spelled]
    body = "".join(word + gap for word, gap in zip(spelled, gaps, strict=True))
    one = document(7, body=f"Theo {body} và hết.")
    with archive_of(tmp_path_factory.mktemp("spelled"), one) as archive:
        for word in {keys(word)[0]: word for word in words_of}.values():
            [hit] = archive.search(word)
            assert archive[hit.document_id].text[hit.snippet.start : hit.snippet.end] == hit.snippet.text
            assert {keys(one.text[start:end])[0] for start, end in hit.hits} == {keys(word)[0]}
            inside = one.text[hit.start : hit.end]
            assert len(hit.hits) == sum(found.key == keys(word)[0] for found in words(inside))


# -- queries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", "   ", '"', '"mở', "()", "(a", "a)", "OR", "a OR", "OR a", "-a", "-", "*", "a*", "year:x", "year:12345",
     "isuer:x", 'issuer:""', "year:2021 OR a", "(year:2021)", "a OR b year:2021", "(" * 200 + "a" + ")" * 200,
     "a " * 2000, "a AND -(", "NEAR(", "“mở"],
)  # fmt: skip
def test_a_query_that_cannot_be_read_gives_one_sentence(specimens: nqparse.Archive, query: str) -> None:
    with pytest.raises(QueryError) as told:
        specimens.search(query)
    for message in (told.value.en, told.value.vi):
        assert message
        assert "\n" not in message
        assert "fts5" not in message.lower()


query_like = st.text(
    st.one_of(st.sampled_from('ab"“”()*-:^+{}OR NEARAND NOT\u0300đ.;\'\\%_\0'), st.characters()), max_size=40
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=query_like)
@example(query='title : "a"')
@example(query='"a" OR rowid:1; DROP TABLE documents --')
@example(query="{title} : a")
@example(query="a NEAR b ^c + d")
def test_any_text_is_a_query_or_one_error(specimens: nqparse.Archive, query: str) -> None:
    with suppress(QueryError):
        specimens.search(query, limit=2)
    assert len(specimens) > 40


def test_how_queries_are_read() -> None:
    query = parse_query('"ngân sách" học phí thuỷ* -mầm year:2019-2021 -place:Huế')
    assert [(term.keys, term.prefix) for term in query.terms] == [
        (("ngan", "sach"), False), (("hoc",), False), (("phi",), False), (("thuy",), True),
    ]  # fmt: skip
    assert [(one.field, one.keys, one.years, one.excluded) for one in query.filters] == [
        ("year", (), (2019, 2021), False), ("place", ("hue",), None, True),
    ]  # fmt: skip
    assert query.expression == '(("ngan sach" AND "hoc" AND "phi" AND "thuy" *) NOT ("mam"))'
    assert parse_query("12/NQ-HĐND").terms[0].keys == ("12", "nq", "hdnd")
    assert parse_query("ban").accents == ""
    assert parse_query("Nơi nhận: Sở").filters == ()
    assert Query().with_filters(*query.filters).filters == query.filters


# -- the index stays true -----------------------------------------------------------------------------


def _whole_index(connection: sqlite3.Connection) -> list[object]:
    connection.execute("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
    vocabulary = []
    for table in ("search_words", "search_accents"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, row)")
        vocabulary += connection.execute(f"SELECT term, doc, cnt FROM temp.v_{table} ORDER BY 1").fetchall()
        connection.execute(f"DROP TABLE temp.v_{table}")
    return vocabulary


def test_what_is_taken_out_leaves_no_word_behind(tmp_path: Path) -> None:
    kept = document(1, body="Giữ lại kho thóc.")
    with archive_of(tmp_path, kept) as archive:
        before = _whole_index(archive.connection)
        for path in SOURCES[:8]:
            one = nqparse.parse_file(path)
            archive.put(one, tmp_path / "changing.txt")  # each takes the place of the one before
            assert len(archive) == 2
        archive.put(kept, tmp_path / "changing.txt")
        assert _whole_index(archive.connection) == before
        assert len(archive.search("kho thóc")) == 1


def test_indexing_twice_is_indexing_once(tmp_path: Path) -> None:
    with archive_of(tmp_path, document(1), document(2)) as archive:
        before = _whole_index(archive.connection)
        [name, _] = archive.ids()
        with transaction(archive.connection):
            index_document(archive.connection, name, archive[name])
        assert _whole_index(archive.connection) == before
        with transaction(archive.connection):
            remove_document(archive.connection, name)
            remove_document(archive.connection, "not there")
        assert len(archive.search("tiếp dân")) == 1


def test_what_is_made_ready_may_be_missing(tmp_path: Path) -> None:
    with archive_of(tmp_path, document(1)) as archive, transaction(archive.connection):
        other = replace(Entry.of(document(2), "1"), indexed=None)
        Writer(archive.connection).put(File(str(tmp_path / "b.txt")), other)
        assert [hit.symbol for hit in archive.search("symbol:2")] == ["2/2021/NQ-HĐND"]


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    with archive_of(tmp_path, document(1)) as archive:
        path = archive.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE search_version SET version = 'old'")
    with nqparse.Archive(path) as archive, pytest.raises(InputError):
        archive.search("dân")
    with closing(open_file(path, "a")) as connection:
        assert not outdated(connection)
    with nqparse.Archive(path) as archive:
        assert len(archive.search("tiếp dân")) == 1


@settings(max_examples=25, deadline=None)
@given(one=hostile_documents)
def test_hostile_documents_can_be_indexed_and_searched(
    one: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with archive_of(tmp_path_factory.mktemp("hostile"), one) as archive:
        name = archive.ids()[0]
        [stored] = archive.connection.execute("SELECT text FROM texts").fetchone()
        for word in [found.key for found in words(stored)][:5]:
            for hit in archive.search(f'"{word}"'):
                assert stored[hit.snippet.start : hit.snippet.end] == hit.snippet.text
                assert all(keys(stored[start:end])[0] == word for start, end in hit.hits)
        with transaction(archive.connection):
            remove_document(archive.connection, name)
        assert _whole_index(archive.connection) == []


def test_where_too_many_match_none_is_lost(specimens: nqparse.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {query: specimens.search(query, limit=60) for query in ("ngân sách", "nghi quyet", "rừng year:2014-2023")}
    monkeypatch.setattr("nqparse.archive.search.MOST_RANKED", 3)
    for query, hits in whole.items():
        few = [hit.document_id for hit in specimens.search(query, limit=60)]
        assert sorted(few) == sorted(hit.document_id for hit in hits)
    assert specimens.search("dự toán ngân sách xã")[0].symbol in ("14/NQ-HĐND", "23/NQ-HĐND")
