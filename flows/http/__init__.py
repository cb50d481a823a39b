"""The polite client: asks servers as a good guest does, and trusts none of their answers."""

from flows.http.client import Client, Keep
from flows.http.connecting import Resolve
from flows.http.exchange import FETCH_REASONS, Exchange, Kind, Position, Validators
from flows.http.policy import HttpPolicy, user_agent
from flows.urls import parse_url

__all__ = [
    "FETCH_REASONS",
    "Client",
    "Exchange",
    "HttpPolicy",
    "Keep",
    "Kind",
    "Position",
    "Resolve",
    "Validators",
    "parse_url",
    "user_agent",
]
