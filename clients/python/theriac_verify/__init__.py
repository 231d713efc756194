"""Checks the evidence of a clinical trial, after docs/protocol/trials.md and docs/protocol/evidence.md, with no network."""

from .bundle import BundleError
from .verify import verify

__all__ = ["BundleError", "verify"]
