import { Injectable } from '@nestjs/common';
import { readMessageId, readThreadToken, signMessageId, signThreadToken, type OwnMail } from '#channels';
import { SecretKeys } from '../platform/secret-keys.js';

const purpose = 'thread-token';

/** Signs and checks what lets a mail continue its thread: the token of the reply address, and our Message-IDs. Both outlive a rotation of the key. */
@Injectable()
export class ThreadTokens {
  constructor(private readonly keys: SecretKeys) {}

  /** What this installation calls itself in the heads of its automatic mails. It says nothing about the key. */
  get instance(): string {
    return this.keys.derive('instance-id').toString('hex').slice(0, 16);
  }

  tokenFor(threadId: string): string {
    return signThreadToken(threadId, this.keys.derive(purpose));
  }

  /** The thread a token proves, or null for one that is not ours. */
  threadOf(token: string): string | null {
    return this.first((key) => readThreadToken(token, key));
  }

  messageIdFor(mail: OwnMail, domain: string): string {
    return signMessageId(mail, domain, this.keys.derive(purpose));
  }

  /** The mail of ours that a Message-ID names, or null. It proves the id only: a sender who quotes it must be of its thread besides. */
  mailOf(mailId: string): OwnMail | null {
    return this.first((key) => readMessageId(mailId, key));
  }

  private first<T>(read: (key: Buffer) => T | null): T | null {
    const found = this.keys.deriveAll(purpose).map(read);
    return found.find((one) => one !== null) ?? null;
  }
}
