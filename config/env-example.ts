import './environment.js';
import { listVariables } from './variable.js';

const width = 100;

/** The text of `.env.example`: every variable with its documentation, all commented out because all are optional. */
export function renderEnvExample(): string {
  const heading = wrap(
    'Every variable is optional. Copy this file to .env and set what differs; the process environment wins over it.',
  );
  const blocks = listVariables().map(({ name, text, example }) => [...wrap(text), `#${name}=${example}`]);
  return [heading, ...blocks].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
