import { Injectable } from '@nestjs/common';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { conflict, notFound, unavailable } from '../../platform/errors/api-error.js';
import { dropSubscription } from './push-due.query.js';
import { PushSender, type PushTarget } from './push-sender.service.js';
import { sayTest } from './push-words.js';

const ownBrowser = `
select s.endpoint, s.p256dh, s.auth, a.locale from push_subscription s join agent a on a.id = s.agent_id
where s.id = $1 and s.agent_id = $2`;

const ttl = 60;

/** A push that an agent asks for to see that it comes. */
@Injectable()
export class PushTries {
  constructor(
    private readonly database: Database,
    private readonly sender: PushSender,
  ) {}

  async test(actor: Actor, id: string): Promise<void> {
    const [browser] = await this.database.query<PushTarget & { locale: 'en' | 'fa' }>(ownBrowser, [id, actor.id]);
    if (!browser) {
      throw notFound('This browser');
    }
    const payload = JSON.stringify({ ...sayTest(browser.locale), tag: 'test', url: '/', locale: browser.locale });
    const { how } = await this.sender.send(browser, { payload, ttl, urgency: 'high', topic: 'test' });
    if (how === 'gone') {
      await this.database.query(dropSubscription, [id]);
      throw conflict('push_gone', 'The push service does not know this browser any more. Switch it on again.');
    }
    if (how !== 'sent') {
      throw unavailable('push_refused', 'The push service did not take it. Try again later.');
    }
  }
}
