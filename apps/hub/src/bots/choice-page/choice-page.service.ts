import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Database } from '../../database/database.js';
import { Receiving } from '../../intake/receiving.service.js';
import { tooMany } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { ChoiceLinks, type LinkedChoice } from './choice-links.service.js';

/** The menu behind a link, as it stands now. */
export interface LinkedMenu {
  locale: string;
  label: string;
  /** The mail that offered it. */
  words: string;
}

/** What whoever follows a link sees. */
export type ChoiceShown =
  { is: 'choice'; menu: LinkedMenu } | { is: 'chosen'; menu: LinkedMenu } | { is: 'old' | 'unknown' | 'busy' };

interface MenuRow extends LinkedMenu {
  channelId: string;
  address: string;
  stands: boolean;
}

/** Parameters: session, turn, the choice's id on the wire. */
const menuOf = `
select s.locale, s.channel_id as "channelId", i.address, coalesce(picked.label, '') as label, m.body as words,
       s.status in ('active', 'waiting') and (s.state -> 'asked' ->> 'turn')::int = $2 as stands
from bot_session s join identity i on i.id = s.identity_id
join message m on m.conversation_id = s.conversation_id and m.seq >= s.first_seq and m.author_id = s.id and m.author = 'bot'
  and m.content -> 'choices' @> jsonb_build_array(jsonb_build_object('id', $3::text))
left join lateral (select c ->> 'label' as label from jsonb_array_elements(m.content -> 'choices') c where c ->> 'id' = $3) picked on true
where s.id = $1 order by m.seq desc limit 1`;

/** The page behind the links of a mail's menu. Looking changes nothing; its button chooses, as a message of the customer's. */
@Injectable()
export class ChoicePage {
  private readonly uses = new RateLimiterMemory({ points: 120, duration: 60 });

  constructor(
    private readonly database: Database,
    private readonly links: ChoiceLinks,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
  ) {}

  async read(ip: string, token: string): Promise<ChoiceShown> {
    const found = await this.open(ip, token);
    return 'is' in found ? found : { is: 'choice', menu: found.menu };
  }

  /** Chosen again it is the same message. */
  async choose(ip: string, token: string): Promise<ChoiceShown> {
    const found = await this.open(ip, token);
    if ('is' in found) {
      return found;
    }
    const { link, menu } = found;
    const channel = this.channels.find(menu.channelId);
    if (!channel) {
      return { is: 'old' };
    }
    await this.receiving.take(channel, [
      {
        type: 'message',
        externalId: `choice ${link.sessionId} ${link.wire}`,
        raw: Buffer.from(JSON.stringify({ choice: link.wire })),
        from: { kind: 'email', address: menu.address, trust: 'proven', name: '' },
        claims: [],
        sentAt: null,
        kind: 'keys',
        text: menu.label,
        attachments: [],
        mail: null,
        replyTo: null,
        flags: [],
        choice: { id: link.wire, of: null },
      },
    ]);
    return { is: 'chosen', menu };
  }

  private async open(ip: string, token: string): Promise<{ link: LinkedChoice; menu: MenuRow } | ChoiceShown> {
    await this.uses.consume(ip).catch((reason: unknown) => {
      throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
    });
    const link = this.links.read(token);
    const [menu] = link
      ? await this.database.query<MenuRow & Record<string, unknown>>(menuOf, [
          link.sessionId,
          link.choice.turn,
          link.wire,
        ])
      : [];
    if (!link || !menu) {
      return { is: 'unknown' };
    }
    return menu.stands ? { link, menu } : { is: 'old' };
  }
}
