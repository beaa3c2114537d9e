import { Injectable } from '@nestjs/common';
import { addressesBut, emailAddresses, findBodyToken, type EmailSettings, type InboundMessage } from '#channels';
import { ThreadTokens } from '../delivery/thread-tokens.service.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import type { Arrival } from './plan-acceptance.js';

/** What a mail says of its thread by marks of ours, before anything stored is asked. */
@Injectable()
export class ThreadFinder {
  constructor(
    private readonly tokens: ThreadTokens,
    private readonly channels: ChannelDirectory,
  ) {}

  /** The thread that the address it was sent to proves. */
  provenBy({ mail }: InboundMessage): string | null {
    return mail?.threadToken ? this.tokens.threadOf(mail.threadToken) : null;
  }

  /** The thread that it names without proof, and who else is in it. */
  placeOf({ mail, from, text }: InboundMessage): Pick<Arrival, 'namedThreadId' | 'companions'> {
    if (mail === null) {
      return {};
    }
    const ids = [mail.inReplyTo, ...mail.references.toReversed()].flatMap((id) => id ?? []);
    const named = ids.map((id) => this.tokens.mailOf(id)?.threadId).find((id) => id !== undefined);
    const mark = findBodyToken(text);
    return {
      namedThreadId: named ?? (mark === null ? null : this.tokens.threadOf(mark)),
      companions: addressesBut([...mail.to, ...mail.cc], from.address, this.ownAddresses()),
    };
  }

  private ownAddresses(): string[] {
    return this.channels
      .all()
      .filter(({ kind, problem }) => kind === 'email' && problem === null)
      .flatMap(({ account }) => emailAddresses(account.settings as EmailSettings));
  }
}
