import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { AuditEntryView } from '#contract';
import { writeAudit } from './audit-file.js';

const entry: AuditEntryView = {
  id: 'e',
  at: '2026-11-23T00:00:00.000Z',
  actor: { id: 'a', name: '=HYPERLINK("http://evil")' },
  action: 'queue.changed',
  subject: 'q',
  subjectName: 'فروش، تهران',
  changes: [{ field: 'name', before: 'a,b', after: 'c' }],
  details: {},
  hash: 'ff',
};

async function written(format: 'csv' | 'jsonl'): Promise<string> {
  const lines: string[] = [];
  for await (const line of writeAudit(Readable.from([entry]), format)) {
    lines.push(line);
  }
  return lines.join('');
}

describe('the audit as a file', () => {
  it('is read by spreadsheets as text: nothing is run, quotes stay, Persian is intact', async () => {
    const [head, line] = (await written('csv')).split('\r\n');
    expect(head?.startsWith('\uFEFF"at","actor",')).toBe(true);
    expect(line).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(line).toContain('فروش، تهران');
    expect(line).toContain('"[{""field"":""name"",""before"":""a,b"",""after"":""c""}]"');
  });

  it('is one entry a line as JSON', async () => {
    expect(JSON.parse(await written('jsonl'))).toEqual(entry);
  });
});
