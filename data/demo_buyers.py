"""The demo's buyers: made-up people in four languages, from first order to old friend."""

from dataclasses import dataclass

from data.types import Address


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer and how many orders they placed before."""

    email: str
    language: str
    orders: int
    consent: bool
    address: Address


# language, orders placed before, consent to marketing, e-mail, name, street, zip, city, country
_BUYERS = """
pl| 0|yes|anna.kowalska|Anna Kowalska|ul. Długa 12/4|31-146|Kraków|PL
en| 3|yes|emily.carter|Emily Carter|14 Harbour Street|BS1 4QA|Bristol|GB
ru| 1|no|ivan.petrov|Иван Петров|ул. Садовая, д. 14, кв. 27|191023|Санкт-Петербург|RU
zh| 0|yes|wang.xiaoming|王小明|静安区南京西路1266号|200040|上海市|CN
pl|11|yes|piotr.wisniewski|Piotr Wiśniewski|ul. Świętojańska 43/7|81-391|Gdynia|PL
en| 0|no|jonas.weber|Jonas Weber|Goethestraße 9|04109|Leipzig|DE
ru| 6|yes|maria.sokolova|Мария Соколова|ул. Лесная, д. 5|220030|Минск|BY
zh| 4|yes|chen.meiling|陳美玲|大安區和平東路二段106號|106|臺北市|TW
pl| 2|no|katarzyna.lis|Katarzyna Żółć-Lis|os. Słoneczne 8/15|60-175|Poznań|PL
en|14|yes|oliver.ohara|Oliver O'Hara|Flat 2, 8 Merrion Row|D02 KW74|Dublin|IE
ru| 0|yes|elena.orlova|Елена Орлова|пр. Мира, д. 88, кв. 3|129085|Москва|RU
zh| 9|no|zhang.wei|张伟|天河区体育西路103号维多利广场A座1805室|510620|广州市|CN
pl| 1|yes|michal.dabrowski|Michał Dąbrowski|ul. Łąkowa 3|90-562|Łódź|PL
en| 5|yes|sofia.lindqvist|Sofia Lindqvist|Hornsgatan 71 B|118 49|Stockholm|SE
pl| 0|yes|agnieszka.mazur|Agnieszka Mazur|ul. Kościuszki 21/2|50-037|Wrocław|PL
en| 7|no|hannah.fischer|Hannah Fischer|Kastanienallee 33|10435|Berlin|DE
ru| 0|no|dmitry.volkov|Дмитрий Волков|ул. Ленина, д. 40, кв. 12|620014|Екатеринбург|RU
zh| 0|yes|liu.yang|刘洋|武侯区人民南路四段27号|610041|成都市|CN
pl| 3|yes|tomasz.wojcik|Tomasz Wójcik|ul. Mariacka 17|40-014|Katowice|PL
en| 0|yes|grace.nwosu|Grace Nwosu|Rue Haute 212|1000|Bruxelles|BE
ru|12|yes|natalia.kuznetsova|Наталья Кузнецова|пр. Победителей, д. 9, кв. 61|220004|Минск|BY
zh| 1|yes|wong.kaho|黃嘉豪|九龍彌敦道750號12樓B室||香港|HK
pl| 0|no|zofia.gorska|Zofia Górska|ul. Rybacka 5|72-600|Świnoujście|PL
en| 2|yes|lucas.martin|Lucas Martin|18 Rue des Tanneurs|67000|Strasbourg|FR
ru| 3|no|sergei.belov|Сергей Белов|ул. Баумана, д. 51|420111|Казань|RU
zh| 5|yes|zhao.min|赵敏|西湖区文三路398号|310013|杭州市|CN
"""


def _buyer(line: str) -> Buyer:
    language, orders, consent, email, name, street, zip_code, city, country = line.split("|")
    address = Address(name, line1=street, city=city, zip=zip_code, country=country)
    return Buyer(f"{email}@example.com", language, int(orders), consent == "yes", address)


BUYERS = tuple(_buyer(line) for line in _BUYERS.splitlines() if line)
