import { Controller, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import type { HubRequest } from '../platform/http/exchange.js';
import { VisitorPeople } from './visitor-people.service.js';
import { VisitorRequests } from './visitor-requests.service.js';

/** What a visitor agreed to before their chat, for them to take back as easily as it was given. */
@Controller('api/chat/:channel/consent-withdrawals')
@Access('visitor')
export class VisitorConsentsController {
  constructor(
    private readonly requests: VisitorRequests,
    private readonly people: VisitorPeople,
    private readonly database: Database,
  ) {}

  /** Again changes nothing: the first time counts. */
  @Post()
  @HttpCode(204)
  async withdraw(@Param('channel', ParseUUIDPipe) channel: string, @Req() request: HubRequest): Promise<void> {
    const { visitor, chat } = await this.requests.admit(channel, request);
    const known = await this.people.find(visitor.visitorId);
    await this.database.transaction(async (tx) => {
      const gone = await tx.query<{ id: string }>(
        `update visitor_consent set withdrawn_at = clock_timestamp()
         where identity_id = $1 and channel_id = $2 and withdrawn_at is null returning id`,
        [known?.identityId ?? null, chat.id],
      );
      if (known && gone.length > 0) {
        const details = { consents: gone.map(({ id }) => id), by: 'visitor' };
        const [row] = await tx.query<{ customer: string }>(
          'select customer_id as customer from identity where id = $1',
          [known.identityId],
        );
        await recordAct(tx, {
          actorId: null,
          action: 'customer.consent_withdrawn',
          subject: row?.customer ?? known.identityId,
          details,
        });
      }
    });
  }
}
