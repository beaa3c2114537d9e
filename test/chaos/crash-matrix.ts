import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AttachmentView, MessageView } from '#contract';
import { crashCells, fileOfCells, type CrashCell, type Drive, type Ending } from './crash-cells.js';
import { meetCustomer, type Customer } from './customers.js';
import type { Outcome } from './history.js';
import type { Installation } from './installation.js';
import { interruptMigration } from './interrupted-migration.js';
import { replyTo, sendReply } from './reply.js';
import { spooledBytes } from './spooled-bytes.js';

export interface CellResult {
  cell: CrashCell;
  /** Why it is not as it must be; null when it is. */
  wrong: string | null;
}

/** The names of all crash points in the hub's sources. */
export function namedPoints(root: string): Set<string> {
  const sources = readdirSync(join(root, 'dist/apps/hub/src'), { recursive: true, encoding: 'utf8' });
  const texts = sources
    .filter((path) => path.endsWith('.js'))
    .map((path) => readFileSync(join(root, 'dist/apps/hub/src', path), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/failpoint\('([a-z.-]+)'\)/g)].map(([, name]) => name as string)),
  );
}

/** One cell for each point, or for that many of them, in the table's order; which ones and on which channels changes with the seed. */
export function sampleCells(below: (limit: number) => number, points = Infinity): CrashCell[] {
  const chosen = [...Map.groupBy(crashCells, ({ point }) => point).values()].map(
    (cells) => cells[below(cells.length)] as CrashCell,
  );
  while (chosen.length > points) {
    chosen.splice(below(chosen.length), 1);
  }
  return chosen;
}

/** Dies at each cell's point, recovers, and compares the end with the table. */
export async function runCrashMatrix(
  installation: Installation,
  cells: CrashCell[],
  say: (line: string) => void,
): Promise<CellResult[]> {
  await installation.database.query(`
    update agent set cap_units = 100000;
    insert into agent_capacity (agent_id, class, cap) select a.id, c, 100000 from agent a, unnest('{voice,chat,async}'::text[]) c
    on conflict (agent_id, class) do update set cap = excluded.cap`);
  const scenes: Scene[] = [];
  for (const [index, cell] of cells.entries()) {
    installation.hub.prepareNext();
    const scene = new Scene(installation, cell, index);
    scenes.push(scene);
    await scene.play();
    say(
      `${scene.wrong === null ? 'ok    ' : 'FAILED'} ${cell.point} on ${cell.channel}${scene.wrong === null ? '' : `: ${scene.wrong}`}`,
    );
  }
  // Whatever a dead process left behind had time enough by now to come a second time.
  for (const scene of scenes.filter(({ wrong }) => wrong === null)) {
    await scene.lookAgain();
    if (scene.wrong !== null) {
      say(`FAILED ${scene.cell.point} on ${scene.cell.channel}, looked at again: ${scene.wrong}`);
    }
  }
  scenes.forEach((scene) => scene.close());
  return scenes.map(({ cell, wrong }) => ({ cell, wrong }));
}

/** How long a cell may take to reach its end. */
const patienceMs = 20_000;

class Scene {
  readonly cell: CrashCell;
  wrong: string | null = null;
  private readonly installation: Installation;
  private readonly name: string;
  private customer: Customer | null = null;
  private mark = '';
  private answer = 0;

  constructor(installation: Installation, cell: CrashCell, index: number) {
    this.installation = installation;
    this.cell = cell;
    this.name = `c${String(index)}`;
  }

  async play(): Promise<void> {
    try {
      await this.drives[this.cell.drive]();
      this.wrong = this.cell.drive === 'migration' ? null : await this.compare(patienceMs);
    } catch (error) {
      this.wrong = error instanceof Error ? error.message : String(error);
      await this.revive();
    }
  }

  async lookAgain(): Promise<void> {
    this.wrong = this.cell.drive === 'migration' ? null : await this.compare(0);
  }

  close(): void {
    this.customer?.close();
  }

