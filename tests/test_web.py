"""The server: the API end to end, and what strangers may try: forged requests, other hosts, scripts, SQL, big files."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import HTTPException
from paper import Paper
from shapes import BODY, FOOT, OPENING, SPECIMENS, text_of
from starlette.testclient import TestClient

from nqparse import batch
from nqparse.archive.archive import Archive
from nqparse.cli import main
from nqparse.document import Document
from nqparse.errors import ExitCode, UsageError
from nqparse.evaluate import evaluate
from nqparse.export.akn_identity import fingerprint
from nqparse.pipeline import parse
from nqparse.source import read
from nqparse.web.app import make_app
from nqparse.web.guarding import CSRF_COOKIE
from nqparse.web.sessions import Sessions, hash_password
from nqparse.web.settings import SESSION_COOKIE, ServeSettings, read_users

TEXT = OPENING + BODY + "Điều 3. Có hiệu lực từ ngày 01 tháng 9 năm 2024.\n" + FOOT
BASE = "http://127.0.0.1:8642"
API = "/api/v1"
TOKEN = "a-token-of-some-length"


def client(path: Path, **settings: Any) -> TestClient:
    return TestClient(make_app(ServeSettings(path, author="Lan", **settings)), base_url=BASE)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[TestClient]:
    with client(tmp_path / "archive") as opened:
        yield opened


def csrf(web: TestClient) -> dict[str, str]:
    """Returns the header that this server's own pages send."""
    web.get(f"{API}/me")
    return {"X-CSRF-Token": web.cookies[CSRF_COOKIE], "Origin": BASE}


def add(web: TestClient, text: str = TEXT, name: str = "nq.txt") -> str:
    answer = web.post(f"{API}/documents", files={"file": (name, text.encode())}, headers=csrf(web))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document_id"])


def post(web: TestClient, path: str, body: Any, status: int = 200) -> Any:
    answer = web.post(f"{API}/{path}", json=body, headers=csrf(web))
    assert answer.status_code == status, answer.text
    return answer.json()


def set_date(revision: int, words: str = "ngày 01 tháng 9 năm 2024") -> dict[str, Any]:
    start = TEXT.index(words)
    place = {"start": start, "end": start + len(words)}
    return {"revision": revision, "operations": [{"op": "set_field", "field": "header.date", "place": place}]}


# -- end to end -----------------------------------------------------------------------------------------


def test_a_document_is_parsed_corrected_approved_and_exported(web: TestClient) -> None:
    parsed = post(web, "parse", {"text": TEXT, "name": "nq.txt"})
    assert parsed == json.loads(parse(TEXT, name="nq.txt").to_json())
    name = add(web)
    page = web.get(f"{API}/documents").json()
    assert page["total"] == 1
    assert page["items"][0]["state"] == "new"
    corrected = post(web, f"documents/{name}/corrections", set_date(0))
    assert corrected["document"]["header"]["date"]["value"] == "2024-09-01"
    assert corrected["review"]["revision"] == 1
    view = web.get(f"{API}/documents/{name}").json()
    assert view["document"] == corrected["document"]
    assert [outcome["state"] for outcome in view["outcomes"]] == ["applied"]
    machine = web.get(f"{API}/documents/{name}/machine").json()
    assert machine["header"]["date"]["value"] == "2024-03-05"
    undone = post(web, f"documents/{name}/undo", {"revision": 1})
    assert undone["document"] == machine
    post(web, f"documents/{name}/corrections", set_date(2))
    post(web, f"documents/{name}/state", {"revision": 3, "state": "approved"})
    history = web.get(f"{API}/documents/{name}/history").json()
    assert [row["kind"] for row in history] == ["set_field", "state", "set_field", "state"]
    assert {row["author"] for row in history} == {"Lan"}
    (line,) = web.get(f"{API}/exports/jsonl").text.splitlines()
    exported = Document.from_json(line)
    assert exported.header.date is not None
    assert exported.header.date.value == "2024-09-01"


