"""The house's own words in every language an insert can speak."""

from dataclasses import dataclass

from picker.inserts.types import Audience, Campaign, CampaignText

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class CommonText:
    """What every insert in one language says around its campaign's words."""

    greeting: str
    nameless_greeting: str
    packed_by: str
    returns: str


COMMON: dict[str, CommonText] = {
    "en": CommonText(
        greeting="Hello {customer},",
        nameless_greeting="Hello,",
        packed_by="Packed for you by {packer}.",
        returns="Something to return? Scan this code.",
    ),
    "pl": CommonText(
        greeting="Dzień dobry, {customer}!",
        nameless_greeting="Dzień dobry!",
        packed_by="Paczkę pakuje dla Ciebie {packer}.",
        returns="Chcesz coś zwrócić? Zeskanuj ten kod.",
    ),
    "ru": CommonText(
        greeting="Здравствуйте, {customer}!",
        nameless_greeting="Здравствуйте!",
        packed_by="Ваш заказ собирает {packer}.",
        returns="Хотите что-то вернуть? Отсканируйте этот код.",
    ),
    "zh": CommonText(
        greeting="{customer},您好!",
        nameless_greeting="您好!",
        packed_by="本包裹由 {packer} 为您打包。",
        returns="需要退货?请扫描此二维码。",
    ),
}

THANKS = Campaign(
    code="thanks",
    texts=(
        CampaignText("en", "Thank you!", ("Thank you for your order at {shop}.",)),
        CampaignText("pl", "Dziękujemy!", ("Dziękujemy za zamówienie w {shop}.",)),
        CampaignText("ru", "Спасибо!", ("Спасибо за ваш заказ в {shop}.",)),
        CampaignText("zh", "谢谢!", ("感谢您在 {shop} 下单。",)),
    ),
)
"""For everybody, and all that a customer without consent to marketing ever gets."""

WELCOME = Campaign(
    code="welcome",
    audience=Audience.FIRST_ORDER,
    with_coupon=True,
    priority=20,
    texts=(
        CampaignText(
            "en",
            "Welcome to {shop}!",
            ("This is your first order with us, and we are glad to have you here.",),
            "For your next order:",
        ),
        CampaignText(
            "pl",
            "Witamy w {shop}!",
            ("To Twoje pierwsze zamówienie u nas. Cieszymy się, że jesteś z nami.",),
            "Na następne zamówienie:",
        ),
        CampaignText(
            "ru",
            "Добро пожаловать в {shop}!",
            ("Это ваш первый заказ у нас, и мы вам очень рады.",),
            "Для следующего заказа:",
        ),
        CampaignText("zh", "欢迎光临 {shop}!", ("这是您在本店的第一笔订单,欢迎您的到来。",), "下次下单可用:"),
    ),
)

WELCOME_BACK = Campaign(
    code="welcome-back",
    audience=Audience.RETURNING,
    with_coupon=True,
    priority=10,
    texts=(
        CampaignText(
            "en", "Good to see you again!", ("Thank you for coming back to {shop}.",), "Our thanks to you:"
        ),
        CampaignText(
            "pl", "Miło Cię znowu widzieć!", ("Dziękujemy, że wracasz do {shop}.",), "W podziękowaniu:"
        ),
        CampaignText(
            "ru", "Рады видеть вас снова!", ("Спасибо, что вы снова с {shop}.",), "В знак благодарности:"
        ),
        CampaignText("zh", "很高兴再次见到您!", ("感谢您再次光临 {shop}。",), "我们的谢意:"),
    ),
)

CAMPAIGNS: tuple[Campaign, ...] = (WELCOME, WELCOME_BACK, THANKS)
"""What a shop without campaigns of its own uses."""
