import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { SpentFiles } from '../../platform/storage/spent-files.service.js';
import type { PersonFile, PersonMessage } from './person-file.js';
import { messagesOfFile, personOfFile } from './person-file.query.js';
import { renderPersonPage } from './person-page.js';
import { mostZipBytes, zip, type ZipEntry } from './zip.js';

const pageSize = 500;
/** How long a node that makes one is left alone, and how long the file stays. */
const claimMinutes = 10;
const keptHours = 4;

interface Claimed {
  id: string;
  customer_id: string;
  with_notes: boolean;
}

interface MessageRow extends Omit<PersonMessage, 'files'> {
  id: string;
  /** Its instant to the microsecond, by which the next page goes on. */
  place: string;
  files: { name: string; key: string }[];
}

/** Makes the files of people, one after the other, and lets them go when their time is over. */
@Injectable()
export class ExportMaker {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly spent: SpentFiles,
    private readonly log: Log,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('exports whose time is over', () => this.expire());
  }

  /** @returns false when none is asked for. */
  async makeOne(): Promise<boolean> {
    const [claimed] = await this.database.query<Claimed & Record<string, unknown>>(
      `update person_export set claimed_until = clock_timestamp() + $1 * interval '1 minute'
       where id = (select id from person_export where state = 'running' and claimed_until < clock_timestamp()
                   order by created_at limit 1 for update skip locked)
       returning id, customer_id, with_notes`,
      [claimMinutes],
    );
    if (!claimed) {
      return false;
    }
    try {
      await this.make(claimed);
    } catch (error) {
      this.log.error('A file of a person could not be made.', error, { export: claimed.id });
      await this.database.query(
        `update person_export set state = 'failed', ended_at = clock_timestamp() where id = $1 and state = 'running'`,
        [claimed.id],
      );
    }
    return true;
  }

  async expire(): Promise<void> {
    await this.database.query(
      'update person_export set storage_key = null where storage_key is not null and expires_at <= clock_timestamp()',
    );
    await this.spent.remove();
  }

  private async make({ id, customer_id, with_notes }: Claimed): Promise<void> {
    const parts = await this.database.query<{ id: string }>(
      `select c.id from conversation c join customer k on k.id = c.customer_id where (k.id = $1 or k.merged_into = $1) and c.erased_at is null`,
      [customer_id],
    );
    const stored = await this.storage.store(
      zip(
        this.entriesOf(
          parts.map((part) => part.id),
          with_notes,
        ),
      ),
      mostZipBytes,
    );
    const kept = await this.database.query(
      `update person_export
       set state = 'done', storage_key = $2, bytes = $3, ended_at = clock_timestamp(), expires_at = clock_timestamp() + $4 * interval '1 hour'
       where id = $1 and state = 'running' returning id`,
      [id, stored.key, stored.bytes, keptHours],
    );
    if (kept.length === 0) {
      // Its person was erased meanwhile.
      await this.storage.remove(stored.key);
    }
  }

  private async *entriesOf(conversations: string[], withNotes: boolean): AsyncGenerator<ZipEntry> {
    const [row] = await this.database.query<{ person: Omit<PersonFile, 'madeAt' | 'messages'> }>(personOfFile, [
      conversations,
    ]);
    if (!row) {
      return;
    }
    const messages: PersonMessage[] = [];
    const files: { name: string; key: string }[] = [];
    for await (const { files: mine, ...message } of this.messagesOf(conversations, withNotes)) {
      const named = mine.map(({ name, key }, index) => ({
        key,
        name: `files/${String(files.length + index + 1)}-${fileName(name)}`,
      }));
      files.push(...named);
      messages.push({ ...message, files: named.map(({ name }) => name) });
    }
    const file: PersonFile = { madeAt: new Date().toISOString(), ...row.person, messages };
    yield { name: 'person.json', content: chunk(JSON.stringify(file, null, 2)) };
    yield { name: 'person.en.html', content: chunk(renderPersonPage(file, 'en')) };
    yield { name: 'person.fa.html', content: chunk(renderPersonPage(file, 'fa')) };
    for (const { name, key } of files) {
      yield { name, content: this.storage.open(key) as AsyncIterable<Uint8Array> };
    }
  }

  private async *messagesOf(
    conversations: string[],
    withNotes: boolean,
  ): AsyncGenerator<Omit<MessageRow, 'id' | 'place'>> {
    let after = ['-infinity', '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const rows = await this.database.query<MessageRow & Record<string, unknown>>(messagesOfFile, [
        conversations,
        withNotes,
        ...after,
        pageSize,
      ]);
      for (const { at, author, kind, channel, subject, body, call, files } of rows) {
        yield { at, author, kind, channel, subject, body, call, files };
      }
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) {
        return;
      }
      after = [last.place, last.id];
    }
  }
}

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** A name that stays in its folder on every system. */
function fileName(name: string): string {
  return name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').slice(-120) || 'file';
}
