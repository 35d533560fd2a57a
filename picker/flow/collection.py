"""Orders whose buyers come for them: put on the collection shelf, and handed out once."""

from dataclasses import replace

from data.types import CodeKind
from picker.flow.events import OrderHandedOut, OrderShelved, ShelfChosen
from picker.flow.state import Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.work import OrderWork
from picker.locale.messages import Message, say


def choose_shelf(turn: Turn) -> Step | None:
    """Take a location's code for that of the collection shelf; None for any other scan, or order."""
    places = turn.matches(CodeKind.LOCATION)
    if not turn.work.order.pick_up or not places:
        return None
    turn.emit(ShelfChosen(places[0].ref))
    return turn.say("collect.shelf", location=places[0].ref)


def shelve(turn: Turn) -> Message:
    """Have a closed order wait for its buyer; what to say of it."""
    work = turn.work
    turn.emit(OrderShelved(sum(1 for parcel in work.parcels if parcel.sealed), work.shelf))
    place = say("also.at", location=work.shelf) if work.shelf else say("also.nothing")
    return say("collect.shelved", order=work.order.name, place=place)


def hand_out(turn: Turn, work: OrderWork) -> Step:
    """Tell the order as handed out, once it is said twice: whoever only wants to know whose parcel it is scans once."""
    order = work.order.name
    if work.handed_out:
        return turn.refuse("collect.gone", order=order)
    question = Pending(Question.HAND_OUT, work.order.id)
    if turn.asked != question:
        turn.state = replace(turn.state, pending=question)
        parcels = sum(1 for parcel in work.parcels if parcel.sealed)
        place = say("also.at", location=work.shelf) if work.shelf else say("also.nothing")
        return turn.say("collect.ask", order=order, parcels=parcels, place=place)
    turn.emit(OrderHandedOut(), of=work)
    return turn.say("collect.done", order=order)


def is_waiting(work: OrderWork) -> bool:
    """Whether this order is, or was, one to be handed out."""
    return work.order.pick_up and work.closed
