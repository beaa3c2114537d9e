import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import type { VisitorFormCall } from '#contract';
import { notFound } from '../platform/errors/api-error.js';
import { GivenConsents } from './given-consents.service.js';
import { fieldsOf, readAway, readBefore, type FilledForm } from './visitor-form.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { VisitorSpeech, type SaidPlace } from './visitor-speech.service.js';
import { VisitorWays } from './visitor-ways.service.js';

/** Takes the forms that visitors fill in. */
@Injectable()
export class VisitorForms {
  constructor(
    private readonly config: HubConfig,
    private readonly sockets: VisitorSockets,
    private readonly speech: VisitorSpeech,
    private readonly ways: VisitorWays,
    private readonly consents: GivenConsents,
  ) {}

  /** Stores the form as a message, and how they want to be answered from now on. */
  async take(socket: VisitorSocket, call: VisitorFormCall): Promise<SaidPlace & { link: string | null }> {
    const filled = this.read(socket, call);
    const place = await this.speech.takeForm(socket, { id: call.id, body: filled.text, page: call.page, ...filled });
    const known = await this.sockets.know(socket);
    if (!known) {
      throw notFound('This chat');
    }
    await this.keepConsent(socket, call);
    const link = filled.wish && (await this.ways.choose(known, socket.data.seat.visitorId, filled.wish));
    return { ...place, link };
  }

  /** What they agreed to stands in the form's message too; that may be redacted, and this says which words they saw. */
  private async keepConsent(socket: VisitorSocket, call: VisitorFormCall): Promise<void> {
    const { seat } = socket.data;
    const { before } = this.sockets.chatOf(socket).inside;
    const asked = call.kind === 'before' ? fieldsOf(before, call.locale) : null;
    const words = asked?.find(({ name }) => name === 'consent')?.label ?? '';
    if (words !== '') {
      await this.consents.keep({ channelId: seat.channelId, visitorId: seat.visitorId, words });
    }
  }

  private read(socket: VisitorSocket, call: VisitorFormCall): FilledForm {
    const { before } = this.sockets.chatOf(socket).inside;
    const country = this.config.defaultCountry;
    return call.kind === 'before' ? readBefore(before, call, country) : readAway(call, this.ways.list(), country);
  }
}
