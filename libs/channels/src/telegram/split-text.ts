const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Cuts a text into parts of at most `limit` UTF-16 units; joined, they are the text again.
 *
 * It cuts behind a line break or a space where one lies in the last third of a part, otherwise between two graphemes, so that
 * no emoji, ZWNJ pair or accented letter is torn. Only a single grapheme longer than `limit` is cut between code points.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = cutBefore(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

function cutBefore(text: string, limit: number): number {
  const edge = graphemeEdge(text, limit);
  const head = text.slice(0, edge);
  const lineBreak = head.lastIndexOf('\n') + 1;
  const gap = lineBreak > limit * (2 / 3) ? lineBreak : head.lastIndexOf(' ') + 1;
  return gap > limit * (2 / 3) && isEdge(text, gap) ? gap : edge;
}

// A space followed by a combining mark is one grapheme with it.
function isEdge(text: string, at: number): boolean {
  return (
    graphemes.segment(text.slice(Math.max(0, at - 64), at + 64)).containing(Math.min(at, 64))?.index ===
    Math.min(at, 64)
  );
}

function graphemeEdge(text: string, limit: number): number {
  const around = graphemes.segment(text).containing(limit);
  const edge = around?.index ?? text.length;
  if (edge > 0) {
    return edge;
  }
  const isInsidePair = (text.codePointAt(limit - 1) ?? 0) > 0xffff;
  return isInsidePair ? limit - 1 : limit;
}
