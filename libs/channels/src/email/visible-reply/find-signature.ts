import { alternatives } from './fold-line.js';
import { isMarkerLine } from './reply-marker.js';
import type { Lines } from './lines.js';

const longestWeak = 12;
const longestPhrase = 80;
const mostWords = 12;
const mostSignatures = 10;

const devices = `آیفون|ایفون|آیپد|گوشی|موبایل|تلفن|تلفن همراه|تبلت|سامسونگ|گلکسی|شیائومی|هوآوی|هواوی|یاهو|جیمیل|جی میل|اوت لوک|اوتلوک|آوت لوک
  |دستگاه|اپلیکیشن|برنامه|ایمیل|پست الکترونیک|نسخه|اندروید|ویندوز|رایانه|مایکروسافت|تلفن هوشمند`;
/** How programs sign of their own accord; what follows is the device. */
const before = `sent from|sent on the go|get outlook for|get bluemail for|gesendet von|gesendet vom|holen sie sich outlook|laden sie outlook
  |envoyé depuis|envoyé de mon|envoyé de ma|envoyé à partir|envoyé du|télécharger outlook|obtenez outlook|enviado desde|obtener outlook
  |descargar outlook|enviat des|enviado do meu|enviado de meu|enviado a partir|enviado pelo meu|obter o outlook|obter outlook
  |baixar o outlook|inviato da|inviato dal|inviato dal mio|ottieni outlook|scarica outlook|verzonden vanaf|verzonden vanuit
  |verstuurd vanaf|download outlook|outlook voor|skickat från|skickad från|hämta outlook|sendt fra|hent outlook|få outlook
  |last ned outlook|hanki outlook|wysłane z|wysłano z|pobierz outlook|uzyskaj outlook|отправлено с|отправлено из|скачать outlook
  |получить outlook|надіслано з|відправлено з|odesláno z|posláno z|odoslané z|získat outlook|stáhnout outlook|trimis de pe
  |στάλθηκε από|dikirim dari|được gửi từ|đã gửi từ|gửi từ|أرسلت من|أُرسلت من|مرسل من|مرسلة من|تم الإرسال من|احصل على outlook
  |发自|發自|傳送自`;
/** The same in words that parcels are sent with as well, so the device or the program has to be named. */
const beforeDevice = `sent via|sent with|sent using|sent by|sent on|gesendet mit|gesendet über|von meinem|diese nachricht wurde|outlook für|envoyé avec
  |envoyé via|enviado con|enviado a través|enviado mediante|enviado pelo|enviado via|enviado com|enviado do|enviado da|enviada do|inviato con|inviato tramite
  |verzonden met|verzonden via|verstuurd met|skickat via|skickat med|sendt med|sendt via|lähetetty|wysłane za pomocą|отправлено через
  |отправлено от|отправлено моим|надіслано через|poslano z|poslano sa|trimis de la|trimis prin|נשלח מ|从我的|從我的|来自我的|나의|elküldve|küldve`;
const after = `gesendet|gönderildi|gönderilmiştir|から送信|より送信|发送|發送|傳送|에서 보냄|에서 보냈습니다|küldve|edinin|herunterladen|downloaden`;
const programs = `iphone|ipad|ipod|android|ios|outlook|samsung|galaxy|smartphone|handy|phone|telefon|mobile|mobil|tablet|huawei|xiaomi|nokia|htc|sony
  |motorola|pixel|oneplus|blackberry|gmail|yahoo|hotmail|mail|thunderbird|sparrow|mailbox|airmail|spark|k-9|bluemail|aqua|typeapp|windows
  |device|gerät|app|zoho|superhuman|aol|gmx|web.de|protonmail|tutanota|fairemail`;

const words = (phrases: string) => alternatives(phrases.split('|'));
const program = `(?:${words(programs)})`;
const known = new RegExp(`^(?:${words(before)})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Arabic}])`, 'u');
const knownDevice = new RegExp(`^(?:${words(beforeDevice)}).*${program}`, 'u');
const knownTail = new RegExp(`${program}.*(?:${words(after)})$`, 'u');
const persianDevice = `(?:[a-z]{3}|${words(devices)})`;
/** What a program says of itself in a sentence of its own. */
const slogans = /^(?:yahoo mail: search, organize, conquer|all new yahoo mail)/u;
/** «ارسال شده از تهران» is about a parcel, so a device or a program has to be named. */
const persian = new RegExp(
  `^(?:(?:ارسال شده|فرستاده شده|ارسالی) (?:از|با|توسط|به وسیله) .*${persianDevice}|از .*${persianDevice}.* (?:ارسال|فرستاده) شد(?:ه|ه است)?$` +
    `|(?:دریافت|بارگیری|دانلود) (?:برنامه )?(?:outlook|اوت ?لوک|آوت ?لوک|نسخه))`,
  'u',
);

