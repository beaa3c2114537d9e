import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { heldConversations } from '../../privacy/retention/retention.query.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';

/** Coaching is for the day: longer than this nobody needs it, and it is about people. Of acts the audit knows longer. */
const keptDays = 90;

const old = (column: string): string => `${column} < clock_timestamp() - interval '${String(keptDays)} days'`;

const tooOld: [table: string, column: string][] = [
  ['whisper', 'at'],
  ['raised_hand', 'lowered_at'],
  ['steering_watch', 'ended_at'],
];

/** Lets go of what is old, unless a person is under a legal hold. */
@Injectable()
export class SteeringAge {
  constructor(database: Database, housekeeping: Housekeeping) {
    housekeeping.add('steering', async () => {
      for (const [table, column] of tooOld) {
        await database.query(
          `with standing as (${heldConversations})
           delete from ${table} where id in (
             select r.id from ${table} r, standing where r.${old(column)} and r.conversation_id <> all (standing.held) limit 50000)`,
        );
      }
    });
  }
}
