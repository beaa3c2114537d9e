import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { zip, type ZipEntry } from './zip.js';

async function archive(entries: ZipEntry[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip(entries)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield await Promise.resolve(Buffer.from(text));
  }
}

const reader = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))`;

describe('An archive', () => {
  it('is read by another program with its names and bytes, though no length was known before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'peyk-zip-'));
    try {
      const file = join(folder, 'a.zip');
      await writeFile(
        file,
        await archive([
          { name: 'person.json', content: pieces('{"a"', ': 1}') },
          { name: 'files/نامه.txt', content: pieces('سلام') },
          { name: 'files/empty', content: pieces() },
        ]),
      );
      expect(JSON.parse(execFileSync('python3', ['-c', reader, file], { encoding: 'utf8' }))).toEqual({
        'person.json': '{"a": 1}',
        'files/نامه.txt': 'سلام',
        'files/empty': '',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
