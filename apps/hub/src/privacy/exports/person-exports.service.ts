import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { PersonExportView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import type { ServedFile } from '../../desk/attachments/serve-file.js';
import { CustomerReader } from '../../desk/customers/customer-reader.service.js';
import { EventBus } from '../../events/event-bus.js';
import { notFound } from '../../platform/errors/api-error.js';
import { FileStorage } from '../../platform/storage/file-storage.js';

interface ExportRow {
  id: string;
  state: PersonExportView['state'];
  with_notes: boolean;
  bytes: string | null;
  made_by: string;
  created_at: Date;
  expires_at: Date | null;
  storage_key: string | null;
}

/** Handing a person all that is kept of them: asked for here, made by the sweeper, fetched here while it is there. */
@Injectable()
export class PersonExports {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly storage: FileStorage,
    private readonly bus: EventBus,
  ) {}

  async list(actor: Actor, customerId: string): Promise<PersonExportView[]> {
    const person = await this.reader.getReadable(actor, customerId);
    return this.listOf(person.customerId);
  }

  async listOf(customerId: string): Promise<PersonExportView[]> {
    const rows = await this.database.query<ExportRow & Record<string, unknown>>(
      'select * from person_export where customer_id = $1 order by created_at desc limit 20',
      [customerId],
    );
    return rows.map(present);
  }

  async ask(actor: Actor, customerId: string, withNotes: boolean): Promise<PersonExportView> {
    const person = await this.reader.getReadable(actor, customerId);
    const made = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<ExportRow & Record<string, unknown>>(
        'insert into person_export (id, customer_id, with_notes, made_by) values ($1, $2, $3, $4) returning *',
        [uuid(), person.customerId, withNotes, actor.id],
      );
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.export_asked',
        subject: person.customerId,
        details: { withNotes },
      });
      return row as ExportRow;
    });
    this.bus.emit('erasure.asked', {});
    return present(made);
  }

  /** Throws notFound for a file that is not there yet, or not any more. Whoever takes it away is written down. */
  async open(actor: Actor, customerId: string, id: string): Promise<ServedFile> {
    const person = await this.reader.getReadable(actor, customerId);
    const row = await this.database.transaction(async (tx) => {
      const [found] = await tx.query<ExportRow & Record<string, unknown>>(
        `select * from person_export
         where id = $1 and customer_id = $2 and storage_key is not null and expires_at > clock_timestamp()`,
        [id, person.customerId],
      );
      if (!found?.storage_key) {
        throw notFound('This file');
      }
      await recordAct(tx, { actorId: actor.id, action: 'customer.export_fetched', subject: person.customerId });
      return { key: found.storage_key, bytes: Number(found.bytes) };
    });
    return {
      name: `person-${id.slice(-6)}.zip`,
      mediaType: 'application/zip',
      bytes: row.bytes,
      content: this.storage.open(row.key),
    };
  }
}

function present(row: ExportRow): PersonExportView {
  return {
    id: row.id,
    state: row.state,
    withNotes: row.with_notes,
    bytes: row.bytes === null ? null : Number(row.bytes),
    madeBy: row.made_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