@pytest.mark.parametrize("to", ["csv", "parquet", "excel", "akoma-ntoso", "dublin-core", "ead3", "archival"])
def test_what_is_approved_comes_in_the_export_formats(web: TestClient, to: str) -> None:
    name = add(web)
    post(web, f"documents/{name}/state", {"revision": 0, "state": "approved"})
    answer = web.get(f"{API}/exports/{to}")
    assert answer.status_code == 200
    assert len(answer.content) > 100
    if "zip" in answer.headers["content-disposition"]:
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_gold_of_the_approved_measures_the_parser(web: TestClient, tmp_path: Path) -> None:
    name = add(web)
    post(web, f"documents/{name}/corrections", set_date(0))
    post(web, f"documents/{name}/state", {"revision": 1, "state": "approved"})
    with zipfile.ZipFile(io.BytesIO(web.get(f"{API}/gold").content)) as found:
        found.extractall(tmp_path / "gold")
    report = evaluate([tmp_path / "gold"], parse)
    (document,) = report.documents
    assert document.name == name
    assert report.figures["header.title"].micro == 1.0
    assert report.figures["header.date"].micro == 0.0


def test_the_list_is_filtered_sorted_and_searched(web: TestClient) -> None:
    names = {add(web, text_of(folder), f"{folder.name}.txt") for folder in SPECIMENS[:10]}
    assert web.get(f"{API}/documents").json()["total"] == len(names)
    doubts = [item["doubt"] for item in web.get(f"{API}/documents").json()["items"]]
    assert doubts == sorted(doubts, reverse=True)
    dates = [item["issued"] for item in web.get(f"{API}/documents?sort=issued&descending=false").json()["items"]]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates[: len(known)] == known
    clean = web.get(f"{API}/clean").json()["documents"]
    assert post(web, "approve-clean", {"documents": clean[:1]})["documents"] == clean[:1]
    approved = clean[:1] + post(web, "approve-clean", {"documents": None})["documents"]
    assert approved == clean
    assert web.get(f"{API}/clean").json()["documents"] == []
    listed = web.get(f"{API}/documents?state=approved").json()
    assert listed["total"] == len(approved)
    assert {item["document_id"] for item in listed["items"]} == set(approved)
    assert web.get(f"{API}/status").json()["states"]["approved"] == len(approved)
    found = web.get(f"{API}/documents", params={"q": "nghị quyết"}).json()
    assert 0 < found["total"] <= len(names)
    everything = web.get(f"{API}/documents").json()["items"]
    assert web.get(f"{API}/documents?limit=3&offset=2").json()["items"] == everything[2:5]


