import { checkHistory, type Rule } from './checker.js';
import { collectHistory, type Doings } from './collect-history.js';
import { meetCustomer, type Customer } from './customers.js';
import type { ChannelName } from './history.js';
import type { Installation } from './installation.js';
import { replyTo, sendReply } from './reply.js';

export interface PlantedResult {
  fault: string;
  /** What the checker must say, and what it said. */
  expected: Rule[];
  found: Rule[];
}

interface Plant {
  fault: string;
  expected: Rule[];
  /** Breaks the database before the traffic, and mends it after. */
  plant: string;
  mend: string;
  traffic: (round: Round) => Promise<void>;
}

/** Every arrival gets a name of its own, so that no repeat is known as one. */
const dedupeOff = `
  create function chaos_forget() returns trigger language plpgsql as $$
  begin
    new.external_id := new.external_id || ' ' || new.id;
    return new;
  end $$;
  create trigger chaos_forget before insert on inbound_event for each row when (new.external_id is not null) execute function chaos_forget();
  create trigger chaos_forget before insert on message for each row when (new.external_id is not null) execute function chaos_forget();`;

/** A claim counts as sent, on the delivery and on its message, before anybody sends. */
const markBeforeSend = `
  create function chaos_mark() returns trigger language plpgsql as $$
  begin
    new.state := 'sent';
    update message set delivery = 'sent' where conversation_id = new.conversation_id and seq = new.seq;
    return new;
  end $$;
  create trigger chaos_mark before update on delivery for each row when (new.state = 'sending') execute function chaos_mark();`;

/** The guards of the timeline are off, and the newest message of each conversation of the round is written once more under its own seq. */
const seqReused = `
  alter table message disable trigger user;
  alter table conversation disable trigger user;
  alter table message drop constraint message_pkey cascade;`;

const plants: Plant[] = [
  {
    fault: 'dedupe is off',
    expected: ['stored twice', 'shown twice'],
    plant: dedupeOff,
    mend: 'drop function chaos_forget() cascade',
    traffic: (round) =>
      round.each(['sms', 'messages', 'telegram'], (customer) => round.crashOver(customer, 'intake.after-commit')),
  },
  {
    fault: 'a delivery is marked before it is sent',
    expected: ['marked but never sent'],
    plant: markBeforeSend,
    mend: 'drop function chaos_mark() cascade',
    traffic: (round) =>
      round.each(['sms', 'email'], (customer) => round.crashOverReply(customer, 'delivery.before-send')),
  },
  {
    fault: 'a seq is reused',
    expected: ['seq reused'],
    plant: '',
    mend: 'select 1',
    traffic: (round) => round.each(['sms'], (customer) => round.repeatSeq(customer)),
  },
];

/** Breaks one guard after the other and lets the hub die where that one would have helped. The checker must see each of them. */
export async function runPlantedFaults(installation: Installation): Promise<PlantedResult[]> {
  const results: PlantedResult[] = [];
  for (const [index, { fault, expected, plant, mend, traffic }] of plants.entries()) {
    const round = new Round(installation, `p${String(index)}`);
    await installation.database.query(plant === '' ? 'select 1' : plant);
    await traffic(round);
    await installation.database.query(mend);
    results.push({ fault, expected, found: await round.judge() });
  }
  return results;
}

class Round {
  private readonly installation: Installation;
  private readonly name: string;
  private readonly doings: Doings = { seed: 0, said: [], replied: [], doubtful: [], taken: [] };
  private readonly customers: Customer[] = [];

  constructor(installation: Installation, name: string) {
    this.installation = installation;
    this.name = name;
  }

  async each(channels: ChannelName[], work: (customer: Customer) => Promise<void>): Promise<void> {
    for (const channel of channels) {
      const customer = await meetCustomer(this.installation, channel, this.name);
      this.customers.push(customer);
      await work(customer);
    }
  }

  /** A message over which the hub dies. */
  async crashOver(customer: Customer, point: string): Promise<void> {
    const { hub } = this.installation;
    hub.arm(`${point}:kill`);
    const saying = this.say(customer, 1);
    await this.dieAndRecover(point);
    await saying;
  }

  /** A reply over which the hub dies. */
  async crashOverReply(customer: Customer, point: string): Promise<void> {
    const { hub, agent } = this.installation;
    await this.say(customer, 1);
    const asked = await agent.find(`in/${customer.key}/1`);
    const mark = `re/${customer.key}/1`;
    const reply = replyTo(this.installation, asked, `${mark} answer`);
    hub.arm(`${point}:kill`);
    const sending = sendReply(this.installation, reply);
    await this.dieAndRecover(point);
    const outcome = await sending;
    this.doings.replied.push({ mark, customer: customer.key, channel: customer.channel, n: 1, id: reply.id, outcome });
  }

  async repeatSeq(customer: Customer): Promise<void> {
    const { database, agent } = this.installation;
    await this.say(customer, 1);
    await this.say(customer, 2);
    const { conversation } = await agent.find(`in/${customer.key}/2`);
    await patiently(() => database.query(seqReused));
    await database.query(
      `with moved as (update conversation set rev = rev + 1 where id = $1 returning rev)
       insert into message (conversation_id, seq, id, rev, at, channel_id, direction, author, kind, body)
       select conversation_id, seq, gen_random_uuid(), moved.rev, at, channel_id, 'out', 'agent', 'text', 'the same seq again'
       from message, moved where conversation_id = $1 order by seq limit 1`,
      [conversation],
    );
  }

  async judge(): Promise<Rule[]> {
    const history = await collectHistory(this.installation, this.customers, this.doings, 15_000);
    this.customers.forEach((customer) => customer.close());
    return [...new Set(checkHistory(history).map(({ rule }) => rule))];
  }

  private async say({ key, channel, say }: Customer, n: number): Promise<void> {
    const mark = `in/${key}/${String(n)}`;
    const outcome = await say(`${mark} hello`);
    this.doings.said.push({ mark, customer: key, channel, n, outcome });
  }

  private async dieAndRecover(point: string): Promise<void> {
    const { hub, database } = this.installation;
    const isDead = await hub.died(10_000);
    hub.arm(null);
    if (!isDead) {
      throw new Error(`the hub never came to ${point}`);
    }
    await database.lastWords();
    await this.installation.recover();
  }
}

/** The hub works while the tables are changed under it; where each waits for the other, PostgreSQL ends one of the two. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '40P01' || tries === 10) {
        throw error;
      }
    }
  }
}