  private readonly drives: Record<Drive, () => Promise<void>> = {
    message: () => this.speak(),
    file: () => this.speak(fileOfCells),
    reply: () => this.reply({}),
    'keyed reply': () => this.reply({ key: true }),
    'reply with file': () => this.reply({ file: true }),
    resend: () => this.resend(),
    spooled: () => this.spool(),
    'spooled, then replayed': () => this.replay(),
    receipt: () => this.receipt(),
    migration: () => interruptMigration(this.installation, this.cell.point),
  };

  private async speak(file?: Uint8Array): Promise<void> {
    const customer = await this.meet();
    this.mark = `in/${customer.key}/1`;
    this.arm();
    const said = customer.say(`${this.mark} hello`, file);
    await this.dieAndRecover();
    await acknowledged(said);
  }

  private async reply({ key = false, file = false }): Promise<void> {
    const asked = await this.ask();
    this.mark = `re/${this.customer?.key ?? ''}/1`;
    const reply = replyTo(this.installation, asked, `${this.mark} answer`);
    this.arm();
    const sending = this.send(reply, { key, file });
    await this.dieAndRecover();
    this.answer = await sending;
  }

  /** As the agent's client does it: the file first, then the message, each until it is answered. */
  private async send(
    reply: ReturnType<typeof replyTo>,
    { key, file }: { key: boolean; file: boolean },
  ): Promise<number> {
    const { api } = this.installation;
    const attachmentIds = file ? { attachmentIds: [await this.upload(reply.path.split('/')[3] ?? '')] } : {};
    const { status } = await api.until('POST', reply.path, {
      body: { ...reply.body, ...attachmentIds },
      headers: key ? { 'idempotency-key': reply.id } : {},
      withinMs: patienceMs,
      unless: ['idempotency_in_progress'],
    });
    return status;
  }

  private async upload(conversation: string): Promise<string> {
    const { body } = await this.installation.api.until<AttachmentView>(
      'POST',
      `/api/attachments?conversation=${conversation}`,
      {
        body: fileOfCells,
        headers: { 'x-file-name': 'file.txt' },
      },
    );
    return body.id;
  }

  /** The provider takes a reply and hangs up; the agent decides to send it again. */
  private async resend(): Promise<void> {
    const asked = await this.ask();
    const { agent, api, world } = this.installation;
    this.mark = `re/${this.customer?.key ?? ''}/1`;
    world.bot.faults.arm('cut_after', { only: 'sendMessage' });
    world.twilio.faults.arm('cut_after', { only: 'messages' });
    await sendReply(this.installation, replyTo(this.installation, asked, `${this.mark} answer`));
    const doubtful = await agent.find(this.mark, ({ delivery }) => delivery === 'unconfirmed');
    world.bot.faults.clear();
    world.twilio.faults.clear();
    this.arm();
    const person = agent.persons.get(doubtful.conversation) ?? '';
    const path = `/api/conversations/${person}/messages/${String(doubtful.seq)}/resend?part=${doubtful.conversation}`;
    const resending = api.until('POST', path, { withinMs: patienceMs });
    await this.dieAndRecover();
    this.answer = (await resending).status;
  }

  /** The database breaks down, the message goes to the spool, and so does the hub. */
  private async spool(): Promise<void> {
    await this.installation.database.breakDown();
    await this.speak();
  }

  /** The database breaks down, the message waits in the spool, the database comes back, and the hub dies over it. */
  private async replay(): Promise<void> {
    const { database } = this.installation;
    await database.breakDown();
    const customer = await this.meet();
    this.mark = `in/${customer.key}/1`;
    this.arm();
    const said = customer.say(`${this.mark} hello`);
    await this.untilSpooled();
    await database.mend();
    await this.dieAndRecover();
    await acknowledged(said);
  }

  private async untilSpooled(): Promise<void> {
    for (let look = 0; look < 500 && spooledBytes(this.installation.site.folder) === 0; look += 1) {
      await sleep(10);
    }
  }

