import type { RoutingPlaceView } from '#contract';

/** A place as it was when it was asked for: `at` is of the page's steady clock, in milliseconds. */
export interface SeenPlace extends RoutingPlaceView {
  at: number;
}

type Batch = { ids: Set<string>; answer: Promise<Map<string, SeenPlace>> };

interface Ways {
  ask: (tickets: readonly string[]) => Promise<RoutingPlaceView[]>;
  /** Settles when no more questions are waited for. */
  pause: () => Promise<void>;
  now: () => number;
}

/** The most that one question may name. */
const mostTickets = 100;

/** Asks for the places of many tickets at once: every line of a list wants to know about its own, in the same moment. */
export class PlaceLoader {
  private next: Batch | null = null;

  constructor(private readonly ways: Ways) {}

  /** Null for a ticket that nobody works on or waits for, and for one that is not the reader's to see. */
  async load(ticket: string): Promise<SeenPlace | null> {
    const batch = this.next && this.next.ids.size < mostTickets ? this.next : this.begin();
    batch.ids.add(ticket);
    return (await batch.answer).get(ticket) ?? null;
  }

  private begin(): Batch {
    const ids = new Set<string>();
    const batch: Batch = { ids, answer: this.ways.pause().then(() => this.askFor(batch)) };
    this.next = batch;
    return batch;
  }

  private async askFor(batch: Batch): Promise<Map<string, SeenPlace>> {
    if (this.next === batch) {
      this.next = null;
    }
    const places = await this.ways.ask([...batch.ids]);
    const at = this.ways.now();
    return new Map(places.map((place) => [place.ticketId, { ...place, at }]));
  }
}
