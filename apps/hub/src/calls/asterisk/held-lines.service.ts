import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import type { Line } from '../lines/call-lines.service.js';

/** A line of this node's, as its session sees it. */
export interface HeldLine {
  /** Whether it was asked to come at once; asking forgets it. */
  wasNudged(): boolean;
  leave(): void;
}

/** The callers of exchanges who are on the line with this node. */
@Injectable()
export class HeldLines {
  private readonly lines = new Map<string, { isNudged: boolean }>();

  constructor(bus: EventBus) {
    bus.on('line.nudge', (line) => this.nudge(line));
  }

  get size(): number {
    return this.lines.size;
  }

  has(line: Line): boolean {
    return this.lines.has(keyOf(line));
  }

  hold(line: Line): HeldLine {
    const state = { isNudged: false };
    this.lines.set(keyOf(line), state);
    return {
      wasNudged: () => {
        const was = state.isNudged;
        state.isNudged = false;
        return was;
      },
      leave: () => void this.lines.delete(keyOf(line)),
    };
  }

  private nudge(line: Line): void {
    const held = this.lines.get(keyOf(line));
    if (held) {
      held.isNudged = true;
    }
  }
}

function keyOf({ channelId, callId }: Line): string {
  return `${channelId} ${callId}`;
}
