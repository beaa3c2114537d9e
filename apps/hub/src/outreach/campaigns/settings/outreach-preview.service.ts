import { Injectable } from '@nestjs/common';
import type { OutreachPreviewRow, OutreachPreviewView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { notFound } from '../../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { SegmentMembers } from '../../segments/segment-members.service.js';
import type { OutreachRules } from '../deciding/decide-person.js';
import type { KnownPerson } from '../deciding/person-facts.query.js';
import { runningColumns, type RunningOutreach } from '../sending/outreach-rows.query.js';
import { OutreachRulesReader } from '../sending/outreach-rules.service.js';
import { OutreachSender, type PersonPlan } from '../sending/outreach-sender.service.js';
import { OutreachCopies } from './outreach-copies.service.js';
import type { TestOutreachDto } from './outreach.dto.js';

/** Members that a preview looks at, and pages of the segment that it reads for them. */
const mostLookedAt = 60;
const mostPages = 20;

/** Whether a hash keeps somebody out, as it does when the audience is frozen. Parameters: outreach, person, percent. */
const isHeldOut = 'select mod(abs(hashtextextended($1::text || $2::text, 11)), 100) < $3::int as out';

/** Shows who would get what, and sends a first copy to whoever wants to see it. */
@Injectable()
export class OutreachPreview {
  constructor(
    private readonly database: Database,
    private readonly members: SegmentMembers,
    private readonly sender: OutreachSender,
    private readonly rules: OutreachRulesReader,
    private readonly channels: ChannelDirectory,
    private readonly copies: OutreachCopies,
  ) {}

  /** Changes nothing. */
  async look(id: string): Promise<OutreachPreviewView> {
    const outreach = await this.read(id);
    const rules = await this.rules.read(this.database, outreach);
    const { ids, isCut } = await this.firstMembers(outreach.segmentId);
    const rows: OutreachPreviewRow[] = [];
    for (const personId of ids) {
      const person = await this.sender.read(this.database, outreach, personId);
      if (person) {
        rows.push(await this.rowOf(outreach, rules, person));
      }
    }
    const count = (outcome: OutreachPreviewRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    return {
      rows,
      isCut,
      counts: { send: count('send'), skip: count('skip'), wait: count('wait'), holdOut: count('hold_out') },
    };
  }

  /** Sends it to one address now, whatever the segment and the hour; who wants nothing gets nothing here either. */
  async test(actor: Actor, id: string, wish: TestOutreachDto): Promise<void> {
    await this.copies.send(actor, await this.read(id), wish);
  }

  private async read(id: string): Promise<RunningOutreach> {
    const [row] = await this.database.query<RunningOutreach & Record<string, unknown>>(
      `select ${runningColumns} from outreach o where o.id = $1`,
      [id],
    );
    if (!row) {
      throw notFound('This outreach');
    }
    return row;
  }

  private async firstMembers(segmentId: string): Promise<{ ids: string[]; isCut: boolean }> {
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < mostPages && ids.length < mostLookedAt; page++) {
      const found = await this.members.each(this.database, segmentId, after, mostLookedAt - ids.length);
      ids.push(...found.customerIds);
      after = found.next;
      if (after === null) {
        break;
      }
    }
    return { ids, isCut: after !== null };
  }

  private async rowOf(
    outreach: RunningOutreach,
    rules: OutreachRules,
    person: KnownPerson,
  ): Promise<OutreachPreviewRow> {
    const { personId, conversationId, name } = person;
    const blank = {
      personId,
      conversationId,
      name,
      why: '' as const,
      details: [],
      channel: null,
      subject: '',
      text: '',
      waitsUntil: null,
    };
    const [held] = await this.database.query<{ out: boolean }>(isHeldOut, [
      outreach.id,
      personId,
      outreach.holdOutPercent,
    ]);
    if (held?.out === true) {
      return { ...blank, outcome: 'hold_out' };
    }
    return { ...blank, ...this.told(await this.sender.plan(this.database, outreach, rules, person)) };
  }

  private told(plan: PersonPlan): Pick<OutreachPreviewRow, 'outcome'> & Partial<OutreachPreviewRow> {
    switch (plan.outcome) {
      case 'skip':
        return plan;
      case 'wait':
        return { outcome: 'wait', why: plan.why, waitsUntil: new Date(plan.until).toISOString() };
      case 'send':
        return {
          outcome: 'send',
          channel: this.channels.nameOf(plan.way.channelId),
          subject: plan.way.kind === 'email' ? plan.text.subject : '',
          text: plan.text.body,
        };
    }
  }
}
