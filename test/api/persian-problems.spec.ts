import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import sentences from '../../apps/agent-ui/src/i18n/problems.fa.json' with { type: 'json' };

const root = new URL('../../', import.meta.url).pathname;
/** Whose arguments readers get to see. */
const tellers = new Set(
  'invalid conflict forbidden unauthenticated tooMany unavailable ApiError ChannelError'.split(' '),
);
/** Under which names a send that did not go well says why; agents read it below the message. */
const reasons = new Set(['error', 'bounce', 'complaint']);
/** What the hub says of a kind of thing is told by its code; these are no sentences. */
const isSentence = (text: string) =>
  /\s/u.test(text.trim()) &&
  /[.):}]$/u.test(text) &&
  !/^\{0\}[^a-z]*\(/u.test(text) &&
  !text.startsWith('{0} does not exist');

function spoken(argument: ts.Node): string[] {
  if (ts.isStringLiteralLike(argument)) {
    return [argument.text];
  }
  if (ts.isTemplateExpression(argument)) {
    return [
      argument.head.text + argument.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join(''),
    ];
  }
  return ts.isConditionalExpression(argument) ? [...spoken(argument.whenTrue), ...spoken(argument.whenFalse)] : [];
}

function sentencesOf(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const walk = (node: ts.Node): void => {
    if (
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      tellers.has(node.expression.text)
    ) {
      found.push(...(node.arguments ?? []).flatMap(spoken).filter(isSentence));
    }
    if (file.includes('/delivery/') && ts.isPropertyAssignment(node) && reasons.has(node.name.getText(source))) {
      found.push(...spoken(node.initializer).filter(isSentence));
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

const said = new Set(
  ['apps/hub/src', 'libs/channels/src']
    .flatMap((folder) => globSync(`${root}${folder}/**/*.ts`))
    .filter((file) => !file.endsWith('.spec.ts') && !file.includes('/contract/'))
    .flatMap(sentencesOf),
);

describe('what the hub says to a Persian reader', () => {
  it('is said in Persian, every sentence of it', () => {
    expect(said.size).toBeGreaterThan(100);
    expect([...said].filter((sentence) => !(sentence in sentences)).toSorted()).toEqual([]);
  });
});
