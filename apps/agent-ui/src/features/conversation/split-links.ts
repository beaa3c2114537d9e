export interface Piece {
  text: string;
  href: string | null;
}

/** Stops before brackets and quotes, and leaves the punctuation of a sentence outside, the Persian too. */
const webAddress = /https?:\/\/[^\s<>"'«»()]*[^\s<>"'«»().,;:!?،؛؟]/giu;

/** Cuts a text into plain pieces and web addresses. Nothing but http and https ever becomes a link. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(webAddress)) {
    pieces.push({ text: text.slice(end, index), href: null }, { text: address, href: address });
    end = index + address.length;
  }
  pieces.push({ text: text.slice(end), href: null });
  return pieces.filter((piece) => piece.text !== '');
}
