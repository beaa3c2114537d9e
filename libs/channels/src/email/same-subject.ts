import { matchKey } from '../match-key.js';

/** What mail programs of many languages put before the subject of an answer or a forwarded mail. */
const prefixes =
  /^(?:(?:re|aw|antw|sv|vs|res|rif|odp|ynt|r|fwd?|wg|enc|tr|rv|vb|doorst|پاسخ|جواب|ارجاع|بازارسال|هدایت|رد|إعادة توجيه)\s?(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?\s?[:：]\s*)/iu;
/** What servers on the way put there. */
const labels = /^\[(?:ext|external|extern|spam|suspected spam|#\d{1,12})\]\s*/iu;
const mostPrefixes = 20;

/** A subject without what answering, forwarding and servers added in front of it. */
export function bareSubject(subject: string): string {
  let bare = subject
    .replace(/\p{Cf}/gu, (sign) => (sign === '\u200c' ? sign : ''))
    .replace(/\s+/gu, ' ')
    .trim();
  for (let count = 0; count < mostPrefixes; count++) {
    const next = bare.replace(labels, '').replace(prefixes, '');
    if (next === bare) {
      break;
    }
    bare = next;
  }
  return bare.trim();
}

/** Whether a mail's subject continues a thread's: equal but for prefixes, case, spaces and the many forms of Persian letters. An empty one continues any. */
export function isSameSubject(thread: string, mail: string): boolean {
  const [old, bare] = [bareSubject(thread), bareSubject(mail)];
  return bare === '' || keyOf(old) === keyOf(bare);
}

/** Signs and pictures have no key, and are compared as they are. */
function keyOf(bare: string): string {
  return matchKey(bare) || bare;
}
