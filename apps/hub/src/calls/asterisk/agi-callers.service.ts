import { Injectable } from '@nestjs/common';
import { AgiLine, type AgiArrival, type AsteriskSettings } from '#channels';
import { InboundSpool } from '../../intake/inbound-spool.service.js';
import { Log } from '../../platform/operations/log.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import { LineAnswers } from '../twilio/line-answers.service.js';
import { LineNotices } from '../twilio/line-notices.service.js';
import { AgiCall } from './agi-call.js';
import { AgiSounds } from './agi-sounds.service.js';
import { HeldLines, type HeldLine } from './held-lines.service.js';

/** Serves callers whose exchange has proven which channel they are for. */
@Injectable()
export class AgiCallers {
  constructor(
    private readonly answers: LineAnswers,
    private readonly notices: LineNotices,
    private readonly spool: InboundSpool,
    private readonly sounds: AgiSounds,
    private readonly held: HeldLines,
    private readonly log: Log,
  ) {}

  /** Resolves when the caller has left, and that is told or waits for the database. */
  async serve(channel: OpenChannel, { connection, environment }: AgiArrival): Promise<void> {
    const settings = channel.account.settings as AsteriskSettings;
    let place: HeldLine | null = null;
    const line = new AgiLine(connection, {
      settings,
      sound: (name, locale) => this.sounds.soundOf(name, locale, settings),
      wasNudged: () => place?.wasNudged() ?? false,
      onShortfall: (what, detail) =>
        this.log.warn('An exchange could not play a step as it was meant.', { channelId: channel.id, what, detail }),
    });
    const call = new AgiCall(channel.id, connection, line, {
      settings,
      ask: (at, turn, happening) => this.answers.ask(at, turn, happening),
      tellEnd: (at, turn) => this.notices.tell({ line: at, turn, happening: { kind: 'hung_up' } }),
      keep: (event) => this.spool.take(channel, [event]),
      onBegun: (at) => (place = this.held.hold(at)),
      now: () => new Date(),
    });
    try {
      await call.run(environment);
    } finally {
      (place as HeldLine | null)?.leave();
    }
  }

  /** An agent has just picked up: the caller's own session only hears of it when the talk is over. */
  async hearAnswer({ id, account }: OpenChannel, { connection }: AgiArrival): Promise<void> {
    const line = new AgiLine(connection, {
      settings: account.settings as AsteriskSettings,
      sound: () => null,
      wasNudged: () => false,
      onShortfall: () => undefined,
    });
    const [callId, leg] = [await line.variable('PEYK_CALL'), await line.variable('PEYK_LEG')];
    // The agent hears nobody until this is over.
    connection.close();
    if (callId !== null && leg !== null) {
      const happening = { kind: 'dialled', leg, result: 'answered', seconds: null } as const;
      await this.notices.tell({ line: { channelId: id, callId }, turn: 0, happening });
    }
  }
}
