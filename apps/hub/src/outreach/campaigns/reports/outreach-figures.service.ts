import { Injectable } from '@nestjs/common';
import type {
  OutreachFiguresView,
  OutreachGroupView,
  OutreachPersonState,
  OutreachPersonView,
  OutreachWhy,
  Page,
} from '#contract';
import { Database } from '../../../database/database.js';
import { invalid } from '../../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { listOf } from '../deciding/person-facts.query.js';
import type { OutreachPeopleDto } from '../settings/outreach.dto.js';
import { OutreachSettings } from '../settings/outreach-settings.service.js';
import {
  outreachGroups,
  outreachOptOuts,
  outreachPeople,
  outreachStates,
  type GroupRow,
  type StateRow,
} from './outreach-figures.query.js';

/** Counting what fifty thousand did afterwards takes a moment: while it runs, several who look again and again share it for so long. */
const freshMs = 10_000;

const beginning = { person: '00000000-0000-0000-0000-000000000000', round: 0 };
const cursor = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(\d{1,9})$/u;

type PersonRow = Omit<OutreachPersonView, 'channel' | 'sentAt' | 'dueAt'> & {
  channelId: string | null;
  sentAt: Date | null;
  dueAt: Date | null;
};

/** What became of an outreach, and of everybody in it. */
@Injectable()
export class OutreachFigures {
  private readonly groups = new Map<string, { at: number; rows: Promise<GroupRow[]> }>();

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly settings: OutreachSettings,
  ) {}

  async read(id: string): Promise<OutreachFiguresView> {
    const { purpose, state } = await this.settings.get(id);
    const states = await this.database.query<StateRow & Record<string, unknown>>(outreachStates, [id]);
    const [out] = await this.database.query<{ people: number }>(outreachOptOuts, [id, listOf(purpose)]);
    const [growing] = await this.database.query(
      'select 1 from outreach_round where outreach_id = $1 and frozen_at is null limit 1',
      [id],
    );
    const groups = await this.groupsOf(id, state === 'running');
    return {
      ...countsOf(states),
      isFrozen: growing === undefined,
      optedOut: out?.people ?? 0,
      channels: this.byChannel(states),
      told: groupOf(groups, false),
      held: groupOf(groups, true),
    };
  }

  async people(id: string, { state, why, before, limit }: OutreachPeopleDto): Promise<Page<OutreachPersonView>> {
    const { person, round } = placeOf(before);
    const rows = await this.database.query<PersonRow & Record<string, unknown>>(outreachPeople, [
      id,
      state ?? null,
      why ?? null,
      person,
      round,
      limit,
    ]);
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => this.personOf(row)),
      next: last && rows.length === limit ? `${last.personId}~${String(last.round)}` : null,
    };
  }

  private personOf({ channelId, sentAt, dueAt, ...row }: PersonRow): OutreachPersonView {
    return {
      ...row,
      channel: channelId === null ? null : this.channels.nameOf(channelId),
      sentAt: sentAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
    };
  }

  private byChannel(states: StateRow[]): OutreachFiguresView['channels'] {
    const sent = new Map<string, number>();
    for (const { channelId, state, people } of states) {
      if (channelId !== null && (state === 'sent' || state === 'unconfirmed')) {
        sent.set(channelId, (sent.get(channelId) ?? 0) + people);
      }
    }
    return [...sent].map(([id, count]) => ({ id, name: this.channels.nameOf(id)?.name ?? '', sent: count }));
  }

  private groupsOf(id: string, isRunning: boolean): Promise<GroupRow[]> {
    const known = this.groups.get(id);
    if (isRunning && known && performance.now() - known.at < freshMs) {
      return known.rows;
    }
    const rows = this.database.query<GroupRow & Record<string, unknown>>(outreachGroups, [id]);
    this.groups.set(id, { at: performance.now(), rows });
    rows.catch(() => this.groups.delete(id));
    return rows;
  }
}

function placeOf(before: string | undefined): typeof beginning {
  if (before === undefined || before === '') {
    return beginning;
  }
  const [, person, round] = cursor.exec(before) ?? [];
  if (person === undefined) {
    throw invalid('before', 'This cursor is not one of ours.');
  }
  return { person, round: Number(round) };
}

function countsOf(rows: StateRow[]): Omit<OutreachFiguresView, 'isFrozen' | 'optedOut' | 'channels' | 'told' | 'held'> {
  const sum = (of: (row: StateRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const inState = (state: OutreachPersonState) => sum((row) => (row.state === state ? row.people : 0));
  const why = new Map<string, number>();
  for (const row of rows.filter(({ state }) => state === 'skipped' || state === 'failed')) {
    why.set(row.why, (why.get(row.why) ?? 0) + row.people);
  }
  return {
    audience: sum(({ people }) => people),
    waiting: inState('waiting'),
    sending: inState('sending'),
    sent: inState('sent'),
    delivered: sum(({ delivered }) => delivered),
    unconfirmed: inState('unconfirmed'),
    failed: inState('failed'),
    skipped: inState('skipped'),
    heldOut: inState('held_out'),
    fellOver: sum(({ fellOver }) => fellOver),
    skippedWhy: [...why]
      .map(([name, people]) => ({ why: name as OutreachWhy, people }))
      .toSorted((one, other) => other.people - one.people || one.why.localeCompare(other.why)),
  };
}

function groupOf(rows: GroupRow[], held: boolean): OutreachGroupView {
  const { people, wrote, bought, spent } = rows.find((row) => row.held === held) ?? {
    people: 0,
    wrote: 0,
    bought: 0,
    spent: [],
  };
  return { people, wrote, bought, spent };
}
