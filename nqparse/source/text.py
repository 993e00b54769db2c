"""Plain text and Markdown: bytes to text, whatever the encoding, as long as it is certain."""

from __future__ import annotations

from pathlib import Path

from nqparse.charset import NAMES, Decoded, UncertainEncoding, decode, mend
from nqparse.errors import InputError, UsageError
from nqparse.source.detect import TEXT
from nqparse.source.result import SourceFinding, SourceText, input_error, record

_MARKDOWN = frozenset((".md", ".markdown"))
_SELF_EVIDENT = frozenset(("utf-8", "utf-8-sig", "utf-16", "utf-32"))
# Encodings of Unicode or of a code page: the letters were right, only their writing was unusual.
_ORDINARY = frozenset(("utf-16-le", "utf-16-be", "windows-1258"))
_TITLES = {
    "tcvn3": "TCVN3 (ABC)",
    "tcvn5712-1": "TCVN 5712",
    "vni": "VNI",
    "viscii": "VISCII",
    "vps": "VPS",
    "viqr": "VIQR",
    "windows-1258": "Windows-1258",
    "utf-8 (double-encoded)": "double-encoded UTF-8",
}


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads plain text (`nqparse.source.result.Reader`)."""
    decoded = decode_or_refuse(data, name, encoding)
    findings = conversion_findings(decoded, forced=encoding is not None)
    return SourceText(decoded.text, record(data, name, _media_type(name), decoded.encoding), findings)


def from_text(text: str, name: str | None) -> SourceText:
    """Takes a text that was decoded elsewhere: its bytes are not known, so those of its UTF-8 form are recorded."""
    decoded = mend(text)
    data = text.encode("utf-8", errors="surrogatepass")
    return SourceText(
        decoded.text, record(data, name, _media_type(name), decoded.encoding), conversion_findings(decoded)
    )


def _media_type(name: str | None) -> str:
    markdown = name is not None and Path(name).suffix.lower() in _MARKDOWN
    return "text/markdown" if markdown else TEXT.media_type


def decode_or_refuse(data: bytes, name: str | None, encoding: str | None) -> Decoded:
    """Decodes bytes, or says why they cannot be decoded.

    Raises:
        InputError: if no encoding is certain, or the one that was asked for does not fit.
        UsageError: if there is no encoding of that name.
    """
    try:
        return decode(data, encoding)
    except UncertainEncoding as error:
        raise _undecodable(data, error, name, forced=encoding is not None) from None
    except LookupError:
        known = ", ".join(NAMES)
        raise UsageError(
            f"there is no encoding named {encoding!r}",
            f"không có bảng mã tên {encoding!r}",
            hint_en=f"Old Vietnamese encodings: {known}; besides, every encoding that Python knows (utf-8, cp1252 …).",
            hint_vi=f"Các bảng mã tiếng Việt cũ: {known}; ngoài ra là mọi bảng mã Python biết (utf-8, cp1252 …).",
        ) from None


def conversion_findings(decoded: Decoded, *, forced: bool = False) -> tuple[SourceFinding, ...]:
    """Says what was done to the letters of a text; nothing where the bytes left no choice."""
    if decoded.converted:
        names = [_TITLES.get(name, name) for name in decoded.encoding.split("+")]
        code = "ORT-005" if _ORDINARY.issuperset(decoded.encoding.split("+")) else "ORT-004"
        how_en = "as asked for" if forced else f"{decoded.confidence:.0%} of the telling words are Vietnamese then"
        how_vi = "theo yêu cầu" if forced else f"{decoded.confidence:.0%} số từ có dấu là tiếng Việt sau khi chuyển"
        others = _shares(decoded, without=frozenset(decoded.encoding.split("+")))
        also_en = f"; also tried: {others}" if others and not forced else ""
        also_vi = f"; đã thử thêm: {others}" if others and not forced else ""
        return (
            SourceFinding(
                code,
                f"Văn bản dùng bảng mã {', '.join(names)}, đã chuyển sang Unicode ({how_vi}{also_vi}).",
                f"The text was in {', '.join(names)} and was converted to Unicode ({how_en}{also_en}).",
            ),
        )
    if decoded.tried:
        return (
            SourceFinding(
                "ORT-004",
                "Một số chữ có vẻ thuộc bảng mã cũ nhưng không đủ chắc chắn để chuyển "
                f"({_shares(decoded)}); có thể chỉ định bằng --encoding.",
                "Some letters look like an old encoding, not surely enough to convert them "
                f"({_shares(decoded)}); --encoding settles it.",
            ),
        )
    if decoded.encoding in _ORDINARY and not forced:
        return (
            SourceFinding(
                "ORT-005",
                f"Tệp không ghi bảng mã; nội dung được đọc là {decoded.encoding.upper()} theo thống kê byte.",
                f"The file does not say its encoding; by its bytes it was read as {decoded.encoding.upper()}.",
            ),
        )
    return ()


def _shares(decoded: Decoded, without: frozenset[str] = frozenset()) -> str:
    return ", ".join(f"{_TITLES.get(name, name)} {share:.0%}" for name, share in decoded.tried if name not in without)


def _undecodable(data: bytes, error: UncertainEncoding, name: str | None, *, forced: bool) -> InputError:
    at = error.at
    what = "UTF-8" if error.encoding.startswith("utf-8") else error.encoding.upper()
    line = data.count(b"\n", 0, at) + 1
    place_en = f"not valid {what} at byte {at} (line {line}): 0x{data[at]:02X}"
    place_vi = f"không phải {what} hợp lệ tại byte {at} (dòng {line}): 0x{data[at]:02X}"
    if forced or error.encoding != "utf-8":
        return input_error(
            name,
            place_en,
            place_vi,
            hint_en="The file may be damaged or cut off, or in another encoding than it seems.",
            hint_vi="Tệp có thể bị hỏng, bị cắt ngang, hoặc dùng bảng mã khác.",
        )
    candidates = ", ".join(f"{candidate} {share:.0%}" for candidate, share in error.tried)
    return input_error(
        name,
        place_en + (f"; no old encoding is certain (best: {candidates})" if candidates else ""),
        place_vi + (f"; không bảng mã cũ nào đủ chắc chắn (gần nhất: {candidates})" if candidates else ""),
        hint_en="Name the encoding with --encoding (tcvn3, vni, viscii, vps, viqr, windows-1258 or any that iconv and "
        "Python know); if it is UTF-8, the file is damaged at that place.",
        hint_vi="Hãy chỉ định bảng mã bằng --encoding (tcvn3, vni, viscii, vps, viqr, windows-1258 hoặc bảng mã bất kỳ "
        "mà iconv và Python biết); nếu là UTF-8 thì tệp bị hỏng tại vị trí đó.",
    )
