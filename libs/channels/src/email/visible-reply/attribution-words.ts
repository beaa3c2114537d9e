import { alternatives } from './fold-line.js';

/** "wrote" as the line above a quote says it. Words of one language stand together; a gender ending in brackets is read anyway. */
const wrote = `wrote|has written|writes|schrieb|schrieb am|hat geschrieben|geschrieben|schrieb folgendes|a écrit|écrit|ecrit|a ecrit
  |escribió|escribio|ha escrito|ha escrit|va escriure|escribiu|escreveu|ha scritto|scritto|schreef|schreef het volgende
  |het volgende geschreven|geschreven|heeft geschreven|skrev|skrev följande|skrev følgende|har skrevet|har skrivit|kirjoitti
  |kirjoitti seuraavasti|skrifaði|kirjutas|rakstīja|rašė|parašė|napisał|napisała|napisał/a|pisze|napsal|napsala|napsal/a|napísal|napísala
  |je napisal|je napisala|napisao je|napisala je|je napisao|је написао|је написала|написа|написал|написала|написал/а|пишет|писал
  |писала|написав|написала|написали|пише|писав|έγραψε|έγραψαν|yazdı|şunu yazdı|şunları yazdı|írta|ezt írta|a következőt írta
  |a scris|כתב|כתבה|כתב/ה|כותב|كتب|كتبت|كتب ما يلي|نوشت|نوشته|نوشته است|نوشته بود|نوشتند|چنین نوشت|ने लिखा|menulis|đã viết|viết
  |idatzi du|hau idatzi zuen|shkroi`;
/** The same where a language sets no space before it. */
const wroteUnspaced = `写道|寫道|写到|的邮件中写道|撰写|書きました|が書きました|のメッセージ|님이 작성|작성|님이 씀|เขียน|เขียนว่า|wrote`;
/** Said as often of other things than mail, so more has to speak for them. */
const said = `said|says|sent|verzond|hat gesendet|a envoyé|envió|enviou|ha inviato|скажи|گفت|فرستاد`;
/** How such a line begins, before the date. */
const openers = `on|le|el|il|em|am|op|den|på|ti|ma|ke|to|pe|la|su|w dniu|dnia|dne|dňa|v|am|vào|vào lúc|pada|tanggal|στις|на|в|в сообщении от
  |у|de|a|in data|kl|a les|el dia|data|در تاریخ|در|به تاریخ|در روز|تاریخ|في|بتاريخ|يوم|في يوم|בתאריך|ב|ב-|于|於|在|on the|в письме от`;
const quoting = `quoting|zitat von|citando|citando a|citation de|quoting from|citerar|selon|citát od|цитирую|به نقل از|نقل قول از`;
const persons = `i|we|you|ich|wir|sie|ihr|du|je|j'|nous|vous|yo|nosotros|eu|nós|io|noi|ik|wij|jij|u|jag|vi|jeg|я|мы|вы|ты|من|ما|شما`;

const ending = String.raw`\s*(?:\([^)]{0,4}\))?[\s:：*_"'>.-]*$`;
const strong = `(?:(?:^|[^\\p{L}])(?:${alternatives(wrote.split('|'))})|(?:${alternatives(wroteUnspaced.split('|'))}))`;

/** Ends in "wrote", with the colon, stars or dashes that follow it. */
export const wroteEnd = new RegExp(strong + ending, 'u');
export const saidEnd = new RegExp(`[^\\p{L}](?:${alternatives(said.split('|'))})${ending}`, 'u');
export const wroteInside = new RegExp(`${strong}(?=[\\s:(])`, 'u');
/** The writer speaks of own words, as in "on Monday I wrote:". */
export const ownWords = new RegExp(
  `(?:^|[\\s,])(?:${alternatives(persons.split('|'))}) (?:\\p{L}{1,8} )?${strong}${ending}`,
  'u',
);
export const opened = new RegExp(
  `^[-\\s*_"'>]*(?:${alternatives(openers.split('|'))})(?:\\s|(?<=ב-|在|于|於))[^<>@]{0,40}?\\d`,
  'u',
);
export const quotingStart = new RegExp(`^[-\\s*_"'>]*(?:${alternatives(quoting.split('|'))})\\s`, 'u');

const clock = String.raw`(?<!\d)[0-2]?\d\s?[:.h٫]\s?[0-5]\d(?!\d)`;
const day = String.raw`\d{1,4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,4}|(?<!\d)(?:19|20|13|14)\d\d(?!\d)|\d\s?[年月日년월일]`;
export const clockTime = new RegExp(clock, 'u');
export const calendarDay = new RegExp(day, 'u');
/** A line that begins with an instant to the zone, as programs write it and people do not. */
export const zoned = new RegExp(`^(?:${day})[,\\s]{1,2}(?:${clock})[^<>@:]{0,4}(?:gmt|utc)`, 'u');
export const datedStart = new RegExp(`^[^<>@]{0,45}?(?:${day}|${clock})`, 'u');
/** Short of a validation on purpose: some clients cut addresses, link them twice or put spaces in. */
export const mailAddress = /[^\s<>@]@[^\s<>@]/u;
export const addressEnd = /@[^\s@]{2,}(?:\s*[>\])"'*_]){0,4}\s*[:：]$/u;
/** An address in brackets and a word or three of an unknown language. */
export const addressAndVerb = /<[^<>]*@[^<>]*>\s?[\p{L}\p{M}'/ ]{1,24}(?:\([^)]{0,4}\))?\s?[:：]$/u;

/** Where such a line begins inside a line of the reply; in capitals, or "Name on date" would be cut in two. Not folded. */
export const openedInside =
  /(?<=[^\s-])(?:\s+-*|-+)\s*(?:On|Le|El|Il|Em|Am|Op|Den|På|W dniu|Dnia|Dne|Vào|در تاریخ)\s(?=[^<>@\n]{0,24}[\d۰-۹٠-٩])/gu;
