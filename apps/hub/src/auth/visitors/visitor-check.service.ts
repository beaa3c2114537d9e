import { Injectable } from '@nestjs/common';
import { SiteVisitors } from './site-visitors.service.js';
import { VisitorTokens, type Visitor } from './visitor-tokens.service.js';

/** Whose token somebody shows. */
@Injectable()
export class VisitorCheck {
  constructor(
    private readonly tokens: VisitorTokens,
    private readonly users: SiteVisitors,
  ) {}

  /**
   * Null for a token that is not ours, of another channel or too old; and for an anonymous one of a visitor who has signed in since:
   * a copy of it in some other tab or browser opens nothing of theirs.
   */
  async read(token: string, channelId: string): Promise<Visitor | null> {
    const visitor = this.tokens.read(token, channelId);
    return visitor && visitor.site === null && (await this.users.isTaken(visitor.visitorId)) ? null : visitor;
  }
}
