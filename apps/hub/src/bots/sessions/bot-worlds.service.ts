import { Injectable } from '@nestjs/common';
import type { FoundArticle, QueueSight, Script, StepWorld } from '#bots';
import type { Transaction } from '../../database/database.js';
import { ArticleIndex } from '../../desk/articles/article-index.service.js';
import { Remembered } from '../../live/remembered.js';
import { SecretBox } from '../../platform/secret-box.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import type { SessionRow } from './bot-session.query.js';
import type { LockedTalk } from './lock-talk.js';

interface Sight {
  queues: (QueueSight & { id: string; name: string; timeZone: string | null; calendarId: string | null })[];
  calendars: { id: string; name: string; is: 'open' | 'closed' | 'holiday' }[];
}

/** What scripts ask of queues: whether they serve, who could take something at once, and how many wait. */
const queueSights = `
select q.id, q.name, q.calendar_id as "calendarId", c.tz as "timeZone",
       q.out_of_hours = 'route' or q.calendar_id is null or calendar_open(q.calendar_id, clock_timestamp()) as "isOpen",
       (select count(*)::int from queue_member m join agent a on a.id = m.agent_id
        where m.queue_id = q.id and a.status = 'online' and a.disabled_at is null and a.used_units < a.cap_units
          and exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())) as "agentsFree",
       (select count(*)::int from work_item w where w.queue_id = q.id and w.state = 'queued') as waiting
from queue q left join calendar c on c.id = q.calendar_id where q.retired_at is null`;

/** A day with an exception that has no hours is a holiday. */
const calendarSights = `
select c.id, c.name, case
  when calendar_open(c.id, clock_timestamp()) then 'open'
  when exists (select 1 from calendar_exception e where e.calendar_id = c.id and e.minutes = '{}'
               and e.day = (clock_timestamp() at time zone c.tz)::date) then 'holiday' else 'closed' end as is
from calendar c`;

const customerSight = `
select k.name, k.tier, k.locale, k.tz, k.fields,
  (select count(*)::int
   from (select g.id from customer g where coalesce(g.merged_into, g.id) = k.id offset 0) one
   cross join lateral (select c.id from conversation c where c.customer_id = one.id offset 0) part
   cross join lateral (
     select t.id from ticket t where t.conversation_id = part.id and t.state not in ('solved', 'closed') offset 0) t) as "openTickets"
from customer k where k.id = $1`;

interface CustomerSight {
  name: string;
  tier: number;
  locale: string;
  tz: string | null;
  fields: Record<string, unknown>;
  openTickets: number;
}

/** How long what is seen of queues and hours may be old, in milliseconds. */
const freshMs = 1_000;
const mostArticles = 3;

/** What a turn depends on besides its script and session, read before the turn. */
@Injectable()
export class BotWorlds {
  private sights = new Remembered<Sight>(freshMs);

  constructor(
    private readonly channels: ChannelDirectory,
    private readonly catalogue: ScriptCatalogue,
    private readonly articles: ArticleIndex,
    private readonly box: SecretBox,
  ) {}

  async read(
    tx: Transaction,
    talk: LockedTalk,
    session: Pick<SessionRow, 'id' | 'channelId' | 'pins' | 'channel'>,
    script: Script,
  ): Promise<StepWorld> {
    const sight = await this.sights.get('', () => this.look(tx));
    const [customer] = await tx.query<CustomerSight & Record<string, unknown>>(customerSight, [talk.root]);
    const scripts = await this.scriptsOf(tx, session.pins);
    const queueId = this.channels.find(session.channelId)?.queueId ?? null;
    const own = sight.queues.find(({ id }) => id === queueId);
    return {
      now: talk.now,
      zone: own?.timeZone ?? customer?.tz ?? 'UTC',
      calendars: calendarsOf(sight, own?.calendarId ?? null),
      queues: queuesOf(sight, queueId),
      customer: { ...customer },
      conversation: { channel: session.channel },
      scripts,
      articles: await this.articlesFor(tx, [script, ...Object.values(scripts)]),
      seal: this.sealOf(session.id),
    };
  }

  /** Over the connection of the turn: where turns hold all of them, one that waited for another would wait for all. */
  private async look(tx: Transaction): Promise<Sight> {
    const queues = await tx.query<Sight['queues'][number] & Record<string, unknown>>(queueSights);
    const calendars = await tx.query<Sight['calendars'][number] & Record<string, unknown>>(calendarSights);
    return { queues, calendars };
  }

  private async scriptsOf(tx: Transaction, pins: Record<string, string>): Promise<Record<string, Script>> {
    const opened = Object.entries(pins).map(async ([name, id]) => [name, await this.catalogue.open(id, tx)] as const);
    return Object.fromEntries(await Promise.all(opened));
  }

  /** The knowledge list is asked for news only where a script looks into it. */
  private async articlesFor(tx: Transaction, scripts: Script[]): Promise<StepWorld['articles']> {
    const asks = scripts.some(({ nodes }) =>
      Object.values(nodes).some((node) => node.do === 'lookup' && node.source === 'kb'),
    );
    if (!asks) {
      return () => [];
    }
    const find = await this.articles.asItIs(tx);
    return (text, locale): FoundArticle[] =>
      find({ text, locale: locale === 'fa' ? 'fa' : 'en', publicOnly: true, limit: mostArticles, strict: false });
  }

  private sealOf(sessionId: string): NonNullable<StepWorld['seal']> {
    const place = { table: 'bot_session', row: sessionId, column: 'state' };
    return {
      close: (value) => this.box.seal(value, place).toString('base64'),
      open: (sealed) => {
        try {
          return this.box.open(Buffer.from(sealed, 'base64'), place);
        } catch {
          return null;
        }
      },
    };
  }
}

/** By id and by name; `default` and the empty name are the queue of the channel. */
function queuesOf({ queues }: Sight, ownId: string | null): Record<string, QueueSight> {
  const named = queues.flatMap((queue) => [
    [queue.id, sightOf(queue)] as const,
    [queue.name, sightOf(queue)] as const,
    ...(queue.id === ownId ? [['default', sightOf(queue)] as const, ['', sightOf(queue)] as const] : []),
  ]);
  return Object.fromEntries(named);
}

function sightOf({ isOpen, agentsFree, waiting }: QueueSight): QueueSight {
  return { isOpen, agentsFree, waiting };
}

/** A queue without a calendar is always open. */
function calendarsOf({ calendars }: Sight, ownId: string | null): StepWorld['calendars'] {
  const own = calendars.find(({ id }) => id === ownId)?.is ?? 'open';
  return Object.fromEntries([
    ['default', own] as const,
    ...calendars.flatMap(({ id, name, is }) => [[id, is] as const, [name, is] as const]),
  ]);
}
