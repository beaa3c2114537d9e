/** A paragraph while its lines are gathered. */
interface Paragraph {
  /** How many people deep it is quoted. */
  depth: number;
  parts: string[];
  /** Its last line goes on in the next. */
  isOpen: boolean;
}

/**
 * Joins the lines of a text that its writer's program broke (format=flowed, RFC 3676). Lines go together only where they are quoted
 * equally deep, and each paragraph of a quote keeps its marks: who said what must not change by where a line was broken. `delSp`: the
 * blank that marks a broken line is no part of the text.
 */
export function unflowText(text: string, delSp: boolean): string {
  const paragraphs: Paragraph[] = [];
  for (const written of text.split('\n')) {
    const { depth, line } = readLine(written);
    const isSignature = line === '-- ';
    const isBroken = line.endsWith(' ') && !isSignature;
    const said = isBroken && delSp ? line.slice(0, -1) : line;
    const last = paragraphs.at(-1);
    if (last?.isOpen && last.depth === depth && !isSignature) {
      last.parts.push(said);
      last.isOpen = isBroken;
    } else {
      paragraphs.push({ depth, parts: [said], isOpen: isBroken });
    }
  }
  return paragraphs.map(laidOut).join('\n');
}

/** A blank after the marks was put there by the program, so that what follows is taken neither for a mark nor for anything else. */
function readLine(written: string): { depth: number; line: string } {
  const depth = /^>*/u.exec(written)?.[0].length ?? 0;
  const rest = written.slice(depth);
  return { depth, line: rest.startsWith(' ') ? rest.slice(1) : rest };
}

/** A mark that somebody wrote as a letter stays behind its blank: it quotes nobody. */
function laidOut({ depth, parts }: Paragraph): string {
  const text = parts.join('');
  if (depth === 0) {
    return text.startsWith('>') ? ` ${text}` : text;
  }
  return text === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}
