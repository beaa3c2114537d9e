import type { TicketChangeView } from '#contract';
import type { Answered } from './build-rows.js';
import type { Talk, TicketDesk } from './ticket-desk.js';

/** Where histories are lived: a desk, a channel of its queue, and another queue to move tickets to. */
export interface HistoryScene {
  desk: TicketDesk;
  site: { id: string; kind: 'web' | 'messages' };
  otherQueue: string;
}

const steps = 10;

/** The same numbers in every run. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** What becomes of one customer with three tickets: words, answers, merges, moves, undoing, solving and coming back, as the dice fall. */
export async function liveThrough(scene: HistoryScene, seed: number): Promise<void> {
  const talk = await scene.desk.talk(`hello ${String(seed)}`, scene.site);
  const course = new Course(scene, talk, dice(seed));
  await course.begin();
  for (let step = 0; step < steps; step += 1) {
    await course.step();
  }
}

interface Known {
  id: string;
  version: number;
  state: string;
}

class Course {
  private readonly undoable: string[] = [];
  private readonly path: string;

  constructor(
    private readonly scene: HistoryScene,
    private readonly talk: Talk,
    private readonly roll: (most: number) => number,
  ) {
    this.path = `/api/conversations/${talk.conversation}`;
  }

  async begin(): Promise<void> {
    for (const subject of ['second', 'third']) {
      await this.ask(`${this.path}/tickets`, { subject, queueId: this.scene.desk.queueId });
    }
  }

  async step(): Promise<void> {
    const tickets = await this.scene.desk.hub.database.query<Known & Record<string, unknown>>(
      'select id, version, state from ticket where conversation_id = $1 and merged_into is null order by number',
      [this.talk.conversation],
    );
    const [ticket, other] = [this.pick(tickets), this.pick(tickets)];
    const acts: (() => Promise<void>)[] = [
      () => this.make(`/api/tickets/${ticket.id}/merge`, { into: other.id }),
      async () => this.make(`${this.path}/splits`, { messages: await this.place() }),
      async () => this.make(`${this.path}/moves`, { messages: await this.place(), ticketId: other.id }),
      () => this.takeBack(),
      () => this.scene.desk.hear(this.talk, 'another word', this.scene.site),
      () => this.answer(ticket),
      () => this.answer(ticket),
      () => this.turn(ticket),
      () => this.turn(ticket),
      () => this.change(ticket),
    ];
    await this.pick(acts)();
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.roll(list.length)] as T;
  }

  /** A refusal is an answer; anything else than one or the other is a fault. */
  private async ask(url: string, body: object, method = 'POST'): Promise<Answered<Partial<TicketChangeView>>> {
    const answer = await this.scene.desk.callers.asAdmin.call<Partial<TicketChangeView>>(url, { method, body });
    if (answer.status >= 500) {
      throw new Error(answer.text);
    }
    return answer;
  }

  private async make(url: string, body: object): Promise<void> {
    const { id } = (await this.ask(url, body)).body;
    this.undoable.push(...(id === undefined ? [] : [id]));
  }

  private async takeBack(): Promise<void> {
    const last = this.undoable.pop();
    if (last !== undefined) {
      await this.ask(`/api/ticket-changes/${last}/undo`, {});
    }
  }

  private async place(): Promise<{ part: string; seq: number }[]> {
    const messages = await this.scene.desk.hub.database.query<{ seq: number }>(
      `select seq from message where conversation_id = $1 and kind = 'text' order by seq`,
      [this.talk.conversation],
    );
    return [{ part: this.talk.conversation, seq: this.pick(messages).seq }];
  }

  private async turn({ id, version, state }: Known): Promise<void> {
    await this.ask(`/api/tickets/${id}`, { version, state: state === 'solved' ? 'open' : 'solved' }, 'PATCH');
  }

  private async change({ id, version }: Known): Promise<void> {
    const wish = this.pick<object>([
      { queueId: this.scene.otherQueue },
      { tags: ['lamp', this.pick(['urgent', 'بازگشت'])] },
    ]);
    await this.ask(`/api/tickets/${id}`, { version, ...wish }, 'PATCH');
  }

  /** An answer of an agent, as the hub writes one. */
  private answer({ id }: Known): Promise<void> {
    const { desk, site } = this.scene;
    const agent = this.pick([desk.people.sara.id, desk.people.reza.id]);
    return desk.hub.database.transaction(async (tx) => {
      await tx.query('select 1 from conversation where id = $1 for update', [this.talk.conversation]);
      await tx.query(
        `with written as (
           insert into message (id, conversation_id, seq, channel_id, ticket_id, direction, author, author_id, kind, body)
           select gen_random_uuid(), c.id, c.last_seq + 1, $3, $2, 'out', 'agent', $4, 'text', 'an answer' from conversation c where c.id = $1
           returning id, conversation_id)
         insert into event_log (type, conversation_id, subject_id, actor_id) select 'message.sent', conversation_id, id, $4 from written`,
        [this.talk.conversation, id, site.id, agent],
      );
    });
  }
}
