const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** [from, to) in UTF-16 units. */
export type Span = readonly [from: number, to: number];

/**
 * Cuts a text into parts of at most `limit` UTF-16 units; joined, they are the text again.
 *
 * It cuts behind a line break or a space where one lies in the last third of a part, otherwise between two graphemes, so that
 * no emoji, ZWNJ pair or accented letter is torn. Only a single grapheme longer than `limit` is cut between code points. None of the
 * spans in `whole` (in order, not touching) is cut unless it is longer than a part by itself.
 */
export function splitText(text: string, limit: number, whole: readonly Span[] = []): string[] {
  const parts: string[] = [];
  let at = 0;
  while (text.length - at > limit) {
    const end = at + cutBefore(text.slice(at), limit);
    const torn = whole.find(([from, to]) => from < end && end < to);
    const next = torn !== undefined && torn[0] > at && torn[1] - torn[0] <= limit ? torn[0] : end;
    parts.push(text.slice(at, next));
    at = next;
  }
  return at === text.length && parts.length > 0 ? parts : [...parts, text.slice(at)];
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
