import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  ChannelError,
  normaliseEmail,
  normalisePhone,
  type ChannelAccount,
  type EmailSettings,
  type IdentityKind,
  type MessagesSettings,
  type OutboundMessage,
} from '#channels';
import type { ChannelCheckStep, ChannelCheckView, ChannelTestView } from '#contract';
import { HubConfig } from '#config';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';

/** Tries out channels for the administrator who sets them up. Nothing of it goes on a timeline. */
@Injectable()
export class ChannelCheck {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly database: Database,
  ) {}

  /** Works on a channel that is switched off too: one checks before switching on. */
  async check(id: string): Promise<ChannelCheckView> {
    const channel = this.getUsable(id);
    const steps: ChannelCheckStep[] = [];
    await channel.adapter.check?.(channel.account, (step) => void steps.push(step));
    if (steps.length === 0) {
      // Not all accounts of a kind have something that can be tried.
      steps.push(...passiveSteps(channel));
    }
    return { ok: steps.every(({ state }) => state === 'ok'), steps };
  }

  async sendTest(actor: Actor, id: string, to: string): Promise<ChannelTestView> {
    const { adapter, account, kind } = this.getUsable(id);
    const [reached] = adapter.capabilities.reaches;
    if (!adapter.send || !reached) {
      throw conflict('cannot_send', 'This channel only receives.');
    }
    const message = testMessage(
      reached,
      addressOf(reached, kind === 'messages' ? inNamespace(account, to) : to, this.config.defaultCountry),
      kind === 'email' ? (account.settings as EmailSettings) : null,
    );
    const told = await send(() => adapter.send?.(message, account));
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'channel.tried', subject: id, details: { code: told.code } }),
    );
    return told;
  }

  private getUsable(id: string): OpenChannel {
    const channel = this.channels.find(id);
    if (!channel) {
      throw notFound('This channel');
    }
    if (channel.problem !== null) {
      throw conflict('unusable_settings', 'The settings of this channel cannot be used. Correct them first.');
    }
    return channel;
  }
}

async function send(work: () => Promise<unknown> | undefined): Promise<ChannelTestView> {
  try {
    await work();
    return { ok: true, code: 'ok', text: 'The provider took the message.' };
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    return { ok: false, code: error.code, text: error.message };
  }
}

/**
 * What can be said of a kind that only listens. Whoever got this far has settings that passed their schema, and secrets that this hub can
 * open; a provider that calls needs an address to call.
 */
function passiveSteps({ account }: OpenChannel): ChannelCheckStep[] {
  const settings = {
    step: 'settings.read',
    state: 'ok' as const,
    code: 'ok',
    text: 'The settings can be used.',
    ms: 0,
  };
  if ((account.settings as { driver?: string }).driver !== 'twilio') {
    return [settings];
  }
  const isKnown = account.publicUrl !== null;
  const address = {
    step: 'address.public',
    state: isKnown ? ('ok' as const) : ('failed' as const),
    code: isKnown ? 'ok' : 'no_public_address',
    text: isKnown
      ? `The provider reaches this hub at ${account.publicUrl}.`
      : 'The provider cannot reach this hub: set PUBLIC_URL to its address.',
    ms: 0,
  };
  return [settings, address];
}

/** People of an own channel are named within its space; whoever tries it out knows the program's id of them. */
function inNamespace({ id, settings }: ChannelAccount, to: string): string {
  const prefix = `${(settings as MessagesSettings).namespace ?? id}:`;
  return to.startsWith(prefix) ? to : prefix + to.trim();
}

function addressOf(kind: IdentityKind, written: string, country: string | null): string {
  const address =
    kind === 'email' ? normaliseEmail(written) : kind === 'phone' ? numberOf(written, country) : written.trim();
  if (!address) {
    throw invalid('to', 'This is not an address of this channel.');
  }
  return address;
}

function numberOf(written: string, country: string | null): string | null {
  const phone = normalisePhone(written, country);
  return phone?.kind === 'phone' ? phone.e164 : null;
}

function testMessage(kind: IdentityKind, address: string, mailbox: EmailSettings | null): OutboundMessage {
  const id = uuid();
  return {
    id,
    to: { kind, address },
    toName: '',
    text: 'This is a test message of Peyk. It works.\n\nاین پیام آزمایشی پیک است. ارسال کار می‌کند.',
    attachments: [],
    mail: mailbox && {
      messageId: `<${id}@${mailbox.address.split('@').at(-1) ?? 'localhost'}>`,
      inReplyTo: null,
      references: [],
      subject: 'Peyk: test · آزمایش',
      cc: [],
      threadToken: null,
    },
    replyTo: null,
  };
}
