import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readSiteToken, type SiteTokenFault, type SiteUser } from '#channels';
import { HubConfig } from '#config';
import { EventBus } from '../../events/event-bus.js';
import { peekSubject } from './site-user.js';
import { SiteVisitors } from './site-visitors.service.js';
import { VisitorTokens, type Visitor } from './visitor-tokens.service.js';
import type { WebChat } from './web-chats.service.js';

/** Who a browser is from here on. */
export interface BegunSession {
  token: string;
  visitor: string;
  /** The site's id of the user whom it vouches for; null for everybody else. */
  user: string | null;
  identity: 'none' | 'proven' | 'refused';
  /** Why the site's word was refused. */
  reason: SiteTokenFault | 'used' | null;
}

type Known = Visitor & { token: string };

/** Makes visitors, and takes sites at their word about who they are. */
@Injectable()
export class VisitorSessions {
  constructor(
    private readonly config: HubConfig,
    private readonly tokens: VisitorTokens,
    private readonly users: SiteVisitors,
    private readonly bus: EventBus,
  ) {}

  /** `identity`: the site's word; null: it says that nobody is signed in; undefined: it says nothing. */
  begin(chat: WebChat, known: Known | null, identity: string | null | undefined): Promise<BegunSession> | BegunSession {
    if (typeof identity === 'string') {
      return this.identify(chat, known, identity);
    }
    return identity === null && known?.site ? this.beginAnew(chat, known) : this.goOn(chat, known);
  }

  private async identify(chat: WebChat, known: Known | null, identity: string): Promise<BegunSession> {
    const reading = readSiteToken(identity, {
      channelId: chat.id,
      keys: chat.identityKeys ?? [],
      issuer: chat.issuer,
      now: Date.now(),
      country: this.config.defaultCountry,
    });
    if (!reading.ok) {
      return this.refuse(chat, known, { identity, reason: reading.fault });
    }
    if (reading.use && !(await this.users.useUp(chat.id, reading.use))) {
      return this.refuse(chat, known, { identity, reason: 'used' });
    }
    return this.signIn(chat, known, reading.user);
  }

  /** Another user's visitor has nothing to do with this one; a visitor whom nobody vouched for so far may be this one. */
  private async signIn(chat: WebChat, known: Known | null, user: SiteUser): Promise<BegunSession> {
    const former = known && !known.site ? known.visitorId : null;
    const visitorId = await this.users.visitorOf(chat.id, user.id, former);
    if (former === visitorId) {
      this.bus.emit('visitor.taken', { visitorId });
    }
    this.bus.emit('visitor.identified', { visitorId, former: former === visitorId ? null : former, user });
    const device = known?.device ?? visitorId;
    return this.present({ visitorId, channelId: chat.id, site: user, device }, 'proven');
  }

  /**
   * Nobody becomes anybody by a word that does not hold. Whoever has proven before that they are that very user stays it: an old page
   * may show its token once more. Everybody else who is signed in ends here, since the site says that somebody else is there.
   */
  private refuse(
    chat: WebChat,
    known: Known | null,
    { identity, reason }: { identity: string; reason: BegunSession['reason'] },
  ): BegunSession {
    const stays = known && (!known.site || known.site.id === peekSubject(identity));
    return { ...(stays ? this.goOn(chat, known) : this.beginAnew(chat, known)), identity: 'refused', reason };
  }

  /** The token of somebody signed in stays as it is: only their site makes it last longer. */
  private goOn(chat: WebChat, known: Known | null): BegunSession {
    if (!known) {
      return this.beginAnew(chat, null);
    }
    const begun = this.present(known, 'none');
    return known.site ? { ...begun, token: known.token } : begun;
  }

  /** Somebody new, at the browser of somebody who was here. */
  private beginAnew(chat: WebChat, before: Known | null): BegunSession {
    const visitorId = randomUUID();
    return this.present({ visitorId, channelId: chat.id, site: null, device: before?.device ?? visitorId }, 'none');
  }

  private present(visitor: Visitor, identity: BegunSession['identity']): BegunSession {
    const { visitorId, site } = visitor;
    return { token: this.tokens.issueAs(visitor), visitor: visitorId, user: site?.id ?? null, identity, reason: null };
  }
}
