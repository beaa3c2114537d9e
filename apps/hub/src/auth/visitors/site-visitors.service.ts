import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../../database/database.js';
import { Gathered } from '../../platform/gathered.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';

/** Parameters: channel, the site's id of the user, the visitor of this browser or null, a visitor's id for nobody yet. */
const meet: Statement = {
  name: 'site-visitor-meet',
  text: `
with met as (
  insert into site_visitor (channel_id, subject, visitor_id)
  select $1, $2, case when $3::uuid is null or exists (select 1 from site_visitor s where s.visitor_id = $3) then $4::uuid else $3 end
  where not exists (select 1 from site_visitor s where s.channel_id = $1 and s.subject = $2)
  on conflict do nothing
  returning visitor_id)
select visitor_id from met
union all
select visitor_id from site_visitor where channel_id = $1 and subject = $2`,
};

/** No row: it was used before. Parameters: channel, digest of its id, its end. */
const useUp: Statement = {
  name: 'site-token-use',
  text: 'insert into site_token_use (channel_id, digest, ends_at) values ($1, $2, $3) on conflict do nothing returning 1 as used',
};

/** Parameter: visitors. */
const takenOf: Statement = {
  name: 'site-visitors-taken',
  text: 'select visitor_id from site_visitor where visitor_id = any ($1::uuid[])',
};

const mostTries = 5;
const sweepMs = 600_000;

/** Which visitors the users of sites are. */
@Injectable()
export class SiteVisitors {
  /** After a break of the line everybody comes back in the same few seconds: one statement then asks about many. */
  private readonly asking = new Gathered((visitorIds) => this.areTaken(visitorIds));

  constructor(
    private readonly database: Database,
    jobs: Jobs,
  ) {
    jobs.define('forget-site-tokens', 'housekeeping', () => this.forgetUses());
    jobs.every('forget-site-tokens', sweepMs);
  }

  /**
   * The visitor of a site's user, the same on every device. Whoever is there for the first time stays the visitor that their browser
   * was, unless that is somebody's already.
   */
  async visitorOf(channelId: string, subject: string, former: string | null): Promise<string> {
    for (let tried = 1; tried <= mostTries; tried += 1) {
      // Where another request was just writing the same row, it is there at the next look.
      const parameters = [channelId, subject, former, randomUUID()];
      const [row] = await this.database.query<{ visitor_id: string }>(meet, parameters);
      if (row) {
        return row.visitor_id;
      }
    }
    throw new Error('A visitor could not be told apart from others.');
  }

  /** Whether the visitor is a site's user: then an anonymous token of theirs is nobody's any more. */
  isTaken(visitorId: string): Promise<boolean> {
    return this.asking.of(visitorId);
  }

  /** Whether the token with this id is shown for the first time, to whichever node. */
  async useUp(channelId: string, { id, until }: { id: string; until: Date }): Promise<boolean> {
    const digest = createHash('sha256').update(id).digest();
    return (await this.database.query(useUp, [channelId, digest, until])).length > 0;
  }

  private async areTaken(visitorIds: string[]): Promise<boolean[]> {
    const rows = await this.database.query<{ visitor_id: string }>(takenOf, [visitorIds]);
    const taken = new Set(rows.map(({ visitor_id }) => visitor_id));
    return visitorIds.map((visitorId) => taken.has(visitorId));
  }

  private async forgetUses(): Promise<void> {
    await this.database.query('delete from site_token_use where ends_at < clock_timestamp()');
  }
}
