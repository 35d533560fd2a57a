"""What customs accept as a description of goods.

A code of the shop's own says nothing, nor does a word that fits anything. The words are those of the European
Commission's "Guidance on acceptable and unacceptable terms for the description of goods" (Taxation and Customs Union,
for ICS2, read on 1 December 2026), with their like in the languages of the shops.
"""

import re
import unicodedata


def _folded(text: str) -> str:
    """Small letters without accents or bars."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_BARRED))
    return unicodedata.normalize("NFC", "".join(char for char in bare if not unicodedata.combining(char)))


_BARRED = str.maketrans("łøđı", "lodi")
_GENERIC = frozenset(
    _folded("""
    accessories accessory agricultural apparel appliance appliances article articles assorted cap caps cargo chemical
    chemicals clothes clothing component components computer consolidated consumer content contents document documents
    electronic electronics equipment food foods foodstuff foodstuffs freight garment garments general gift gifts good
    goods hazardous household industrial item items kinds machine machinery machines materials merchandise misc
    miscellaneous mixed new object objects order other package parcel part parts personal pcs piece pieces pipe pipes
    present presents product products ref sample samples set sets shipment sku spare stuff supplies test thing
    things tool tools and the for with und der die das fur des les all
    unknown used variety various wire wires

    artykul artykuly czesci inne paczka prezent prezenty produkt produkty przedmiot przedmioty rozne rzecz rzeczy towar
    towary upominek probka
    artikel diverse diverses geschenk geschenke muster paket produkte sache sachen sonstiges teil teile ware waren zeug
    cadeau cadeaux chose choses colis divers echantillon marchandise marchandises objet objets pieces produit produits
    articulo articulos cosa cosas mercancia mercancias muestra paquete producto productos regalo regalos varios
    articoli articolo campione cose merce merci pacco prodotti prodotto regali vari
    вещи вещь изделие образец подарки подарок посылка предмет предметы продукт разное товар товары прочее
    """).split()
) | {"商品", "产品", "物品", "货物", "礼品", "礼物", "样品", "配件", "其他", "東西", "东西"}
_LEAST_LATIN = 3
_CODE = re.compile(r"[A-Z0-9]+([-_./#][A-Z0-9]+)+|.*\d.*")


def describes(text: str, sku: str = "") -> bool:
    """Whether a text names what the goods are: a word that is no code, no filling and doesn't fit anything."""
    words = text.strip()
    if words.casefold() == sku.strip().casefold() and (words.isupper() or not words.isalpha()):
        return False
    return any(_is_plain(token) for token in text.split())


def _is_plain(token: str) -> bool:
    if _CODE.fullmatch(token.strip(".,;:!?()[]\"'")):
        return False
    return any(_says_something(word) for word in re.findall(r"[^\W\d_]+", _folded(token)))


def _says_something(word: str) -> bool:
    if word in _GENERIC:
        return False
    return len(word) >= (_LEAST_LATIN if word.isascii() else 1)
