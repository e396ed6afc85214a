"""The body of an answer, read and unpacked only as far as it is harmless."""

import zlib

from postback_wizard.domain.probe import Headers

#: Most bytes of a body that are read, and most that are kept after unpacking.
LIMIT = 1_048_576

_GZIP_MAGIC = b"\x1f\x8b"
_PACKED = ("br", "zstd", "compress", "dcb", "dcz", "bzip2", "xz", "lzma")


class Body:
    """Collects a body piece by piece. ``outcomes`` names what went wrong with its size or coding."""

    def __init__(self, headers: Headers, limit: int = LIMIT) -> None:
        self.bytes_read = 0
        self.outcomes: list[str] = []
        self._limit = limit
        self._coding, refused = _coding(headers)
        self._raw = bytearray()
        self._plain = bytearray()
        self._extra = False
        self._inflater = _inflater("", b"")
        if refused:
            self.outcomes.append(refused)

    @property
    def refused(self) -> bool:
        """Whether the coding is one that is not unpacked, so that there is nothing to read on for."""
        return any(outcome.startswith("CODING_REFUSED") for outcome in self.outcomes)

    @property
    def is_packed(self) -> bool:
        """Whether what is kept could not be unpacked, so that it need not be text."""
        return any(outcome.startswith(("CODING_", "BAD_CODING")) for outcome in self.outcomes)

    @property
    def cut(self) -> bool:
        """Whether there was, or may have been, more than what is kept."""
        return any(outcome.startswith(("BODY_", "CODING_REFUSED")) for outcome in self.outcomes)

    @property
    def content(self) -> bytes:
        """What is kept: unpacked, or as it came when it could not be unpacked."""
        return bytes(self._raw if "BAD_CODING" in self.outcomes or not self._inflater else self._plain)

    def feed(self, piece: bytes) -> bool:
        """Take a piece; false when enough was read."""
        self.bytes_read += len(piece)
        self._raw += piece[: self._limit - len(self._raw)]
        if self._coding and "BAD_CODING" not in self.outcomes:
            self._inflater = self._inflater or _inflater(self._coding, piece)
            self._unpack(piece)
        if self.bytes_read > self._limit or len(self._plain) > self._limit:
            del self._plain[self._limit :]
            self.outcomes.append("BODY_LIMIT")
            return False
        return True

    def end(self) -> None:
        """The whole body has come."""
        unfinished = self._inflater is not None and self.bytes_read and not self._inflater.eof
        if unfinished and not self.outcomes:
            self.outcomes.append("BODY_TRUNCATED(coding)")
        elif self._extra:
            self.outcomes.append("EXTRA_DATA")

    def _unpack(self, piece: bytes) -> None:
        try:
            while piece and self._inflater is not None and not self._extra and len(self._plain) <= self._limit:
                if self._inflater.eof:
                    self._extra = not piece.startswith(_GZIP_MAGIC[: len(piece)])
                    self._inflater = self._inflater if self._extra else _inflater(self._coding, piece)
                    continue
                self._plain += self._inflater.decompress(piece, self._limit + 1 - len(self._plain))
                piece = self._inflater.unused_data
        except zlib.error:
            self.outcomes.append("BAD_CODING")


def _inflater(coding: str, start: bytes) -> "zlib._Decompress | None":
    match coding:
        case "gzip":
            return zlib.decompressobj(wbits=31)
        case "deflate":
            return zlib.decompressobj(wbits=15 if start[:1] in (b"", b"\x78") else -15)
    return None


def _coding(headers: Headers) -> tuple[str, str]:
    """The one coding that is unpacked, and the outcome for any that is not."""
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    listed = (item.strip().lower().removeprefix("x-") for item in named.split(","))
    codings = [item for item in listed if item not in ("", "identity")]
    if not codings:
        return "", ""
    if len(codings) > 1:
        return "", "CODING_REFUSED(stack)" if len(codings) > 3 else "CODING_REFUSED"
    if codings[0] in ("gzip", "deflate"):
        return codings[0], ""
    return "", "CODING_REFUSED" if codings[0] in _PACKED else "CODING_UNSUPPORTED"
