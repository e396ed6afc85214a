"""Recomputing a signature with the secret at hand, off the loop; only the recipe comes back."""

import asyncio
import time

from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.probe import SignEvidence, SignProbe
from postback_wizard.domain.recipes import search


async def recompute(probe: SignProbe, at: str, secret: str) -> SignEvidence:
    """Which recipe makes the signature of this request. The evidence never holds the secret."""
    if not secret:
        return SignEvidence(probe.name, at, ("NO_SECRET",))
    start = time.perf_counter()
    request = ExactRequest(probe.method, probe.url, probe.headers, probe.body)
    found = await asyncio.to_thread(search, request, secret)
    took_ms = round((time.perf_counter() - start) * 1000, 3)
    if found is None:
        return SignEvidence(probe.name, at, ("NO_SIGNATURE",), took_ms=took_ms)
    recipe = found.recipe
    return SignEvidence(
        name=probe.name,
        at=at,
        outcome=("FITS" if recipe else "NO_FIT",),
        param=found.signature.name,
        recipe=recipe.text if recipe else "",
        mistakes=recipe.mistakes if recipe else (),
        tried=found.tried,
        took_ms=took_ms,
    )
