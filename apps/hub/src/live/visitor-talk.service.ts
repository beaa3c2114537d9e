import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { VisitorFormCall, VisitorStanding } from '#contract';
import { takeTurn } from '../platform/errors/take-turn.js';
import { VisitorCallbacks, type CallbackWish } from './visitor-callbacks.service.js';
import { VisitorForms } from './visitor-forms.service.js';
import { VisitorPresence } from './visitor-presence.service.js';
import { refuseUnagreed } from './visitor-form.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { VisitorSpeech, type Said, type SaidPlace } from './visitor-speech.service.js';
import { VisitorStandings } from './visitor-standing.service.js';

/** What visitors do in an open chat. Whoever does something is there, and once they wrote agents can know it. */
@Injectable()
export class VisitorTalk {
  /** All tabs of a visitor together ask far less. */
  private readonly questions = new RateLimiterMemory({ points: 240, duration: 60 });

  constructor(
    private readonly speech: VisitorSpeech,
    private readonly forms: VisitorForms,
    private readonly standings: VisitorStandings,
    private readonly presence: VisitorPresence,
    private readonly callbacks: VisitorCallbacks,
    private readonly sockets: VisitorSockets,
  ) {}

  come(socket: VisitorSocket): void {
    const { known } = socket.data.seat;
    if (known && socket.connected) {
      this.presence.arrive(socket, known.identityId);
    }
  }

  go(socket: VisitorSocket): void {
    this.presence.depart(socket);
  }

  async say(socket: VisitorSocket, said: Said): Promise<SaidPlace> {
    await this.refuseUnagreed(socket);
    const place = await this.speech.take(socket, said);
    this.come(socket);
    return place;
  }

  async fillIn(socket: VisitorSocket, form: VisitorFormCall): Promise<SaidPlace & { link: string | null }> {
    if (form.kind !== 'before') {
      await this.refuseUnagreed(socket);
    }
    const taken = await this.forms.take(socket, form);
    this.come(socket);
    return taken;
  }

  async stand(socket: VisitorSocket, locale: VisitorFormCall['locale']): Promise<VisitorStanding> {
    this.come(socket);
    await takeTurn(this.questions, socket.data.seat.visitorId);
    return this.standings.read(socket, locale);
  }

  wishCallback(socket: VisitorSocket, wish: CallbackWish): Promise<Record<string, never>> {
    return this.callbacks.wish(socket, wish);
  }

  private refuseUnagreed(socket: VisitorSocket): Promise<void> {
    return refuseUnagreed(this.sockets.chatOf(socket).inside.before, () => this.sockets.know(socket));
  }
}
