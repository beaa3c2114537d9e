import { Injectable } from '@nestjs/common';
import { SealBroken, SecretBox, type SealedPlace } from '../../platform/secret-box.js';

/** Whom an agent is joined with once they are on the line. */
export interface Join {
  to: string;
  callerId: string;
  key: string;
}

interface SealedJoin extends Join {
  /** Milliseconds since 1970; later the address joins nobody. */
  until: number;
}

const validMs = 10 * 60_000;
const most = 10_000;

/** What the addresses carry that join an agent with a customer: unreadable to others, for a few minutes, and for one call. */
@Injectable()
export class OutgoingJoins {
  /** Which call used which wish. */
  private readonly used = new Map<string, string>();

  constructor(private readonly box: SecretBox) {}

  seal(channelId: string, join: Join): string {
    const sealed: SealedJoin = { ...join, until: Date.now() + validMs };
    return this.box.seal(JSON.stringify(sealed), placeOf(channelId)).toString('base64url');
  }

  /** Null where it is not ours, too old, or another call had it; a repeat of the same call gets it again. */
  open(channelId: string, sealed: string | undefined, callId: string): Join | null {
    const join = this.read(channelId, sealed ?? '');
    const first = join && (this.used.get(join.key) ?? callId);
    if (join === null || first !== callId || Date.now() > join.until) {
      return null;
    }
    const [oldest] = this.used.keys();
    if (this.used.size >= most && oldest !== undefined) {
      this.used.delete(oldest);
    }
    this.used.set(join.key, callId);
    return join;
  }

  private read(channelId: string, sealed: string): SealedJoin | null {
    try {
      return JSON.parse(this.box.open(Buffer.from(sealed, 'base64url'), placeOf(channelId))) as SealedJoin;
    } catch (error) {
      if (error instanceof SealBroken) {
        return null;
      }
      throw error;
    }
  }
}

function placeOf(channelId: string): SealedPlace {
  return { table: 'channel', row: channelId, column: 'outgoing call' };
}
