"""The flow of a packing station: a pure function, `step.step`, from (state, input, facts) to the next state.

The names below load their modules when they are first used: a short command words an event without a flow.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from picker.flow.commands import commands_now
    from picker.flow.facts import Facts
    from picker.flow.policy import FlowPolicy
    from picker.flow.state import Command, CommandName, Phase, State
    from picker.flow.turn import Step
    from picker.flow.view import View, look
    from picker.locale.messages import Message, render, say
    from picker.locale.severity import Severity

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
    "Command": "picker.flow.state",
    "CommandName": "picker.flow.state",
    "Facts": "picker.flow.facts",
    "FlowPolicy": "picker.flow.policy",
    "Message": "picker.locale.messages",
    "Phase": "picker.flow.state",
    "Severity": "picker.locale.severity",
    "State": "picker.flow.state",
    "Step": "picker.flow.turn",
    "View": "picker.flow.view",
    "commands_now": "picker.flow.commands",
    "look": "picker.flow.view",
    "render": "picker.locale.messages",
    "say": "picker.locale.messages",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value
