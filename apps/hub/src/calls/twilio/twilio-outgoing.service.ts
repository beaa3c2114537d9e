import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  calledName,
  ChannelError,
  createTwilioVoiceApi,
  readTwilioLine,
  twiml,
  type ChannelAccount,
  type TwilioVoiceSettings,
  type WebhookRequest,
} from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import { findCall } from '../lines/phone-call.query.js';
import type { WantedCall } from '../work/call-driver.js';
import { CallDrivers } from '../work/call-drivers.service.js';
import { OutgoingJoins } from './outgoing-joins.service.js';
import { wayOf } from './twilio-lines.service.js';
import { verified } from './verified-hook.js';

type Account = ChannelAccount<TwilioVoiceSettings>;

/** What Twilio does beside answering lines: it fetches a line at once, out of a talk as well, calls out, and pauses a recording. */
@Injectable()
export class TwilioOutgoing implements OnModuleInit {
  private readonly api;

  constructor(
    config: HubConfig,
    private readonly drivers: CallDrivers,
    private readonly database: Database,
    private readonly joins: OutgoingJoins,
  ) {
    this.api = createTwilioVoiceApi({ agentFor: guardAddresses(config.outboundAllow) });
  }

  onModuleInit(): void {
    this.drivers.register('twilio', {
      nudge: (channel, callId) => this.nudge(channel, callId),
      originate: (channel, call) => this.originate(channel, call),
      record: (channel, callId, act) => this.api.record(accountOf(channel), callId, act),
      transfer: (channel, { callId, turn }) => this.fetch(channel, callId, turn),
      forget: (channel, recordingId) => this.api.forget(accountOf(channel), recordingId),
    });
  }

  private async nudge(channel: OpenChannel, callId: string): Promise<void> {
    const call = await findCall(this.database, { channelId: channel.id, callId });
    if (call !== null && (call.phase === 'waiting' || call.phase === 'ringing')) {
      await this.fetch(channel, callId, call.turn);
    }
  }

  /** Whatever the caller hears now is cut short, a talk as well: its other leg ends, and its line asks. */
  private fetch(channel: OpenChannel, callId: string, turn: number): Promise<void> {
    const account = accountOf(channel);
    return this.api.redirect(account, callId, wayOf(account, 'voice-next', { turn: String(turn), of: 'nudge' }));
  }

  private async originate(channel: OpenChannel, { agent, to, callerId, key }: WantedCall): Promise<string> {
    const account = accountOf(channel);
    const from = callerId ?? account.settings.number;
    const called = calledName(agent, account.settings.extensionsAt ?? null);
    if (from === undefined || called === null || account.publicUrl === null) {
      const words =
        'Calling out needs a number of the channel, a public address, and an agent who can be reached from Twilio.';
      throw new ChannelError('misconfigured', words, { retry: 'after-reconnect' });
    }
    const join = this.joins.seal(channel.id, { to, callerId: from, key });
    return this.api.dial(account, {
      to: called.name === 'Client' ? `client:${called.address}` : called.address,
      from,
      url: wayOf(account, 'voice-outgoing', { call: join }),
      statusUrl: wayOf(account, 'voice-status', { direction: 'out', party: to, rung: 'agent' }),
    });
  }

  /** The agent is on the line: calls the customer, once. */
  async join(channel: OpenChannel, request: WebhookRequest): Promise<string> {
    const account = accountOf(channel);
    const { callId, query } = await verified(channel, () => readTwilioLine(request, account));
    const join = this.joins.open(channel.id, query['call'], callId);
    if (join === null) {
      return twiml([{ name: 'Hangup' }]);
    }
    const statusCallback = wayOf(account, 'voice-status', { direction: 'out', party: join.to, rung: 'customer' });
    const attributes = { statusCallback, statusCallbackEvent: 'initiated ringing answered completed' };
    const number = { name: 'Number', attributes, children: [join.to] };
    const dial = { name: 'Dial', attributes: { callerId: join.callerId, timeout: 60 }, children: [number] };
    return twiml([dial, { name: 'Hangup' }]);
  }
}

function accountOf({ account }: OpenChannel): Account {
  return account as Account;
}
