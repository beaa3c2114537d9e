/** A piece of a text; an address of the web is one that may be followed. */
export interface Piece {
  text: string;
  isAddress: boolean;
}

/** Web addresses, without the marks that end the sentence around them. */
const address = /https?:\/\/[^\s<>"'»«]+[^\s<>"'»«.,:;!?)\]}؟،؛]/g;

/** Takes a text apart at its web addresses. Only http and https ever become links. */
export function splitAddresses(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    if (index > end) {
      pieces.push({ text: text.slice(end, index), isAddress: false });
    }
    pieces.push({ text: found, isAddress: true });
    end = index + found.length;
  }
  return end < text.length ? [...pieces, { text: text.slice(end), isAddress: false }] : pieces;
}