/** A signature that a program wrote: "Sent from my iPhone", «ارسال شده از آیفون من». What people write about sending is longer. */
export function isDeviceSignature(folded: string): boolean {
  if (folded.length > 300) {
    return false;
  }
  const line = withoutLinks(folded);
  if (slogans.test(line)) {
    return true;
  }
  if (line.length > longestPhrase || line.split(' ').length > mostWords || isSentence(line)) {
    return false;
  }
  return known.test(line) || knownDevice.test(line) || knownTail.test(line) || persian.test(line);
}

function withoutLinks(folded: string): string {
  return folded
    .replace(/<[^<>]*>|\((?:https?|mailto):[^()]*\)|\[[^[\]]*\]|https?:\/\/\S+/gu, ' ')
    .replace(/^[\s*_~-]+|[\s*_~.!-]+$/gu, '')
    .replace(/\s+/gu, ' ');
}

/** A comma opens an apposition ("…, an AT&T smartphone") or a sentence ("…, is much easier"). */
function isSentence(line: string): boolean {
  return /[?؟!;؛]|\.\s|[,،](?! (?:an?|the|powered) )/u.test(line);
}

/**
 * The line on which a signature begins in the lines from `first` to before `next`: the one that RFC 3676 or habit sets before it, or
 * what a program wrote at the end. What people close with ("Regards", «با احترام») is theirs and stays. `isBehindQuote`: older mail
 * stands above these lines.
 */
export function findSignature(lines: Lines, first: number, next: number, isBehindQuote = false): number | null {
  const drawn = isBehindQuote && isFooter(lines, first, next) ? first : drawnSignature(lines, first, next);
  let end = lastFilled(lines, first, drawn ?? next);
  let found = drawn;
  for (let round = 0; round < mostSignatures; round += 1) {
    const start = deviceSignature(lines, first, end);
    if (start === null) {
      break;
    }
    found = start;
    end = lastFilled(lines, first, start);
  }
  return found;
}

/** What a list or a help desk sets below the mail that it repeats, ruled off from it. */
function isFooter(lines: Lines, first: number, next: number): boolean {
  const top = lines.nextFilled(first);
  return (
    top < next && /^\s*(?:-{2,4}|={2,4}|\+{2,4})\s*$/u.test(lines.raw(top).slice(0, 20)) && isShort(lines, top, next)
  );
}

/**
 * Only the first such line counts, and without the space of the RFC only when little follows: people rule off paragraphs with
 * dashes as well. Judging by the first alone makes the answer the same for the text that is left.
 */
function drawnSignature(lines: Lines, first: number, next: number): number | null {
  let line = first;
  while (line < next && delimiter(lines, line) === null) {
    line += 1;
  }
  if (line >= next || delimiter(lines, line) === 'strict') {
    return line >= next ? null : line;
  }
  const strict = strictAfter(lines, line, next);
  return isShort(lines, line, strict ?? next) ? line : strict;
}

function isShort(lines: Lines, from: number, to: number): boolean {
  let filled = 0;
  for (let line = from; line < to && filled <= longestWeak; line += 1) {
    filled += lines.isBlank(line) ? 0 : 1;
  }
  return filled <= longestWeak;
}

function strictAfter(lines: Lines, first: number, next: number): number | null {
  for (let line = first; line < next; line += 1) {
    if (delimiter(lines, line) === 'strict') {
      return line;
    }
  }
  return null;
}

function delimiter(lines: Lines, line: number): 'strict' | 'weak' | null {
  if (lines.start(line + 1) - lines.start(line) > 200) {
    return null;
  }
  const raw = lines.raw(line).replace(/\r?\n$/u, '');
  if (raw === '-- ') {
    return 'strict';
  }
  return /^\s*(?:--|—|_{2,}|--\u00a0)\s*$/u.test(raw) ? 'weak' : null;
}

/** The first of the last lines, if one of them is such a signature; a line or two may follow it in its paragraph. */
function deviceSignature(lines: Lines, first: number, end: number): number | null {
  for (let line = end - 1; line >= Math.max(first, end - 3) && !lines.isBlank(line); line -= 1) {
    if (isDeviceSignature(lines.fold(line)) && !isMarkerLine(lines.fold(line))) {
      return line;
    }
  }
  return null;
}

/** The line after the last that is not blank. */
function lastFilled(lines: Lines, first: number, next: number): number {
  let end = next;
  while (end > first && lines.isBlank(end - 1)) {
    end -= 1;
  }
  return end;
}
