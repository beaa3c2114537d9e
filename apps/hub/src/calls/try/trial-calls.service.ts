import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { normalisePhone, type CallContent, type LineReply } from '#channels';
import { HubConfig } from '#config';
import type { TrialCallView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { presentCall } from '../../desk/call.presenter.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { CallLines, type Line } from '../lines/call-lines.service.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { linePrompts, persianPrompts } from '../prompts/prompt-needs.js';
import type { BeginTrialDto, TrialHappeningDto } from './trial-calls.dto.js';
import { readTrialHappening } from './trial-happening.js';
import { trialCallId, trialOf } from './trial-line.js';
import { presentStep } from './trial-steps.js';

interface CallRow {
  conversation_id: string;
  call: CallContent | null;
}

const callOnTimeline = `
select p.conversation_id, m.content -> 'call' as call
from phone_call p left join message m on m.conversation_id = p.conversation_id and m.seq = p.seq
where p.channel_id = $1 and p.call_id = $2 and p.conversation_id is not null`;

/** Somebody with this number who is more than a trial. Parameter: the number, in E.164. */
const customerOfNumber = `
select 1 from identity i join customer k on k.id = i.customer_id
join customer g on g.id = coalesce(k.merged_into, k.id) or g.merged_into = coalesce(k.merged_into, k.id)
join conversation c on c.customer_id = g.id
where i.kind = 'phone' and i.address = $1 and i.retired_at is null and exists (
  select 1 from message m
  where m.conversation_id = c.id and m.direction = 'in' and not coalesce(m.content -> 'flags' ? 'simulated', false))
limit 1`;

/**
 * A telephone for administrators that calls a channel with no provider between. It asks the same core as every provider and decides
 * nothing; the core knows its calls by their ids and keeps agents out of those that were not meant for them.
 */
@Injectable()
export class TrialCalls {
  private readonly texts: ReadonlyMap<string, string>;

  constructor(
    private readonly lines: CallLines,
    private readonly channels: ChannelDirectory,
    private readonly prompts: PromptLibrary,
    private readonly database: Database,
    private readonly config: HubConfig,
  ) {
    this.texts = new Map([...linePrompts(), ...persianPrompts()].map(({ name, text }) => [name, text]));
  }

  /** Calls the channel with a made-up number. */
  async begin(actor: Actor, channelId: string, { from, ringsTeam }: BeginTrialDto): Promise<TrialCallView> {
    this.checkChannel(channelId);
    const phone = normalisePhone(from, this.config.defaultCountry);
    if (phone?.kind !== 'phone') {
      throw invalid('from', 'This is not a phone number.');
    }
    if ((await this.database.query(customerOfNumber, [phone.e164])).length > 0) {
      throw invalid('from', 'A customer has this number. Try it with one that nobody has.');
    }
    const line = { channelId, callId: trialCallId(ringsTeam ? 'team' : 'alone', uuid()) };
    await this.database.transaction((tx) =>
      recordAct(tx, {
        actorId: actor.id,
        action: 'channel.simulated',
        subject: channelId,
        details: { call: line.callId },
      }),
    );
    return this.show(line, await this.lines.next(line, 0, { kind: 'arrived', from: phone.e164, to: '', name: '' }));
  }

  /** Hands in what the tester did. */
  async next(channelId: string, callId: string, { turn, ...told }: TrialHappeningDto): Promise<TrialCallView> {
    this.checkChannel(channelId);
    if (trialOf(callId) === null) {
      throw notFound('This call');
    }
    const line = { channelId, callId };
    return this.show(line, await this.lines.next(line, turn, readTrialHappening(told)));
  }

  private checkChannel(id: string): void {
    const channel = this.channels.find(id);
    if (channel?.kind !== 'phone') {
      throw notFound('This channel');
    }
    if (channel.problem !== null) {
      throw conflict('unusable_settings', 'The settings of this channel cannot be used. Correct them first.');
    }
  }

  private async show(line: Line, { turn, steps }: LineReply): Promise<TrialCallView> {
    const owners = await this.ownersOf(steps.flatMap((step) => ('dial' in step ? [step.dial.to.address] : [])));
    const [row] = await this.database.query<CallRow & Record<string, unknown>>(callOnTimeline, [
      line.channelId,
      line.callId,
    ]);
    const sounds = {
      urlOf: (name: string, locale: string) => this.prompts.pathOf(name, locale),
      textOf: (name: string) => this.texts.get(name) ?? '',
      ownerOf: (address: string) => owners.get(address) ?? '',
    };
    return {
      callId: line.callId,
      turn,
      steps: steps.map((step) => presentStep(step, sounds)),
      conversation: row?.conversation_id ?? null,
      path: row?.call ? presentCall(row.call).path : [],
    };
  }

  private async ownersOf(addresses: string[]): Promise<Map<string, string>> {
    if (addresses.length === 0) {
      return new Map();
    }
    const rows = await this.database.query<{ address: string; name: string }>(
      'select phone_address as address, name from agent where phone_address = any ($1) and disabled_at is null',
      [addresses],
    );
    return new Map(rows.map(({ address, name }) => [address, name]));
  }
}
