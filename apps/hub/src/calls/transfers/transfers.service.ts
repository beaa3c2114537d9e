import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { TransferTargetsView, TransferView } from '#contract';
import { failpoint } from '#failpoint';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import { hasRole, type Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { EventBus } from '../../events/event-bus.js';
import { ApiError, conflict, forbidden, notFound } from '../../platform/errors/api-error.js';
import { lockCall, type PhoneCallRow } from '../lines/phone-call.query.js';
import type { TransferDto } from './transfer.dto.js';
import { TransferTargets } from './transfer-targets.service.js';
import { TransferTelling } from './transfer-telling.service.js';
import { insertTransfer, readTransferCall, type TransferCall } from './transfers.query.js';

/** Calls that agents hand over while they talk: stored first, then the provider is told, and done when the caller's line comes. */
@Injectable()
export class Transfers {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly access: GuardedAccess,
    private readonly whom: TransferTargets,
    private readonly telling: TransferTelling,
    private readonly bus: EventBus,
  ) {}

  /** Whom a call can be handed to at this moment. */
  async targets(actor: Actor, id: string): Promise<TransferTargetsView> {
    const call = await this.find(id);
    await this.access.getPerson(actor, call.conversationId);
    this.whom.checkProvider(call);
    return this.whom.list(actor.id);
  }

  /** Throws in words where it cannot be. Of two who ask at once one hears that it is being handed over already. */
  async ask(actor: Actor, id: string, wish: TransferDto): Promise<TransferView> {
    const place = await this.find(id);
    const transferId = await this.people.run(actor, place.conversationId, (tx, person) =>
      this.store(tx, { actor, person, place, wish }),
    );
    failpoint('transfer.stored');
    const told = await this.telling.tell(transferId);
    if (told.state === 'failed') {
      throw new ApiError(502, 'provider_refused', told.why);
    }
    return { id: transferId, state: told.state };
  }

  private async find(id: string): Promise<TransferCall> {
    const [call] = await this.database.query<TransferCall & Record<string, unknown>>(readTransferCall, [id]);
    if (!call) {
      throw notFound('This call');
    }
    return call;
  }

  private async store(
    tx: Transaction,
    { actor, person, place, wish }: { actor: Actor; person: ReadablePerson; place: TransferCall; wish: TransferDto },
  ): Promise<string> {
    const call = await lockCall(tx, place.id);
    this.whom.checkProvider(place);
    const leg = legOf(call);
    await checkRight(tx, actor, person, leg.call);
    const { agentId, queueId, phone } = await this.whom.read(tx, leg.call, wish);
    const id = uuid();
    const asked = [id, leg.call.id, leg.id, leg.call.turn, actor.id];
    await tx.query(insertTransfer, [...asked, agentId, queueId, phone?.kind ?? null, phone?.address ?? null]);
    if (leg.call.agentId !== null) {
      this.bus.emitAfterCommit(tx, 'load.moved', { agentId: leg.call.agentId });
    }
    const details = { agentId, queueId, isOutside: phone !== null, from: leg.call.agentId };
    await recordAct(tx, { actorId: actor.id, action: 'call.transferred', subject: leg.call.id, details });
    return id;
  }
}

/** The talk that is to be handed over. */
function legOf(call: PhoneCallRow | null): { id: string; call: PhoneCallRow } {
  if (call?.phase === 'handing') {
    throw conflict('being_handed_over', 'This call is being handed over already.');
  }
  if (call === null || call.endedAt !== null || call.phase === 'over') {
    throw conflict('call_over', 'This call is over.');
  }
  if (call.phase !== 'talking' || call.legId === null) {
    throw conflict('nobody_talks', 'Nobody talks with this caller at this moment.');
  }
  return { id: call.legId, call };
}

/** Whoever talks, or a supervisor of the queue that the matter is in. */
async function checkRight(
  tx: Transaction,
  actor: Actor,
  { serves }: ReadablePerson,
  { agentId, ticketId }: PhoneCallRow,
): Promise<void> {
  if (agentId === actor.id) {
    return;
  }
  const [ticket] = await tx.query<{ queueId: string }>('select queue_id as "queueId" from ticket where id = $1', [
    ticketId,
  ]);
  const isTheirs = serves === 'all' || (ticket !== undefined && serves.includes(ticket.queueId));
  if (!hasRole(actor, 'supervisor') || !isTheirs) {
    throw forbidden('Only whoever talks, or a supervisor of the queue, hands a call over.', 'not_your_call');
  }
}
