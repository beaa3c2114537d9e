import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Log } from '../platform/operations/log.js';
import type { HubEventName, HubEvents } from './hub-events.js';

/** The part of a transaction that the bus needs: `callback` runs once, after the commit, never after a rollback. */
export interface Committing {
  afterCommit(callback: () => void): void;
}

type Listener<Name extends HubEventName> = (payload: HubEvents[Name]) => void | Promise<void>;

/** How long a listener may keep the process from doing anything else before the log says so. */
const slowMs = 100;

/**
 * Tells the other rooms of this process what happened, after it is committed.
 *
 * What a listener does is nobody's failure but its own: it is logged and never reaches the teller, whose work is already
 * stored. Nothing here is durable; whatever must not be missed is read from event_log.
 */
@Injectable()
export class EventBus {
  private readonly listeners = new Map<HubEventName, Listener<HubEventName>[]>();

  constructor(private readonly log: Log) {}

  on<Name extends HubEventName>(name: Name, listener: Listener<Name>): void {
    const known = this.listeners.get(name) ?? [];
    this.listeners.set(name, [...known, listener as Listener<HubEventName>]);
  }

  emitAfterCommit<Name extends HubEventName>(tx: Committing, name: Name, payload: HubEvents[Name]): void {
    tx.afterCommit(() => this.emit(name, payload));
  }

  /** For what is true already. Listeners start in the order they were added; asynchronous ones are not waited for. */
  emit<Name extends HubEventName>(name: Name, payload: HubEvents[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) {
      this.call(name, () => listener(payload));
    }
  }

  private call(name: HubEventName, listener: () => void | Promise<void>): void {
    const startedAt = performance.now();
    const failed = (error: unknown): void => this.log.error('A listener failed.', error, { event: name });
    try {
      Promise.resolve(listener()).catch(failed);
    } catch (error) {
      failed(error);
    }
    const blockedMs = Math.round(performance.now() - startedAt);
    if (blockedMs > slowMs) {
      this.log.warn('A listener blocked the process.', { event: name, blockedMs });
    }
  }
}
