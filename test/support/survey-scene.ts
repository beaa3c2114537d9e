import { v7 as uuid } from 'uuid';
import type { SurveyView, TicketSurveyView } from '#contract';
import { SurveySweeper } from '../../apps/hub/src/surveys/survey.sweeper.js';
import type { Caller } from './build-rows.js';
import type { TestHub } from './start-hub.js';
import { until } from './until.js';

/** A hub with somebody who may set everything up. */
export interface SurveyScene {
  hub: TestHub;
  admin: Caller;
}

/** A survey that is switched on, CSAT unless said otherwise. */
export async function makeSurvey(
  { admin }: SurveyScene,
  wish: Partial<SurveyView> & { queueIds: string[] },
): Promise<SurveyView> {
  const made = await admin.call<SurveyView>('/api/surveys', {
    body: { name: `survey ${uuid()}`, kind: 'csat', enabled: true, ...wish },
  });
  if (made.status !== 201) {
    throw new Error(made.text);
  }
  return made.body;
}

/** What the sweeper of the hub does now and then. A look that is under way may have begun too early, so there is another behind it. */
export async function lookAtSurveys({ hub }: Pick<SurveyScene, 'hub'>): Promise<void> {
  const sweeper = hub.app.get(SurveySweeper, { strict: false });
  await sweeper.look();
  await sweeper.look();
}

/** The ticket of what a customer wrote, once it is there. */
export async function ticketOf({ hub }: Pick<SurveyScene, 'hub'>, words: string): Promise<string> {
  const [row] = await until(
    () =>
      hub.database.query<{ id: string }>(
        `select ticket_id as id from message where body = $1 and direction = 'in' and ticket_id is not null`,
        [words],
      ),
    (rows) => rows.length > 0,
  );
  return row?.id ?? '';
}

/** Moves a ticket to a state, whatever its version. */
export async function moveTo({ hub, admin }: SurveyScene, ticketId: string, state: string): Promise<void> {
  const [ticket] = await hub.database.query<{ version: number }>('select version from ticket where id = $1', [
    ticketId,
  ]);
  const moved = await admin.call(`/api/tickets/${ticketId}`, {
    method: 'PATCH',
    body: { version: ticket?.version, state },
  });
  if (moved.status !== 200) {
    throw new Error(moved.text);
  }
}

/** Solves a ticket and lets the hub notice. */
export async function solve(scene: SurveyScene, ticketId: string): Promise<void> {
  await moveTo(scene, ticketId, 'solved');
  await lookAtSurveys(scene);
}

/** What agents see on the ticket, the latest first. */
export async function surveysOf({ admin }: SurveyScene, ticketId: string): Promise<TicketSurveyView[]> {
  return (await admin.call<TicketSurveyView[]>(`/api/tickets/${ticketId}/surveys`)).body;
}

/** The same once it fits. */
export function surveysOnce(
  scene: SurveyScene,
  ticketId: string,
  fits: (surveys: TicketSurveyView[]) => boolean,
): Promise<TicketSurveyView[]> {
  return until(() => surveysOf(scene, ticketId), fits);
}

/** All tickets of a person, the oldest first. */
export function ticketsOfPerson(
  { hub }: Pick<SurveyScene, 'hub'>,
  conversation: string,
): Promise<{ id: string; state: string; queue_id: string; subject: string; follows_id: string | null }[]> {
  return hub.database.query(
    'select id, state, queue_id, subject, follows_id from ticket where conversation_id = $1 order by number',
    [conversation],
  );
}

/** Facts about a ticket, oldest first. */
export async function factsOf({ hub }: Pick<SurveyScene, 'hub'>, ticketId: string): Promise<string[]> {
  const rows = await hub.database.query<{ type: string }>(
    `select type from event_log where subject_id = $1 and type like 'survey.%' order by position`,
    [ticketId],
  );
  return rows.map(({ type }) => type);
}
