"""The flow of a packing station: a pure function, `step.step`, from (state, input, facts) to the next state.

The names below load their modules when they are first used: a short command words an event without a flow.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from picker.flow.commands import commands_now
    from picker.flow.facts import Facts
    from picker.flow.messages import Message, render, say
    from picker.flow.policy import FlowPolicy
    from picker.flow.severity import Severity
    from picker.flow.state import Command, CommandName, Phase, State
    from picker.flow.turn import Step
    from picker.flow.view import View, look

__all__ = [
    "Command",
    "CommandName",
    "Facts",
    "FlowPolicy",
    "Message",
    "Phase",
    "Severity",
    "State",
    "Step",
    "View",
    "commands_now",
    "look",
    "render",
    "say",
]

_MODULES = {
    "Command": "state",
    "CommandName": "state",
    "Facts": "facts",
    "FlowPolicy": "policy",
    "Message": "messages",
    "Phase": "state",
    "Severity": "severity",
    "State": "state",
    "Step": "turn",
    "View": "view",
    "commands_now": "commands",
    "look": "view",
    "render": "messages",
    "say": "messages",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
