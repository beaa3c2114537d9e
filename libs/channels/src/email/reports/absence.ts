/** How mail programs head an answer that nobody wrote. It must begin the subject, or a person could be taken for a robot. */
const automaticHeading = new RegExp(
  `^(?:\\[[^\\]]{0,30}\\]\\s*)?(?:${[
    'auto(?:matic|mated|matically generated)?[ -]?(?:e-?mail )?(?:reply|response|responder|respond|respons|answer)\\w*|autoreply',
    'out[ -]of[ -](?:the[ -])?office(?: (?:auto ?reply|reply|message))?|ooo|vacation (?:message|notice|reply|notification)|away from (?:my )?(?:mail|e-?mail|office|desk)|absence notice',
    'automatische antwort|abwesenheits\\S+|autom\\. antwort|nicht im büro',
    'réponse automatique|absence du bureau|absente? du bureau|message d.absence',
    'respuesta automática|fuera de (?:la )?oficina|ausen(?:te|cia) de la oficina',
    'risposta automatica|fuori (?:ufficio|sede)',
    'resposta automática|ausência temporária|fora do escritório',
    'automatisch(?:e)? (?:antwoord|beantwoording)|afwezigheids\\S+',
    'autosvar|automatiskt svar|automatisk svar|frånvaromeddelande|fraværsmelding|automaattinen vastaus|poissaoloilmoitus',
    'automatyczna odpowiedź|autoodpowiedź|poza biurem|automatická odpověď|automatická odpoveď|mimo kancelář|automatikus válasz|răspuns automat',
    'авто(?:матический )?-?\\s?ответ(?:чик)?|автоматична відповідь|αυτόματη απάντηση',
    'otomatik (?:yanıt|cevap)|ofis dışında|رد تلقائي|خارج المكتب|מענה אוטומטי|תשובה אוטומטית',
    'پاسخ ?خودکار|پاسخگوی خودکار|خارج از (?:دفتر|محل کار|اداره)|اعلام (?:مرخصی|عدم حضور)',
    '自動(?:返信|応答|回覆|回复|答复)|自动(?:回复|答复)|不在(?:通知|のお知らせ|連絡)|자동 ?(?:회신|응답|답장)|부재중(?: 자동 ?응답)?',
  ].join('|')})\\s*(?:[:：\\-–(\\[]|$)`,
  'iu',
);
/** What somebody writes who is not there, in the words of the people who use Peyk and of their customers. */
const notThere =
  /\b(?:out of (?:the |my )?office|(?:on|annual|parental|maternity|paternity|sick|medical) (?:vacation|leave|holiday)s?|i(?:'m| am|.ll be| will be)(?: currently)? (?:away|out|travell?ing|on holiday|on vacation|absent|unavailable|off)|away from (?:the |my )?(?:office|desk|e-?mail)|limited (?:or no )?access to (?:my )?e-?mail|intermittent access|no access to (?:my )?e-?mail|i (?:will )?return(?:ing)? (?:on|to)|not in the office|im urlaub|nicht im (?:büro|haus)|abwesend|außer haus|absent(?:e)? (?:du bureau|jusqu)|en (?:congés?|vacances|déplacement)|de vacaciones|fuera de la oficina|estaré ausente|in ferie|fuori (?:ufficio|sede)|sarò assente|de férias|fora do escritório|met (?:vakantie|verlof)|afwezig|på semester|på ferie|poza biurem|na urlopie|mimo kancelář|dovolen\w*|izindeyim|ofis dışında)|в отпуск|отсутств|у відпуст|خارج المكتب|في إجازة|(?:در|به) (?:تعطیلات|مرخصی)|مرخصی (?:هستم|می‌باشم|بوده)|در (?:دفتر|محل کار|شرکت|اداره) (?:نیستم|حضور ندارم|نخواهم بود)|حضور ندارم|خارج از دفتر|خارج از کشور|休暇|不在|休假|不在办公室|外出|휴가|부재중/iu;

/** Notes says it in a sentence of its own, and Japanese programs in brackets before the subject that they answer. */
const automaticForms =
  /^[^:?؟]{2,60} (?:is (?:currently )?out of the office|ist (?:außer haus|nicht im büro)|est absente? du bureau)(?:\.|\s*\([^()]{0,60}\)\.?)$|^[[(（【［](?:自動返信|自動応答|自動回覆|自动回复|auto(?:matic)? ?-?reply|out of office|پاسخ ?خودکار)[\])）】］]|^yahoo! auto response/iu;

/** Whether a subject is that of an answer that nobody wrote. */
export function headsAutomaticAnswer(subject: string): boolean {
  const plain = subject.trim().replace(/^(?:(?:re|aw|sv|پاسخ)\s*:\s*)+/iu, '');
  return automaticHeading.test(plain) || automaticForms.test(plain);
}

/** Whether a text says that somebody is away, its subject included. */
export function saysAway(subject: string, text: string): boolean {
  return notThere.test(`${subject}\n${text.slice(0, 3_000)}`);
}
