import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, isAway } from '../../database/database.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { CallLines, type Line } from './call-lines.service.js';

const everyMs = 15_000;
/** After a start, and after the database was away, lines were silent because of us. */
const quietMs = 60_000;
const most = 100;

/**
 * Lines that nobody told anything of for longer than anything on them can take. Music ends within seconds; two who talk may do so for
 * hours, and not every provider tells when a ringing phone is answered. Parameter: how many.
 */
const silentLines = `
select p.channel_id as "channelId", p.call_id as "callId" from phone_call p join channel c on c.id = p.channel_id
where p.ended_at is null and p.conversation_id is not null and p.touched_at < clock_timestamp() - interval '1 minute'
  and p.touched_at < clock_timestamp() - case
    when starts_with(p.call_id, 'try ') then interval '10 minutes'
    when p.phase = 'waiting' then interval '1 minute'
    when p.phase in ('over', 'handing') then interval '2 minutes'
    when p.phase = 'talking' or p.phase = 'ringing' and c.config ->> 'driver' = 'jambonz' then interval '6 hours'
    when p.phase = 'ringing' then interval '3 minutes' + interval '1 second' * coalesce((
      select q.accept_secs from ticket t join queue q on q.id = t.queue_id where t.id = p.ticket_id), 0)
    else interval '10 minutes' end
order by p.touched_at limit $1`;

/** No provider asks again after so long; what was said may have been the caller's own affairs. */
const forgetTurns = `delete from phone_call_turn where at < now() - interval '7 days'`;

/** A provider that dies tells of no hang-up: whoever was on such a line is taken to have left, so that nobody waits for them. */
@Injectable()
export class SilentLines implements OnModuleInit, OnModuleDestroy {
  private rounds: Rounds | null = null;
  private quietUntil = performance.now() + quietMs;

  constructor(
    private readonly database: Database,
    private readonly lines: CallLines,
    private readonly channels: ChannelDirectory,
    private readonly log: Log,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('what lines were told', () => database.query(forgetTurns));
  }

  onModuleInit(): void {
    this.rounds = startRounds(
      everyMs,
      () => (this.channels.hasPhone && performance.now() >= this.quietUntil ? this.look() : undefined),
      'silent-lines',
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  /** Ends those that are silent for too long. Never rejects. */
  async look(): Promise<void> {
    try {
      for (const line of await this.database.query<Line & Record<string, unknown>>(silentLines, [most])) {
        await this.end(line);
      }
    } catch (error) {
      this.quietUntil = performance.now() + (isAway(error) ? quietMs : 0);
      this.log[isAway(error) ? 'debug' : 'warn']('Silent lines were not ended.', { reason: String(error) });
    }
  }

  /** One that cannot be ended keeps no other from it. */
  private async end(line: Line): Promise<void> {
    try {
      await this.lines.next(line, 0, { kind: 'hung_up' });
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('A silent line waits for the next look.', { reason: String(error), call: line.callId });
    }
  }
}