  /** A receipt that comes when the reply has long been sent: the customer read it. */
  private async receipt(): Promise<void> {
    const asked = await this.ask();
    const { agent, world, channels } = this.installation;
    this.mark = `re/${this.customer?.key ?? ''}/1`;
    await sendReply(this.installation, replyTo(this.installation, asked, `${this.mark} answer`));
    await agent.find(this.mark, ({ delivery }) => delivery === 'delivered');
    const sid = this.customer?.arrived()[0]?.key ?? '';
    this.arm();
    const reporting = world.twilio.hook(channels.sms, 'sms-status', {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: 'read',
    });
    await this.dieAndRecover();
    await reporting;
  }

  private async meet(): Promise<Customer> {
    this.customer = await meetCustomer(this.installation, this.cell.channel, this.name);
    return this.customer;
  }

  /** A first message, undisturbed, for the agent to answer. */
  private async ask(): Promise<MessageView> {
    const customer = await this.meet();
    await customer.say(`in/${customer.key}/1 hello`);
    return this.installation.agent.find(`in/${customer.key}/1`);
  }

  private arm(): void {
    this.installation.hub.arm(`${this.cell.point}:kill`);
  }

  private async dieAndRecover(): Promise<void> {
    const { hub } = this.installation;
    const isDead = await hub.died(10_000);
    hub.arm(null);
    if (!isDead) {
      throw new Error('the hub never came to this point');
    }
    await this.revive();
  }

  /** Whatever state hub and database were left in, both run afterwards. */
  private async revive(): Promise<void> {
    const { hub, database } = this.installation;
    hub.arm(null);
    if (await hub.died(0)) {
      await database.start();
      await database.lastWords();
      await this.installation.recover();
    }
  }

  /** Null when one of the endings came true in time; else what is there instead. */
  private async compare(withinMs: number): Promise<string | null> {
    const giveUpAt = performance.now() + withinMs;
    for (;;) {
      const ending = await this.look();
      if (this.cell.endings.some((wanted) => fits(ending, wanted))) {
        return null;
      }
      if (performance.now() > giveUpAt) {
        return `${JSON.stringify(ending)} is none of ${JSON.stringify(this.cell.endings)}`;
      }
      await sleep(100);
    }
  }

  private async look(): Promise<Required<Ending>> {
    const { agent, database } = this.installation;
    await this.customer?.catchUp();
    const [stored = nothing] = await database.query<Stored>(storedUnder, [this.mark]);
    const copies = (this.customer?.arrived() ?? []).filter(({ mark }) => mark === this.mark);
    const shown = agent.shown.filter(({ mark }) => mark === this.mark).map(({ id }) => id);
    return {
      ...stored,
      shown: new Set(shown).size,
      copies: copies.length,
      distinct: new Set(copies.map(({ key }) => key)).size,
      answer: this.answer,
    };
  }
}

async function acknowledged(said: Promise<Outcome>): Promise<void> {
  if ((await said) !== 'ok') {
    throw new Error('the message was never acknowledged');
  }
}

type Stored = Required<Pick<Ending, 'rows' | 'state' | 'callState' | 'files' | 'holds' | 'promises'>>;

const nothing: Stored = { rows: 0, state: null, callState: null, files: [], holds: 0, promises: 0 };

/** What the database has under a mark, which a body begins with, or holds somewhere for a call. */
const storedUnder = `
  with found as (select * from message where body ~ ('(^|[^[:alnum:]])' || $1 || '([^0-9]|$)'))
  select (select count(*) from found)::int as rows, max(f.delivery) as state, max(f.content -> 'call' ->> 'state') as "callState",
         array(select a.state || ' ' || a.bytes from attachment a join found using (conversation_id, seq)) as files,
         (select count(*) from assignment s join work_item w on w.id = s.work_item_id
          where s.ended_at is null and w.ticket_id in (select ticket_id from found))::int as holds,
         (select count(*) from sla_clock k where k.state = 'running' and k.ticket_id in (select ticket_id from found))::int as promises
  from found f having count(*) > 0`;

function fits(ending: Required<Ending>, wanted: Ending): boolean {
  return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(ending[name as keyof Ending], value));
}
