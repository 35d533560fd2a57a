"""`picker order …` and `picker resolve`: what only the lead decides."""

from typing import TYPE_CHECKING, Annotated

import typer

from data.types import OrderId, Sku, WorkerId
from picker.commands.common import Db, opened, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from data.engine import Database

Order = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")]
Reason = Annotated[
    str,
    typer.Option(
        metavar="WORDS", help="Why, for the packer and the records: any words, or such as question, unpaid."
    ),
]
_LONGEST_REASON = 200
By = Annotated[str, typer.Option("--by", metavar="WORKER", help="Who decides; it is recorded.")]

Part = Annotated[str | None, typer.Option(metavar="TEXT")]
_LONGEST_PART = 200

_OVER = "Order {} is closed or cancelled already"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Decide about an order.", no_args_is_help=True, rich_markup_mode=None)
    group.command("release")(release)
    group.command("hold")(hold)
    group.command("cancel")(cancel)
    group.command("drop")(drop)
    group.command("change")(change)
    group.command("which")(which)
    group.command("handed-out")(handed_out)
    app.add_typer(group, name="order")
    app.command("resolve")(resolve)


def release(order: Order, by: By = "lead", db: Db = None) -> None:
    """Let an order on hold go on."""
    from picker.services.office.imports import release_hold
    from picker.services.orders.unknown_goods import unknown_goods

    with opened(db) as database:
        number = _number(database, order)
        missing = unknown_goods(database, number)
        if missing:
            raise Mistake(f"Order {number} wants {'; '.join(missing)}")
        if not release_hold(database, number, WorkerId(by)):
            raise Mistake(f"Order {number} is not on hold")
    say(f"Order {number} goes on.")


def hold(order: Order, reason: Reason = "question", by: By = "lead", db: Db = None) -> None:
    """Put an order on hold; a packer who has it in hand is stopped at the next scan."""
    from picker.services.office.imports import hold_order

    with opened(db) as database:
        number = _number(database, order)
        if not hold_order(database, number, _why(reason), WorkerId(by)):
            raise Mistake(_OVER.format(number))
    say(f"Order {number} is on hold.")


def cancel(order: Order, reason: Reason = "cancelled_by_shop", by: By = "lead", db: Db = None) -> None:
    """Cancel an order for good; a packer who has it in hand is stopped at the next scan."""
    from picker.services.office.imports import cancel_order

    with opened(db) as database:
        number = _number(database, order)
        if not cancel_order(database, number, _why(reason), WorkerId(by)):
            raise Mistake(_OVER.format(number))
    say(f"Order {number} is cancelled.")


def handed_out(order: Order, by: By = "lead", db: Db = None) -> None:
    """Tell an order that waits on the collection shelf as handed out to its buyer."""
    from picker.services.office.imports import hand_out

    with opened(db) as database:
        number = _number(database, order)
        if not hand_out(database, number, WorkerId(by)):
            raise Mistake(f"Order {number} is not waiting to be collected, or was handed out already")
    say(f"Order {number} is handed out.")


def drop(
    order: Order,
    line: Annotated[str, typer.Argument(metavar="LINE", help="The number, SKU or name of its line.")],
    to: Annotated[int, typer.Option(min=0, help="How many units are to be packed still.")] = 0,
    reason: Reason = "customer_wish",
    by: By = "lead",
    db: Db = None,
) -> None:
    """Drop a line of an order, or lower it; a packer who has it in hand is stopped at the next scan."""
    from picker.services.office.corrections import drop_line

    with opened(db) as database:
        number = _number(database, order)
        words = drop_line(database, number, line, to, _why(reason), WorkerId(by))
    say(f"{line}: {to} to be packed. {words}")


def change(
    order: Order,
    name: Part = None,
    company: Part = None,
    address1: Part = None,
    address2: Part = None,
    city: Part = None,
    zip_code: Annotated[str | None, typer.Option("--zip")] = None,
    province: Part = None,
    country: Part = None,
    phone: Part = None,
    email: Part = None,
    service: Part = None,
    by: By = "lead",
    db: Db = None,
) -> None:
    """Correct where an order goes or how; a label that shows what was wrong is void then."""
    from picker.services.office.corrections import change_order

    named = {
        "name": name, "company": company, "line1": address1, "line2": address2, "city": city, "zip": zip_code,
        "province": province, "country": country, "phone": phone, "email": email, "service": service,
    }  # fmt: skip
    fields = {part: text for part, text in named.items() if text is not None}
    for part, text in fields.items():
        if len(text) > _LONGEST_PART or not text.isprintable():
            raise Mistake(
                f"--{part}: expected one line of at most {_LONGEST_PART} characters, got {text!r:.80}"
            )
    if not fields:
        raise Mistake("Say what is to be corrected, such as --zip 80-835")
    with opened(db) as database:
        number = _number(database, order)
        words = change_order(database, number, fields, settings(db).timezone, WorkerId(by))
    say("\n".join(words))


def which(
    order: Order,
    line: Annotated[int, typer.Argument(metavar="LINE", help="The number of its line.")],
    sku: Annotated[str, typer.Argument(metavar="SKU", help="The product that the line means.")],
    db: Db = None,
) -> None:
    """Say which of the variants that share a SKU a line of an order means."""
    from picker.services.office.imports import choose_variant

    with opened(db) as database:
        number = _number(database, order)
        choices = choose_variant(database, number, line, Sku(sku))
        if choices:
            raise Mistake(f"Line {line} of order {number}: expected {' or '.join(choices)}, got {sku!r:.80}")
        if choices is None:
            raise Mistake(f"Order {number} has no line {line} of which it isn't known what it means")
    say(f"Line {line} of order {number} is {sku}.")


def resolve(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `picker lead` lists it.")],
    by: By = "lead",
    db: Db = None,
) -> None:
    """Take an exception off the lead's list: it has been seen to."""
    from picker.services.orders.lookups import resolve_exception

    with opened(db) as database:
        if not resolve_exception(database, number, WorkerId(by)):
            raise Mistake(f"There is no open exception {number}")
    say(f"Exception {number} is resolved.")


def _why(reason: str) -> str:
    words = " ".join(reason.split())
    if not words or len(words) > _LONGEST_REASON:
        raise Mistake(f"--reason: expected 1 to {_LONGEST_REASON} characters, got {reason!r:.80}")
    return words


def _number(database: "Database", order: str) -> OrderId:
    from picker.services.orders.lookups import order_number

    number = order_number(database, order)
    if not number:
        raise Mistake(f"There is no order {order!r}")
    return number