def test_pages_are_pictures_with_boxes(web: TestClient, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    answer = web.post(f"{API}/documents", files={"file": ("a.pdf", paper_of())}, headers=csrf(web))
    name = answer.json()["document_id"]
    view = web.get(f"{API}/documents/{name}").json()["document"]
    pages = web.get(f"{API}/documents/{name}/pages").json()
    picture = web.get(f"{API}/documents/{name}/pages/1.png?dpi=72")
    assert picture.headers["content-type"] == "image/png"
    from PIL import Image

    image = Image.open(io.BytesIO(picture.content))
    assert abs(image.width - pages[0]["width"]) <= 1
    symbol = view["header"]["symbol"]
    (box,) = web.get(f"{API}/documents/{name}/boxes?start={symbol['start']}&end={symbol['end']}").json()
    inside = image.crop((int(box["x0"]), int(box["y0"]), int(box["x1"]) + 1, int(box["y1"]) + 1))
    assert min(inside.tobytes()) < 128  # there is ink
    assert web.get(f"{API}/documents/{name}/pages/99.png").status_code == 404
    uploads = list((tmp_path / "archive" / "uploads").rglob("*.pdf"))
    uploads[0].write_bytes(b"%PDF-1.4 other")
    assert web.get(f"{API}/documents/{name}/pages/1.png?dpi=80").status_code == 404


# -- two people at one document ---------------------------------------------------------------------------


def test_a_stale_revision_is_a_conflict(web: TestClient) -> None:
    name = add(web)
    post(web, f"documents/{name}/corrections", set_date(0))
    told = post(web, f"documents/{name}/corrections", set_date(0, "ngày 05 tháng 3 năm 2024"), 409)
    assert told["revision"] == 1
    assert told["error"] == "ConflictError"
    for path, body in (("undo", {"revision": 0}), ("state", {"revision": 0, "state": "approved"})):
        assert post(web, f"documents/{name}/{path}", body, 409)["revision"] == 1
    assert len(web.get(f"{API}/documents/{name}/history").json()) == 2


def test_of_many_editors_none_loses_anything(web: TestClient) -> None:
    name = add(web)
    headers = csrf(web)
    results: list[int] = []

    def edit() -> None:
        done = 0
        while done < 3:
            revision = web.get(f"{API}/documents/{name}").json()["review"]["revision"]
            answer = web.post(f"{API}/documents/{name}/corrections", json=set_date(revision), headers=headers)
            results.append(answer.status_code)
            done += answer.status_code == 200

    threads = [threading.Thread(target=edit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results) <= {200, 409}
    rows = [row for row in web.get(f"{API}/documents/{name}/history").json() if row["kind"] == "set_field"]
    assert sorted(row["revision"] for row in rows) == list(range(1, 19))


# -- what strangers may try -------------------------------------------------------------------------------


def test_scripts_in_a_document_come_back_as_data(web: TestClient) -> None:
    evil = TEXT.replace("mở lớp vẽ", "mở <script>alert(1)</script><img src=x onerror=alert(1)>", 1)
    name = add(web, evil, name='<img src=x onerror="alert(1)">.txt')
    answer = web.get(f"{API}/documents/{name}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    document = answer.json()["document"]
    assert document["text"] == evil
    assert "<" not in document["source"]["name"]


@pytest.mark.parametrize(
    "query",
    ["'; DROP TABLE documents; --", '" OR 1=1 --', "a' UNION SELECT json FROM documents --", "%", "_", "NEAR(", "*"],
)
def test_no_sql_gets_in_by_the_search(web: TestClient, query: str) -> None:
    name = add(web)
    for parameters in ({"q": query}, {"issuer": query}):
        answer = web.get(f"{API}/documents", params=parameters)
        assert answer.status_code in (200, 422)
        if answer.status_code == 200:
            assert answer.json()["total"] <= 1
    assert web.get(f"{API}/documents", params={"sort": query}).status_code == 422
    assert web.get(f"{API}/documents/{name}").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "0" * 16, "archive.sqlite", "%00"],
)
def test_documents_are_found_by_their_ids_only(web: TestClient, name: str) -> None:
    add(web)
    for path in (f"documents/{name}", f"documents/{name}/machine", f"documents/{name}/pages/1.png", f"exports/{name}"):
        assert web.get(f"{API}/{path}").status_code in (404, 422)


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/cron.d/evil", "evil.php\x00.txt", "a" * 500]
)
def test_an_upload_is_kept_where_its_bytes_say(web: TestClient, tmp_path: Path, name: str) -> None:
    add(web, name=name)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and "sqlite" not in path.name]
    assert {path.parent.parent.name for path in files if path.name != "metadata.json"} == {"uploads"}
    assert web.get(f"{API}/documents").json()["items"][0]["source_name"].find("/") < 0


def test_the_same_bytes_are_kept_once(web: TestClient, tmp_path: Path) -> None:
    name = add(web, name="first.txt")
    answer = web.post(f"{API}/documents", files={"file": ("second.docx", TEXT.encode())}, headers=csrf(web))
    assert (answer.status_code, answer.json()) == (201, {"document_id": name, "known": True})
    assert web.get(f"{API}/documents").json()["total"] == 1
    assert len(list((tmp_path / "archive" / "uploads").rglob("*.*"))) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": BASE},  # without the token
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": BASE, "X-CSRF-Token": "guess"},
        {"Cookie": f"{SESSION_COOKIE}=whatever"},
    ],
)
def test_forged_requests_are_refused(web: TestClient, headers: dict[str, str]) -> None:
    name = add(web)
    answer = web.post(f"{API}/documents/{name}/corrections", json=set_date(0), headers=headers)
    assert answer.status_code == 403
    assert web.get(f"{API}/documents/{name}").json()["review"]["revision"] == 0


