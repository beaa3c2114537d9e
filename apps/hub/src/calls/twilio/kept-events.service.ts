import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { CallDetails, InboundCall, InboundEvent } from '#channels';
import { HubConfig } from '#config';
import { Database, isAway } from '../../database/database.js';
import { Spool, SpoolFull, type Spooled } from '../../intake/spool.js';
import { InboundSpool } from '../../intake/inbound-spool.service.js';
import { unavailable } from '../../platform/errors/api-error.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import { CallLines } from '../lines/call-lines.service.js';
import { ConsentMarks, type LeftMessage } from '../recordings/consent-marks.service.js';
import { LineAnswers } from './line-answers.service.js';

const aCallerWaitsMs = 1000;
const againMs = 1000;
const limitBytes = 16 * 1024 * 1024;

/** A message whose recording waits until it can be noted that the caller agreed to it. */
interface Unnoted extends Spooled {
  left: LeftMessage;
}

/** Keeps the events of calls, in the database or on disk. */
@Injectable()
export class KeptEvents implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(KeptEvents.name);
  private unnoted: Spool | null = null;
  private rounds: Rounds | null = null;
  private noting: Promise<void> | null = null;

  constructor(
    private readonly spool: InboundSpool,
    private readonly database: Database,
    private readonly consents: ConsentMarks,
    private readonly config: HubConfig,
    private readonly answers: LineAnswers,
    private readonly lines: CallLines,
  ) {}

  async onModuleInit(): Promise<void> {
    this.unnoted = await Spool.open(join(this.config.dataDir, 'left-messages'), limitBytes, ({ keptAs }) =>
      this.logger.error(`Messages of callers that cannot be read are kept as ${keptAs}. Look at the disk.`),
    );
    this.rounds = startRounds(againMs, () => void this.noteAll());
  }

  /** A database that does not answer must not hold up the end: what is not noted by then is still on disk. */
  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await soon(this.noting ?? Promise.resolve());
    await this.unnoted?.close();
  }

  /** Resolves when they are on disk; a full spool is told to the provider. */
  async keep(channel: OpenChannel, events: InboundEvent[]): Promise<void> {
    try {
      await this.spool.take(channel, events);
    } catch (error) {
      throw error instanceof SpoolFull ? unavailable('spool_full', error.message, 30) : error;
    }
  }

  /** The same while a caller listens: what takes longer goes on behind their back. */
  async keepSoon(channel: OpenChannel, events: InboundEvent[]): Promise<void> {
    const kept = this.spool
      .take(channel, events)
      .catch((error: unknown) => this.logger.error(`an event of a call could not be kept: ${String(error)}`));
    await soon(kept);
  }

  /**
   * A message that was left without Peyk. That the caller was told of its recording is noted before the recording is known: without, it
   * would be refused, and deleted where it lies. So while nothing can be noted, only that a message was left is told, and its recording
   * waits on disk until it can be.
   */
  async keepMessage(channel: OpenChannel, events: InboundEvent[], left: LeftMessage): Promise<void> {
    const record: Unnoted = { channel: { id: channel.id, kind: channel.kind }, events: events.map(toldLater), left };
    await this.unnoted
      ?.append(record)
      .catch((error: unknown) => this.logger.error(`a message of a caller could not be kept: ${String(error)}`));
    await soon(this.noteAll());
    if (this.unnoted?.isEmpty === false) {
      await this.keepSoon(channel, events.map(withoutRecording));
    }
  }

  /** Tells of the messages that wait, oldest first. Never rejects. */
  noteAll(): Promise<void> {
    return (this.noting ??= this.replay().finally(() => (this.noting = null)));
  }

  private async replay(): Promise<void> {
    if (this.unnoted?.isEmpty !== false) {
      return;
    }
    try {
      await this.unnoted.replay(async (run) => {
        for (const record of run) {
          await this.tell(record as Unnoted);
        }
      });
    } catch (error) {
      this.logger.debug(`messages of callers wait: ${String(error)}`);
    }
  }

  /** One that can never be taken, of a channel that is gone, must not hold up the others. */
  private async tell({ channel, events, left }: Unnoted): Promise<void> {
    try {
      await this.consents.messageLeft(this.database, left);
      await this.spool.take(channel, events);
      await this.tellLine(left, events);
    } catch (error) {
      if (isAway(error) || error instanceof SpoolFull) {
        throw error;
      }
      this.logger.error(`a message of a caller on channel ${channel.id} was dropped: ${String(error)}`);
    }
  }

  /**
   * A message is work once its line is over and says so itself. The line may have been met by half when the database went away, so it is
   * met again, which is nothing new to one that was.
   */
  private async tellLine({ channelId, callId, from, to }: LeftMessage, events: InboundEvent[]): Promise<void> {
    const line = { channelId, callId };
    await this.answers.met(line);
    await this.lines.next(line, 0, { kind: 'arrived', from, to, name: '' });
    await this.lines.next(line, 0, { kind: 'hung_up' });
    for (const { id, url, seconds } of events.flatMap(recordingsOf)) {
      await this.lines.next(line, 0, { kind: 'recorded', reference: url, id, seconds: seconds ?? 0 });
    }
  }
}

function recordingsOf(event: InboundEvent): NonNullable<CallDetails['recordings']> {
  return event.type === 'call' ? (event.details?.recordings ?? []) : [];
}

/**
 * The first ring of a call that nobody could be asked about until its caller was let go: over, so that it is somebody's work. Kept as one
 * that rings it would wait for a line that never asks again.
 */
export function unmet(event: InboundEvent): InboundEvent {
  const externalId = `${event.externalId ?? ''}:unmet`;
  return event.type === 'call' ? { ...event, externalId, state: 'ended', endedAt: event.startedAt } : event;
}

function withoutRecording(event: InboundEvent): InboundEvent {
  if (event.type !== 'call') {
    return event;
  }
  const { recordings: _recordings, ...details } = event.details ?? {};
  return { ...event, recordingUrl: null, details } satisfies InboundCall;
}

/** What was told in part is known by its id: the whole has another. */
function toldLater(event: InboundEvent): InboundEvent {
  return { ...event, externalId: `${event.externalId ?? ''}:later` };
}

async function soon<Value>(work: Promise<Value>): Promise<Value | null> {
  const timer = new AbortController();
  const late = sleep(aCallerWaitsMs, null, { signal: timer.signal }).catch(() => null);
  const value = await Promise.race([work, late]);
  timer.abort();
  return value;
}
