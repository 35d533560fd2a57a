"""What the words that WooCommerce writes for an order's status mean, in the languages of its translations."""

import unicodedata

from data.importers.read import key_of
from data.importers.records import Verdict

_MEANING = {
    "processing": (Verdict.READY, ""),
    "pending": (Verdict.HELD, "unpaid"),
    "on_hold": (Verdict.HELD, "unpaid"),
    "completed": (Verdict.LEFT_OUT, "fulfilled"),
    "checkout_draft": (Verdict.LEFT_OUT, "draft"),
    "cancelled": (Verdict.CANCELLED, "cancelled_by_shop"),
    "refunded": (Verdict.CANCELLED, "refunded"),
    "failed": (Verdict.CANCELLED, "payment_failed"),
}
# As the translations of WooCommerce's core have them, with the shorter forms that shops and plug-ins use.
_WORDS = {
    "processing": """processing|w trakcie realizacji|w realizacji|in bearbeitung|wird bearbeitet|
        en cours|en cours de traitement|procesando|en proceso|in lavorazione|in elaborazione|
        in behandeling|verwerken|zpracovává se|zpracovávaná|spracováva sa|spracovanie|
        em processamento|processando|a processar|behandlas|under behandling|behandles|käsittelyssä|
        käsitellään|feldolgozás alatt|feldolgozás|în procesare|în curs de procesare|procesare|
        hazırlanıyor|işleniyor|обработка|в обработке|обрабатывается|в обробці|обробка|обробляється|
        σε επεξεργασία|επεξεργασία|処理中|正在处理|处理中|處理中|正在處理|처리중|처리 중|
        обработва се|u obradi|obrada|v obdelavi|töötlemisel|apstrādē|vykdomas|apdorojamas|מעבדים|
        בטיפול|בתהליך|قيد التنفيذ|قيد المعالجة|กำลังดำเนินการ|đang xử lý""",
    "pending": """pending|pending payment|oczekujące na płatność|oczekujące na opłacenie|
        oczekuje na płatność|zahlung ausstehend|ausstehende zahlung|attente paiement|
        en attente de paiement|pendiente de pago|pago pendiente|in attesa di pagamento|
        pagamento in sospeso|wachtend op betaling|in afwachting van betaling|čeká na platbu|
        čekání na platbu|čakajúca na platbu|čaká na platbu|pagamento pendente|aguardando pagamento|
        väntar på betalning|inväntar betalning|afventer betaling|odottaa maksua|maksua odottava|
        venter på betaling|avventer betaling|fizetésre vár|fizetés függőben|plată în așteptare|
        în așteptarea plății|ödeme bekleniyor|ожидает оплаты|в ожидании оплаты|ожидается оплата|
        очікує оплати|очікується оплата|в очікуванні оплати|εκκρεμεί πληρωμή|
        σε εκκρεμότητα πληρωμής|αναμονή πληρωμής|支払い待ち|支払い保留中|待付款|等待付款|
        结제 대기중|결제 대기중|결제 대기|чакащо плащане|čeka plaćanje|čaka na plačilo|ממתין לתשלום|
        بانتظار الدفع|รอการชำระเงิน|chờ thanh toán""",
    "on_hold": """on hold|onhold|wstrzymane|wstrzymano|wstrzymane (oczekujące)|in wartestellung|
        zurückgestellt|en attente|en espera|in sospeso|in attesa|in de wacht|on-hold|wacht|
        pozastaveno|pozastavená|čeká na vyřízení|pozastavené|aguardando|em espera|pausad|parkerad|
        inväntar|afventer|i bero|på vent|sat på hold|pidossa|odottaa|på pause|fizetésre várakozik|
        várakozik|függőben|în așteptare|suspendată|beklemede|на удержании|на утримуванні|
        на утриманні|в ожидании|в очікуванні|σε αναμονή|保留中|保留|等待中|已挂起|暂停|보류|보류중|
        보류 중|задържана|na čekanju|v čakanju|ootel|aizturēts|sulaikytas|sulaikyta|בהשהיה|مؤجل|
        معلق|รอ|tạm giữ""",
    "completed": """completed|complete|zrealizowane|zrealizowano|ukończone|zakończone|abgeschlossen|
        fertiggestellt|terminée|terminé|complétée|completado|completada|completato|completata|
        voltooid|afgerond|dokončeno|dokončená|dokončené|vybavená|concluído|concluída|completo|
        färdigbehandlad|slutförd|genomförd|gennemført|fuldført|færdig|valmis|suoritettu|fullført|
        teljesített|teljesítve|befejezett|finalizată|finalizat|complet|completată|tamamlandı|
        выполнен|выполнено|завершен|завершён|завершено|виконано|виконане|ολοκληρωμένη|ολοκληρώθηκε|
        ολοκληρωμένο|完了|已完成|完成|완료|완료됨|завършена|završeno|zaključeno|lõpetatud|izpildīts|
        įvykdytas|įvykdyta|הושלם|مكتمل|เสร็จสมบูรณ์|hoàn thành|đã hoàn thành""",
    "cancelled": """cancelled|canceled|trash|anulowane|anulowano|anulowany|anulowana|storniert|
        abgebrochen|annullierte|annulée|annulé|cancelado|cancelada|annullato|annullata|cancellato|
        geannuleerd|zrušeno|zrušená|zrušené|zrušena|avbruten|avbeställd|annullerad|annulleret|
        aflyst|peruttu|peruutettu|kansellert|avbrutt|avlyst|visszamondott|visszavont|törölt|törölve|
        anulată|anulat|iptal edildi|iptal|отменен|отменён|отменено|отменена|скасовано|скасоване|
        скасований|ακυρώθηκε|ακυρωμένη|ακυρωμένο|キャンセル|キャンセル済み|キャンセルされました|
        已取消|取消|취소|취소됨|анулирана|отказана|otkazano|preklicano|tühistatud|atcelts|atšauktas|
        atšaukta|בוטל|מבוטל|ملغي|ملغى|ยกเลิก|ยกเลิกแล้ว|đã hủy|kosz""",
    "refunded": """refunded|zwrócone|zwrócono|zwrot|rückerstattet|erstattet|zurückerstattet|
        remboursée|remboursé|reembolsado|reembolsada|rimborsato|rimborsata|terugbetaald|vráceno|
        refundováno|vrácená|vrátené|vrátená|refundovaná|återbetald|återbetalad|refunderet|
        tilbagebetalt|refundert|hyvitetty|palautettu|tilbakebetalt|visszatérített|visszatérítve|
        rambursată|rambursat|iade edildi|iade|возвращен|возвращён|возвращено|возврат|повернено|
        відшкодовано|повернуто|επιστράφηκε|επιστροφή χρημάτων|επιστροφή χρημάτων ολοκληρώθηκε|
        払い戻し済み|返金済み|已退款|退款|환불|환불됨|възстановена|vraćeno|refundirano|povrnjeno|
        tagastatud|atmaksāts|grąžinta|הוחזר|زوזר|مسترد|مسترجع|คืนเงินแล้ว|đã hoàn tiền|hoàn tiền""",
    "failed": """failed|nieudane|nie powiodło się|nieudana|fehlgeschlagen|échouée|échoué|échec|
        fallido|fallida|fallito|fallita|mislukt|selhalo|neúspěšné|neúspešné|zlyhalo|zlyhala|
        neúspěšná|falhado|falhada|malhado|falhou|malogrado|misslyckad|misslyckades|mislykkedes|
        fejlet|mislykket|mislyktes|epäonnistunut|epäonnistui|feilet|sikertelen|eșuată|eșuat|
        başarısız|başarısız oldu|не удался|не удалось|неудача|неудачный|невдалий|невдало|не вдалося|
        απέτυχε|αποτυχημένη|αποτυχία|失敗|失敗しました|失败|已失败|실패|실패함|неуспешна|neuspjelo|
        neuspešno|nurjunud|neizdevās|nepavyko|נכשל|فشل|فشلت|ล้มเหลว|thất bại""",
    "checkout_draft": """checkout draft|draft|auto draft|szkic zamówienia|szkic|entwurf|
        kassen-entwurf|brouillon|borrador|bozza|concept|koncept|rascunho|utkast|kladde|luonnos|
        piszkozat|vázlat|ciornă|taslak|черновик|чернетка|πρόχειρο|下書き|草稿|임시글|초안|טיוטה|
        مسودة|ร่าง""",
}


def shop_status(word: str) -> tuple[Verdict, str] | None:
    """What a shop's word for the status of an order means here; None for one that isn't known."""
    return _KNOWN.get(_folded(word).removeprefix("wc_"))


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return key_of("".join(sign for sign in plain if not unicodedata.combining(sign)))


_KNOWN = {
    _folded(word): _MEANING[status]
    for status, words in _WORDS.items()
    for word in words.split("|")
    if word.strip()
}
