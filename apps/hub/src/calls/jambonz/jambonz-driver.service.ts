import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  ChannelError,
  createJambonzApi,
  readJambonzLine,
  type ChannelAccount,
  type JambonzSettings,
  type JambonzVerb,
  type WebhookRequest,
} from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import { findCall } from '../lines/phone-call.query.js';
import { OutgoingJoins } from '../twilio/outgoing-joins.service.js';
import { verified } from '../twilio/verified-hook.js';
import type { WantedCall } from '../work/call-driver.js';
import { CallDrivers } from '../work/call-drivers.service.js';
import { jambonzWay } from './jambonz-lines.service.js';

type Account = ChannelAccount<JambonzSettings>;

/** What jambonz does beside answering lines: it fetches a line at once, out of a talk as well, and calls out. */
@Injectable()
export class JambonzDriver implements OnModuleInit {
  private readonly api;

  constructor(
    config: HubConfig,
    private readonly drivers: CallDrivers,
    private readonly database: Database,
    private readonly joins: OutgoingJoins,
  ) {
    this.api = createJambonzApi({ agentFor: guardAddresses(config.outboundAllow) });
  }

  onModuleInit(): void {
    this.drivers.register('jambonz', {
      tellsAnswers: false,
      nudge: (channel, callId) => this.nudge(channel, callId),
      originate: (channel, call) => this.originate(channel, call),
      transfer: (channel, { callId, turn }) => this.fetch(channel, callId, turn),
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
    const account = channel.account as Account;
    return this.api.redirect(account, callId, jambonzWay(account, 'next', { turn: String(turn), of: 'nudge' }));
  }

  private originate(channel: OpenChannel, { agent, to, callerId, key }: WantedCall): Promise<string> {
    const account = channel.account as Account;
    const from = callerId ?? account.settings.number;
    if (from === undefined || account.settings.applicationSid === undefined || account.publicUrl === null) {
      const words =
        'Calling out needs a number, an application of jambonz in the channel’s settings, and a public address.';
      throw new ChannelError('misconfigured', words, { retry: 'after-reconnect' });
    }
    const call = this.joins.seal(channel.id, { to, callerId: from, key });
    return this.api.dial(account, {
      to: agent,
      from,
      url: jambonzWay(account, 'outgoing', { call }),
      statusUrl: jambonzWay(account, 'status', { party: to }),
    });
  }

  /** The agent is on the line: calls the customer, once. */
  async join(channel: OpenChannel, request: WebhookRequest): Promise<JambonzVerb[]> {
    const account = channel.account as Account;
    const { callId, query } = await verified(channel, () => readJambonzLine(request, account, new Date()));
    const join = this.joins.open(channel.id, query['call'], callId);
    if (join === null) {
      return [{ verb: 'hangup' }];
    }
    const target = [{ type: 'phone', number: join.to }];
    return [{ verb: 'dial', target, callerId: join.callerId, timeout: 60 }, { verb: 'hangup' }];
  }
}
