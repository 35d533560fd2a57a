"""Campaigns to begin with: plain TOML that a lead changes like any other."""

import json

from picker.inserts.names import code_of, printable

WELCOME = '''code = "welcome"
name = "Welcome, with a coupon"
who = "order == 1"
priority = 20
once = "customer"
series = "welcome"

[templates]
en = """
# Welcome to {{ shop }}!
Hello{% if customer %} {{ customer }}{% endif %},

This is your first order with us, and we are glad to have you here.

{% if packer %}Packed for you by {{ packer }}.{% endif %}

[coupon: For your next order:]
"""
pl = """
# Witamy w {{ shop }}!
Dzień dobry{% if customer %}, {{ customer }}{% endif %}!

To Twoje pierwsze zamówienie u nas. Cieszymy się, że jesteś z nami.

{% if packer %}Paczkę pakuje dla Ciebie {{ packer }}.{% endif %}

[coupon: Na następne zamówienie:]
"""
ru = """
# Добро пожаловать в {{ shop }}!
Здравствуйте{% if customer %}, {{ customer }}{% endif %}!

Это ваш первый заказ у нас, и мы вам очень рады.

{% if packer %}Ваш заказ собирает {{ packer }}.{% endif %}

[coupon: Для следующего заказа:]
"""
zh = """
# 欢迎光临 {{ shop }}!
{% if customer %}{{ customer }},{% endif %}您好!

这是您在本店的第一笔订单,欢迎您的到来。

{% if packer %}本包裹由 {{ packer }} 为您打包。{% endif %}

[coupon: 下次下单可用:]
"""
'''

WELCOME_BACK = '''code = "welcome-back"
name = "Good to see you again, with a coupon"
who = "order >= 2"
priority = 10
once = "days"
days = 60
series = "welcome-back"

[templates]
en = """
# Good to see you again!
Hello{% if customer %} {{ customer }}{% endif %},

Thank you for coming back to {{ shop }}.

{% if packer %}Packed for you by {{ packer }}.{% endif %}

[coupon: Our thanks to you:]
"""
pl = """
# Miło Cię znowu widzieć!
Dzień dobry{% if customer %}, {{ customer }}{% endif %}!

Dziękujemy, że wracasz do {{ shop }}.

{% if packer %}Paczkę pakuje dla Ciebie {{ packer }}.{% endif %}

[coupon: W podziękowaniu:]
"""
ru = """
# Рады видеть вас снова!
Здравствуйте{% if customer %}, {{ customer }}{% endif %}!

Спасибо, что вы снова с {{ shop }}.

{% if packer %}Ваш заказ собирает {{ packer }}.{% endif %}

[coupon: В знак благодарности:]
"""
zh = """
# 很高兴再次见到您!
{% if customer %}{{ customer }},{% endif %}您好!

感谢您再次光临 {{ shop }}。

{% if packer %}本包裹由 {{ packer }} 为您打包。{% endif %}

[coupon: 我们的谢意:]
"""
'''

THANKS = '''code = "thanks"
name = "Thank you"
priority = -10
marketing = false  # everybody may be thanked, also without consent to marketing

[templates]
en = """
# Thank you!
Hello{% if customer %} {{ customer }}{% endif %},

Thank you for your order at {{ shop }}.

{% if packer %}Packed for you by {{ packer }}.{% endif %}
"""
pl = """
# Dziękujemy!
Dzień dobry{% if customer %}, {{ customer }}{% endif %}!

Dziękujemy za zamówienie w {{ shop }}.

{% if packer %}Paczkę pakuje dla Ciebie {{ packer }}.{% endif %}
"""
ru = """
# Спасибо!
Здравствуйте{% if customer %}, {{ customer }}{% endif %}!

Спасибо за ваш заказ в {{ shop }}.

{% if packer %}Ваш заказ собирает {{ packer }}.{% endif %}
"""
zh = """
# 谢谢!
{% if customer %}{{ customer }},{% endif %}您好!

感谢您在 {{ shop }} 下单。

{% if packer %}本包裹由 {{ packer }} 为您打包。{% endif %}
"""
'''

REVIEW = '''code = "review"
name = "How likely are you to recommend us? (NPS)"
who = "order >= 2 and not gift"
priority = 5
once = "days"
days = 90
control = 10  # percent of customers who don't get it, to compare with

[templates]
en = """
# How did we do?
One question, ten seconds: how likely are you to recommend {{ shop }}?

[qr: https://example.com/nps?order={{ order }}&parcel={{ parcel }} | Scan to answer]
"""
pl = """
# Jak nam poszło?
Jedno pytanie, dziesięć sekund: czy polecisz {{ shop }} znajomym?

[qr: https://example.com/nps?order={{ order }}&parcel={{ parcel }} | Zeskanuj i odpowiedz]
"""
'''

REFERRAL = '''code = "referral"
name = "Bring a friend"
who = "spent >= 100 and not gift"
priority = 4
once = "customer"

[templates]
en = """
# Share {{ shop }} with a friend
Your friend saves on the first order, and so do you on your next.

[qr: https://example.com/friends?from={{ order }} | Your personal link]
"""
pl = """
# Podziel się {{ shop }} ze znajomymi
Twój znajomy oszczędza na pierwszym zamówieniu, a Ty na następnym.

[qr: https://example.com/friends?from={{ order }} | Twój osobisty link]
"""
'''

_BEGINNING = '''code = "{code}"
name = {name}
who = ""  # everybody
once = "customer"
# series = "{code}"
# starts = 2026-11-01
# ends = 2026-12-24
# budget = 500
# control = 10

[templates]
en = """
# Hello{{% if customer %}} {{{{ customer }}}}{{% endif %}}!
Thank you for your order at {{{{ shop }}}}.
"""
'''


def beginning(name: str) -> str:
    """Return the text of a new campaign of that name for a lead to change; its code is `code_of` the name."""
    written = json.dumps(printable(name)[:80] or "Campaign", ensure_ascii=False)
    return _BEGINNING.format(code=code_of(name), name=written)


EXAMPLES = (WELCOME, WELCOME_BACK, THANKS, REVIEW, REFERRAL)
