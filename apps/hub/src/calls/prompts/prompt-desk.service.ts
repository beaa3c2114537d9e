import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { PromptLibraryView, PromptView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { ApiError, invalid, notFound } from '../../platform/errors/api-error.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { listPrompts, type ScriptsPrompts } from './list-prompts.js';
import { PromptLibrary } from './prompt-library.service.js';
import { isPromptName, promptKey, promptLocale } from './prompt-names.js';
import { keepPrompt, readGaps, readTimes } from './prompt-rows.query.js';
import { BadWav, type WavProblem } from './read-wav.js';
import { scriptsPrompts } from './scripts-prompts.query.js';
import { telephoneMs, toTelephoneWav } from './telephone-wav.js';
import { writeTar } from './write-tar.js';

/** Twelve minutes as a telephone carries it; a minute or two as studios do. */
const limitBytes = 12 * 1024 * 1024;
const clearedAfterMs = 24 * 3_600_000;

interface Named {
  name: string;
  locale: 'fa' | 'en';
}

/** The prompt library as its keepers see it. */
@Injectable()
export class PromptDesk {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly library: PromptLibrary,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('recordings that no line plays', () => library.clear(new Date(Date.now() - clearedAfterMs)));
  }

  async list(): Promise<PromptLibraryView> {
    const [scripts, gaps, times] = await Promise.all([
      scriptsPrompts(this.database),
      this.database.query<Named & { times: number }>(readGaps),
      this.database.query<Named & { changedAt: Date }>(readTimes),
    ]);
    return { prompts: this.present(scripts, { gaps, times }) };
  }

  async keep(actor: Actor, asked: Named, content: AsyncIterable<Uint8Array>): Promise<PromptView> {
    const prompt = named(asked);
    const wav = telephoned(await wholeOf(content));
    const stored = await this.storage.storeBytes(wav, limitBytes);
    await this.database.transaction(async (tx) => {
      const { name, locale } = prompt;
      await tx.query(keepPrompt, [name, locale, stored.sha256, stored.bytes, telephoneMs(stored.bytes), stored.key]);
      await tx.query('delete from prompt_gap where name = $1 and locale = $2', [name, locale]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'prompt.recorded',
        subject: name,
        details: { locale, sha256: stored.sha256 },
      });
    });
    await this.library.refresh();
    return this.one(prompt);
  }

  async remove(actor: Actor, asked: Named): Promise<void> {
    const { name, locale } = named(asked);
    await this.database.transaction(async (tx) => {
      const [gone] = await tx.query('delete from prompt where name = $1 and locale = $2 returning name', [
        name,
        locale,
      ]);
      if (!gone) {
        throw notFound('This recording');
      }
      await recordAct(tx, { actorId: actor.id, action: 'prompt.deleted', subject: name, details: { locale } });
    });
    await this.library.refresh();
  }

  /** Everything that can be played, under its name. */
  async archive(): Promise<Buffer> {
    const all = [...this.library.all()].map(([key, { path }]) => ({ name: key.slice(key.indexOf(' ') + 1), path }));
    const files = await Promise.all(all.map(async ({ name, path }) => ({ name, content: await readFile(path) })));
    return writeTar(
      files.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      new Date(),
    );
  }

  private async one(prompt: Named): Promise<PromptView> {
    const { prompts } = await this.list();
    const found = prompts.find(({ name, locale }) => name === prompt.name && locale === prompt.locale);
    if (!found) {
      throw notFound('This recording');
    }
    return found;
  }

  private present(
    scripts: ScriptsPrompts[],
    known: { gaps: (Named & { times: number })[]; times: (Named & { changedAt: Date })[] },
  ): PromptView[] {
    const wanted = new Map(known.gaps.map((gap) => [promptKey(gap.name, gap.locale), gap.times]));
    const changed = new Map(known.times.map((row) => [promptKey(row.name, row.locale), row.changedAt]));
    const there = this.library.all();
    const listed = listPrompts(scripts, [...there.keys(), ...wanted.keys()]);
    return listed.map((prompt) => {
      const key = promptKey(prompt.name, prompt.locale);
      const found = there.get(key);
      return {
        ...prompt,
        state: found?.source ?? 'missing',
        wanted: wanted.get(key) ?? null,
        ms: found?.ms ?? null,
        changedAt: changed.get(key)?.toISOString() ?? null,
        url: found ? this.library.pathOf(prompt.name, prompt.locale) : null,
      };
    });
  }
}

/** A recording whose name says its language is of that language, whatever is asked for. */
function named({ name, locale }: Named): Named {
  if (!isPromptName(name)) {
    throw invalid('name', 'This is no name of a recording. Write it like prompts/menu.fa.wav.');
  }
  if (promptLocale(name, locale) !== locale) {
    throw invalid('locale', 'The name of this recording says that it is in the other language.');
  }
  return { name, locale };
}

/** What is too long is read to its end all the same, and kept nowhere: who is cut off while they send never sees the answer. */
async function wholeOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes <= limitBytes) {
      chunks.push(chunk);
    }
  }
  if (bytes > limitBytes) {
    throw new ApiError(413, 'file_too_large', 'This recording is longer than anybody would listen to: 12 MB at most.');
  }
  return Buffer.concat(chunks);
}

function telephoned(bytes: Buffer): Buffer {
  try {
    return toTelephoneWav(bytes);
  } catch (error) {
    throw error instanceof BadWav ? refusal(error.problem) : error;
  }
}

function refusal(problem: WavProblem): ApiError {
  switch (problem) {
    case 'mp3':
      return invalid(
        'body',
        'This is an MP3. Open it on the page of recordings, which converts it, or save it as WAV.',
      );
    case 'not_wav':
      return invalid('body', 'This is no WAV file. Recordings for the phone are WAV with PCM samples.');
    case 'not_pcm':
      return invalid('body', 'This WAV file is compressed. Save it with PCM samples of 8, 16, 24 or 32 bits.');
    case 'rate':
      return invalid('body', 'Recordings have from 8 to 48 kHz.');
    case 'channels':
      return invalid('body', 'Recordings are mono or stereo.');
    case 'empty':
      return invalid('body', 'Nothing is to be heard in this file.');
    case 'cut_off':
      return invalid('body', 'This WAV file is broken off.');
  }
}
