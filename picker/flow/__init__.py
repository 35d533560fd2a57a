"""The flow of a packing station: a pure function from (state, input, facts) to the next state."""

from picker.flow.commands import commands_now
from picker.flow.facts import Facts
from picker.flow.messages import Message, render, say
from picker.flow.policy import FlowPolicy
from picker.flow.severity import Severity
from picker.flow.state import Command, CommandName, Phase, State
from picker.flow.step import step
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
    "step",
]
