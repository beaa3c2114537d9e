import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { PushView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { forbidden, invalid, notFound } from '../../platform/errors/api-error.js';
import { PushDoor } from './push-door.js';
import type { PushDto } from './push.dto.js';

/** More browsers than anybody works in; the oldest beyond them go. */
const mostOfAnAgent = 10;

/**
 * Who signs in to a browser later takes it over; what was still to be told to the one before goes. Only that browser knows its secret: an address
 * alone, which a log or a proxy may show, takes nobody's browser away.
 */
const leaveOthers = 'delete from push_subscription where endpoint = $1 and agent_id <> $2 and auth = $3';

const signUp = `
with late as (
  delete from push_subscription where agent_id = $2 and endpoint <> $4 and id in (
    select id from push_subscription where agent_id = $2 and endpoint <> $4 order by id desc offset ${String(mostOfAnAgent - 1)}))
insert into push_subscription as s (id, agent_id, session_id, endpoint, p256dh, auth, with_text)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (endpoint) do update set
  session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth, with_text = excluded.with_text
  where s.agent_id = excluded.agent_id
returning id`;

/** The browsers that may be woken for an agent. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly database: Database,
    private readonly door: PushDoor,
  ) {}

  async keep(actor: Actor, { endpoint, keys, withText }: PushDto): Promise<PushView> {
    if (actor.sessionId === null) {
      throw forbidden('Only a browser that is signed in can be woken.');
    }
    if (!this.door.admits(endpoint)) {
      throw invalid('endpoint', 'This push service is not one that Peyk may reach; see PUSH_HOSTS.', 'push_host');
    }
    await this.database.query(leaveOthers, [endpoint, actor.id, keys.auth]);
    const [row] = await this.database.query<{ id: string }>(signUp, [
      uuid(),
      actor.id,
      actor.sessionId,
      endpoint,
      keys.p256dh,
      keys.auth,
      withText,
    ]);
    if (!row) {
      throw notFound('This browser');
    }
    return { id: row.id };
  }

  async drop(actor: Actor, id: string): Promise<void> {
    await this.database.query('delete from push_subscription where id = $1 and agent_id = $2', [id, actor.id]);
  }
}
