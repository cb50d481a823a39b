"""The polite client: asks servers as a good guest does, and trusts none of their answers."""

from flows.http.client import Client, Keep
from flows.http.connecting import Internet
from flows.http.exchange import FETCH_REASONS, Exchange, Kind, Position, Validators
from flows.http.policy import HttpPolicy, user_agent
from flows.http.slots import Pace
from flows.urls import parse_url

__all__ = [
    "FETCH_REASONS",
    "Client",
    "Exchange",
    "HttpPolicy",
    "Internet",
    "Keep",
    "Kind",
    "Pace",
    "Position",
    "Validators",
    "parse_url",
    "user_agent",
]