def test_the_token_is_found_among_the_cookies_of_other_programs(web: TestClient) -> None:
    headers = {"Origin": BASE, "Cookie": f'other={{"a": 1}}; {CSRF_COOKIE}=known; last=2', "X-CSRF-Token": "known"}
    answer = web.post(f"{API}/parse", json={"text": "Điều 1. Có."}, headers=headers)
    assert answer.status_code == 200
    assert CSRF_COOKIE not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8642", "127.0.0.1:9999", "", "localhost.evil.example"])
def test_other_host_names_get_nothing(web: TestClient, host: str) -> None:
    assert web.get(f"{API}/documents", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.2", "::1", "localhost"])
def test_the_address_that_is_listened_at_is_a_name(tmp_path: Path, host: str) -> None:
    name = f"[{host}]" if ":" in host else host
    with client(tmp_path, host=host) as web:
        assert web.get(f"{API}/me", headers={"Host": f"{name}:8642"}).status_code == 200


def test_a_body_that_is_too_big_is_refused(tmp_path: Path) -> None:
    with client(tmp_path, most_bytes=10_000) as web:
        assert web.post(f"{API}/parse", json={"text": "x" * 20_000}).status_code == 413

        def pieces() -> Iterator[bytes]:
            for _ in range(100):
                yield b" " * 1000

        headers = csrf(web) | {"Content-Type": "application/json"}
        assert web.post(f"{API}/parse", content=pieces(), headers=headers).status_code == 413
        assert web.post(f"{API}/parse", json={"text": "Điều 1. Có."}, headers=csrf(web)).status_code == 200


def test_a_request_that_takes_too_long_is_answered(tmp_path: Path) -> None:
    with client(tmp_path, long_seconds=0.0) as web:
        answer = web.post(f"{API}/parse", json={"text": TEXT})
        assert answer.status_code == 503
        assert web.get(f"{API}/me").status_code == 200


@pytest.mark.parametrize(
    "place",
    [{"start": 0, "end": 0}, {"start": 5, "end": 3}, {"start": 0, "end": 10**9}, {"start": -1, "end": 4},
     {"start": 0, "end": 4, "quote": "khác"}, {"start": 0, "end": 4, "fragments": [[0, 9]]},
     {"start": 0, "end": 10**30}, {"start": 0, "end": 4, "fragments": []}],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(web: TestClient, place: dict[str, Any]) -> None:
    name = add(web)
    body = {"revision": 0, "operations": [{"op": "set_field", "field": "header.title", "place": place}]}
    post(web, f"documents/{name}/corrections", body, 422)
    assert web.get(f"{API}/documents/{name}").json()["review"]["revision"] == 0


def test_offsets_count_code_points(web: TestClient) -> None:
    text = TEXT.replace("Mở hai lớp vẽ", "Mở 😀 hai lớp vẽ 𝒳 tiếng Viê\u0323t")
    name = add(web, text)
    words = "tiếng Viê\u0323t"
    start = text.index(words)
    place = {"start": start, "end": start + len(words), "quote": words}
    body = {"revision": 0, "operations": [{"op": "set_field", "field": "header.title", "place": place}]}
    assert post(web, f"documents/{name}/corrections", body)["document"]["header"]["title"]["text"] == words


# -- who may come in --------------------------------------------------------------------------------------


def test_other_addresses_need_a_token_or_users(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "example.org"):
        with pytest.raises(UsageError, match="others could reach"):
            make_app(ServeSettings(tmp_path, host=host))
    with pytest.raises(UsageError, match="fewer"):
        make_app(ServeSettings(tmp_path, host="0.0.0.0", token="short"))


def test_a_token_opens_the_door(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as web:
        assert web.get(f"{API}/documents").status_code == 401
        assert web.get(f"{API}/documents", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert web.get(f"{API}/documents", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert web.get(f"{API}/me").json() == {"user": None, "sign_in": "token"}


def test_every_path_but_signing_in_needs_it(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as web:
        description = web.get(f"{API}/openapi.json").json()
        for path, methods in description["paths"].items():
            if path.endswith(("/me", "/login", "/logout")):
                continue
            for method in methods:
                url = path.format(document_id="0" * 16, number="1", format_name="jsonl")
                assert web.request(method, url, json={}, headers=csrf(web)).status_code == 401, path


def test_users_sign_in_with_a_password(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(f"# ai\nLan:{hash_password('bí mật')}\n", "utf-8")
    with client(tmp_path / "archive", users=read_users(file)) as web:
        headers = csrf(web)
        wrong = web.post(f"{API}/login", json={"name": "Lan", "password": "sai"}, headers=headers)
        assert wrong.status_code == 401
        assert web.post(f"{API}/login", json={"name": "Minh", "password": "bí mật"}, headers=headers).status_code == 401
        right = web.post(f"{API}/login", json={"name": "Lan", "password": "bí mật"}, headers=headers)
        assert right.status_code == 200
        cookie = next(value for value in right.headers.get_list("set-cookie") if SESSION_COOKIE in value)
        assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=strict"))
        key = cookie.split("=", 1)[1].split(";")[0]
        headers["Cookie"] = f"{SESSION_COOKIE}={key}; {CSRF_COOKIE}={headers['X-CSRF-Token']}"
        answer = web.post(f"{API}/documents", files={"file": ("a.txt", TEXT.encode())}, headers=headers)
        assert answer.status_code == 201
        name = answer.json()["document_id"]
        assert web.post(f"{API}/documents/{name}/corrections", json=set_date(0), headers=headers).status_code == 200
        history = web.get(f"{API}/documents/{name}/history", headers=headers).json()
        assert history[0]["author"] == "Lan"
        web.post(f"{API}/logout", headers=headers)
        assert web.get(f"{API}/documents", headers=headers).status_code == 401


def test_passwords_cannot_be_guessed_for_long(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as web:
        headers = csrf(web)
        codes = [
            web.post(f"{API}/login", json={"password": str(n)}, headers=headers).status_code for n in range(12)
        ]  # fmt: skip
        assert codes == [401] * 10 + [429] * 2


def test_another_name_is_no_way_to_guess_the_token_for_longer(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as web:
        headers = csrf(web)
        codes = [
            web.post(f"{API}/login", json={"name": f"a{n}", "password": str(n)}, headers=headers).status_code
            for n in range(12)
        ]
        assert codes == [401] * 10 + [429] * 2


def test_passwords_cannot_be_guessed_faster_at_once(tmp_path: Path) -> None:
    sessions = Sessions(ServeSettings(tmp_path, users={"Lan": hash_password("bí mật")}))
    codes: list[int] = []

    def guess() -> None:
        with pytest.raises(HTTPException) as caught:
            sessions.sign_in("Lan", "sai")
        codes.append(caught.value.status_code)

    threads = [threading.Thread(target=guess) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [401] * 10 + [429] * 15


def test_a_token_may_have_letters_of_any_language(tmp_path: Path) -> None:
    token = "một mã đủ dài để dùng"
    with client(tmp_path, token=token) as web:
        answer = web.get(f"{API}/documents", headers={"Authorization": f"Bearer {token}".encode()})
        assert answer.status_code == 200


def test_a_file_of_users_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "users"
    for text in ("Lan:plain\n", "no colon\n", "# nobody\n"):
        file.write_text(text)
        with pytest.raises(UsageError):
            read_users(file)


def test_the_archive_is_only_read_by_reading(web: TestClient, tmp_path: Path) -> None:
    add(web)
    with Archive(tmp_path / "archive") as archive:
        before = archive.connection.execute("PRAGMA data_version").fetchone()
        for path in ("documents", "status", "me", "exports/jsonl", "gold"):
            assert web.get(f"{API}/{path}").status_code == 200
        assert archive.connection.execute("PRAGMA data_version").fetchone() == before


# -- pages ------------------------------------------------------------------------------------------------


def paper_of(text: str = TEXT) -> bytes:
    paper = Paper()
    for number, line in enumerate(text.splitlines()):
        paper.at(72, 72 + 20 * number, line)
    return paper.data()


def test_what_is_drawn_over_on_a_page_is_a_place_in_the_text(web: TestClient, tmp_path: Path) -> None:
    answer = web.post(f"{API}/documents", files={"file": ("a.pdf", paper_of())}, headers=csrf(web))
    name = answer.json()["document_id"]
    with Archive(tmp_path / "archive") as archive:
        assert archive.connection.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    document = web.get(f"{API}/documents/{name}").json()["document"]
    date = document["header"]["date"]
    (box,) = web.get(f"{API}/documents/{name}/boxes", params={"start": date["start"], "end": date["end"]}).json()
    drawn = {"page": 1, "x0": box["x0"] + 1, "y0": box["y0"] + 1, "x1": box["x1"] - 1, "y1": box["y1"] - 1}
    found = web.get(f"{API}/documents/{name}/span", params=drawn).json()
    assert found == {"start": date["start"], "end": date["end"], "fragments": None}
    click = {**drawn, "x1": drawn["x0"], "y1": drawn["y0"]}
    assert web.get(f"{API}/documents/{name}/span", params=click).json()["start"] == date["start"]
    nothing = {"page": 1, "x0": 1, "y0": 1, "x1": 2, "y1": 2}
    assert web.get(f"{API}/documents/{name}/span", params=nothing).json() is None
    assert web.get(f"{API}/documents/{name}/span", params={**drawn, "page": 2}).status_code == 404
    assert web.get(f"{API}/documents/{name}/span", params={**drawn, "x0": "nan"}).status_code == 422


def test_an_archive_without_pages_reads_the_file_again_unless_it_is_a_scan(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(paper_of())
    source = read(file)
    document = batch.parser(None).parse_source(source)
    scanned = parse(TEXT + "Mở lớp vẽ.")
    scanned.source.pages, scanned.source.ocr = 1, {"engines": ["trueocr"]}
    (tmp_path / "scan.pdf").write_bytes(scanned.text.encode())
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.put(document, file)
        archive.put(scanned, tmp_path / "scan.pdf")
    assert source.pages is not None
    with client(tmp_path / "archive") as web:
        name, scan = (fingerprint(one) for one in (document, scanned))
        (page,) = web.get(f"{API}/documents/{name}/pages").json()
        assert (page["start"], page["end"]) == (0, len(source.text))
        boxes = web.get(f"{API}/documents/{name}/boxes?start=0&end=20").json()
        assert boxes == [box._asdict() for box in source.pages.boxes_of(0, 20)]
        point = "page=1&x0=75&y0=70&x1=75&y1=70"
        assert web.get(f"{API}/documents/{name}/span?{point}").json()["start"] == 0
        for path in ("pages", "boxes?start=0&end=9", f"span?{point}"):
            answer = web.get(f"{API}/documents/{scan}/{path}")
            assert answer.status_code == 404
            assert "--again" in answer.json()["hint"]


# -- the command ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--tls-key", "none.pem"], "--tls-key needs --tls-cert"),
        (["--tls-cert", "none.pem"], "none.pem: HTTPS cannot be served"),
        (["--tls-cert", "users", "--tls-key", "users"], "users: HTTPS cannot be served"),
        (["--host", "0.0.0.0"], "others could reach"),
    ],
)
def test_what_cannot_be_served_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NQPARSE_TOKEN", raising=False)
    Path("users").write_text("Lan\n")
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--archive", "archive", *arguments, "--lang", "en"])
    assert caught.value.code == ExitCode.USAGE
    assert words in capfd.readouterr().err


def test_the_address_that_is_told_can_be_opened(tmp_path: Path) -> None:
    assert [ServeSettings(tmp_path, host=host).name for host in ("::1", "127.0.0.1")] == ["[::1]", "127.0.0.1"]
