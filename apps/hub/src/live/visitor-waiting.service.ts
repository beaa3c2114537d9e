import { Injectable } from '@nestjs/common';
import type { VisitorStanding } from '#contract';
import { VisitorCallbacks } from './visitor-callbacks.service.js';
import { VisitorPlaces } from './visitor-places.service.js';
import type { VisitorSocket } from './visitor-sockets.service.js';
import type { StandingRow } from './visitor-standing.query.js';

/** What a visitor who waits is told in their standing: their place, and how they need not wait for it here. */
@Injectable()
export class VisitorWaiting {
  constructor(
    private readonly places: VisitorPlaces,
    private readonly callbacks: VisitorCallbacks,
  ) {}

  /** Nobody has a place to hope for while nobody is there. `canText`: there is a channel that reaches phones in writing. */
  async read(
    socket: VisitorSocket,
    row: StandingRow,
    { isOpen, canText }: { isOpen: boolean; canText: boolean },
  ): Promise<Pick<VisitorStanding, 'queue' | 'callback'>> {
    const place = await this.places.follow(socket, row);
    const queue = isOpen ? place : null;
    return { queue, callback: await this.callbacks.read(row, queue, canText) };
  }
}
