import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';
import { ApiKeyService } from './keys/api-key.service.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionService } from './sessions/session.service.js';

/** What is said of a caller. A console names whose page it is: another window of its browser may have signed somebody else in since. */
export type CallerHeaders = Pick<IncomingHttpHeaders, 'authorization' | 'cookie'> & {
  'x-agent'?: string | string[] | undefined;
};

/**
 * Finds out who is calling, from the headers of a request or of a socket's handshake.
 *
 * An Authorization header is the whole claim: when its key does not hold, the cookie beside it is not looked at, because the
 * check against foreign pages lets requests with that header through.
 */
@Injectable()
export class Principals {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
    private readonly cookie: SessionCookie,
  ) {}

  async fromHeaders(headers: CallerHeaders): Promise<Actor | null> {
    if (headers.authorization !== undefined) {
      const key = /^bearer (\S+)$/i.exec(headers.authorization)?.[1];
      return key === undefined ? null : this.keys.resolve(key);
    }
    const token = this.cookie.read(headers.cookie);
    const actor = token === null ? null : await this.sessions.resolve(token);
    return actor !== null && isTheirs(headers, actor.id) ? actor : null;
  }
}

/** Whether a page is of the agent whose session came along. Whoever does not say is taken at the session's word. */
export function isTheirs({ 'x-agent': page }: CallerHeaders, agentId: string): boolean {
  return page === undefined || page === agentId;
}
