"""Which encoding a log's text is in, found in its bytes or named by the agent."""

import codecs

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def given_encoding(head: bytes, wanted: str) -> tuple[str, bytes] | None:
    """The encoding the agent named, where this program knows it and it can be one."""
    try:
        name = codecs.lookup(wanted).name if wanted else ""
    except LookupError:
        return None
    if not name or name in ("utf-16", "utf-8", "utf-8-sig"):
        return None
    return name, next((bom for bom, of in _BOMS if of == name and head.startswith(bom)), b"")


def encoding_of(head: bytes) -> tuple[str, bytes]:
    """The encoding these bytes are in, and the byte order mark they begin with."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, bom
    half = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Zeros in every place are no text: what a disk leaves where a file was never written to its end.
    if odd > half * 0.4 and odd > even * 2:
        return "utf-16-le", b""
    if even > half * 0.4 and even > odd * 2:
        return "utf-16-be", b""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _one_byte(head), b""
    return "utf-8", b""


def _one_byte(head: bytes) -> str:
    """Windows-1251 where most high bytes are its Cyrillic letters, Windows-1252 otherwise."""
    high = [byte for byte in head if byte >= 0x80]
    return "cp1251" if sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high) * 2 >= len(high) else "cp1252"
