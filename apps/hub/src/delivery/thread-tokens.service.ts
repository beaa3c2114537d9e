import { Injectable } from '@nestjs/common';
import { readThreadToken, signThreadToken } from '#channels';
import { SecretKeys } from '../platform/secret-keys.js';

const purpose = 'thread-token';

/** Signs and checks the tokens that let a mail continue its thread by the address it was sent to. */
@Injectable()
export class ThreadTokens {
  constructor(private readonly keys: SecretKeys) {}

  tokenFor(threadId: string): string {
    return signThreadToken(threadId, this.keys.derive(purpose));
  }

  /** The thread a token proves, or null for one that is not ours. Tokens outlive a rotation of the key. */
  threadOf(token: string): string | null {
    const threads = this.keys.deriveAll(purpose).map((key) => readThreadToken(token, key));
    return threads.find((thread) => thread !== null) ?? null;
  }
}
