import { Injectable } from '@nestjs/common';
import type { AgentEndpoint } from '#channels';
import type { TransferTargetsView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { readAgentPhone } from '../../settings/agents/read-agent-phone.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { lineSettingsOf } from '../lines/line-settings.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { trialOf } from '../try/trial-line.js';
import { CallDrivers } from '../work/call-drivers.service.js';
import type { TransferDto } from './transfer.dto.js';
import { readColleagues, readTransferQueues, type TransferCall } from './transfers.query.js';

type Colleague = TransferTargetsView['agents'][number];
type Queue = TransferTargetsView['queues'][number];

/** Who is to have a caller: one of the three. */
export interface TransferTarget {
  agentId: string | null;
  queueId: string | null;
  phone: AgentEndpoint | null;
}

/** Whom calls can be handed to at this moment. */
@Injectable()
export class TransferTargets {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
  ) {}

  async list(readerId: string): Promise<TransferTargetsView> {
    const agents = await this.database.query<Colleague & Record<string, unknown>>(readColleagues, [null]);
    const queues = await this.database.query<Queue & Record<string, unknown>>(readTransferQueues, [null]);
    return { agents: agents.filter(({ id }) => id !== readerId), queues };
  }

  /** Throws where the calls of a channel cannot be handed over at all. */
  checkProvider({ channelId, callId }: Pick<TransferCall, 'channelId' | 'callId'>): void {
    const channel = this.channels.find(channelId);
    if (!channel || this.drivers.of(channel)?.transfer === undefined || trialOf(callId) !== null) {
      throw conflict('cannot_transfer', 'Calls of this channel cannot be handed over from here.');
    }
  }

  /** Throws in words where they cannot have the caller now. */
  async read(tx: Transaction, call: PhoneCallRow, wish: TransferDto): Promise<TransferTarget> {
    const { agentId = null, queueId = null, phone = null } = wish;
    if ([agentId, queueId, phone].filter((one) => one !== null).length !== 1) {
      throw invalid('agentId', 'Name a colleague, a queue or a number: one of them.');
    }
    if (agentId !== null) {
      await checkColleague(tx, agentId, call);
    } else if (queueId !== null) {
      await checkQueue(tx, queueId);
    }
    return { agentId, queueId, phone: phone && this.outsideOf(call, phone) };
  }

  private outsideOf({ channelId, toAddress }: PhoneCallRow, phone: AgentEndpoint): AgentEndpoint {
    const { defaultCountry } = lineSettingsOf(this.channels.find(channelId)?.account.settings);
    const read = readAgentPhone({ kind: phone.kind, address: phone.address }, defaultCountry);
    if (read.address === toAddress) {
      throw invalid('phone.address', 'This is the number that they called.');
    }
    return read;
  }
}

async function checkColleague(tx: Transaction, agentId: string, call: PhoneCallRow): Promise<void> {
  const [colleague] = await tx.query<Colleague & Record<string, unknown>>(readColleagues, [agentId]);
  if (!colleague || agentId === call.agentId) {
    throw invalid('agentId', 'There is no such colleague to hand this call to.');
  }
  if (colleague.state !== 'free') {
    throw conflict(`agent_${colleague.state}`, refusals[colleague.state], 'agentId');
  }
}

const refusals: Record<Exclude<Colleague['state'], 'free'>, string> = {
  busy: 'This colleague talks with somebody else, or has no room for a call.',
  away: 'This colleague is not there.',
  no_phone: 'This colleague has no phone.',
};

async function checkQueue(tx: Transaction, queueId: string): Promise<void> {
  const [queue] = await tx.query<Queue & Record<string, unknown>>(readTransferQueues, [queueId]);
  if (!queue) {
    throw invalid('queueId', 'There is no such queue.');
  }
  if (!queue.isOpen) {
    throw conflict('queue_closed', 'Nobody is there for this queue at this hour.', 'queueId');
  }
}
