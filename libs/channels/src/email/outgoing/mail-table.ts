import { escapeHtml } from './direction.js';
import type { MailTable } from './outgoing-mail.js';
import type { RichText } from './rich-text.js';

const cell = 'padding:4px 10px;border:1px solid #ccc;unicode-bidi:plaintext';

/** A table in the two forms of a mail: lines of cells where there is no HTML. */
export function mailTable(table: MailTable | null, dir: 'rtl' | 'ltr'): RichText {
  if (table === null) {
    return { html: '', text: '' };
  }
  const side = dir === 'rtl' ? 'right' : 'left';
  const rowOf = (tag: 'td' | 'th', cells: string[]): string =>
    `<tr>${cells.map((text) => `<${tag} style="${cell};text-align:${side}">${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  return {
    html: `<table dir="${dir}" style="border-collapse:collapse;margin:0 0 1em">
<thead>${rowOf('th', table.head)}</thead>
<tbody>
${table.rows.map((cells) => rowOf('td', cells)).join('\n')}
</tbody></table>`,
    text: [table.head, ...table.rows].map((cells) => cells.join(' | ')).join('\n'),
  };
}
