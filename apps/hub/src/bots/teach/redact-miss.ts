import { storableText } from '#channels';

const longest = 300;
/** What is looked at: the signs of an endless text are not searched through from each of them on. */
const longestRead = 1_000;
/** Four digits of any script or more, with what stands between the groups of a number: signs, spaces, and marks that nobody sees. */
const number = /\+?\p{Nd}(?:[\s\-–—_./,،٫٬()\p{Cf}]{0,4}\p{Nd}){3,}/gu;
const address = /[^\s@(]+@[^\s@)]+/gu;
const link = /(?:https?:\/\/|www\.|(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)+\/)\S*/giu;
const handle = /(?<![\p{L}\p{N}])@\w{2,}/gu;

/**
 * What may be kept of a text so that others can learn from it: addresses, links and numbers of four digits or more go, and so do line
 * breaks. Names cannot be told from other words and stay.
 */
export function redactMiss(text: string): string {
  return storableText(text.slice(0, longestRead))
    .replaceAll(link, '…')
    .replaceAll(address, '…')
    .replaceAll(handle, '…')
    .replaceAll(number, '…')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, longest);
}
