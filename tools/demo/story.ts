/** How a person of the demonstration reaches Peyk. `twilio` and `gateway` are two providers of SMS; the phone is one address. */
export type Way =
  | { by: 'telegram'; chat: number }
  | { by: 'twilio' | 'gateway' | 'call'; phone: string }
  | { by: 'email'; address: string }
  | { by: 'web' };

export type QueueName = 'orders' | 'billing' | 'internet';

/** Something of the time before the demonstration. `missed` and `talked` are calls; the text of `talked` is its length in seconds. */
export type Past = [minutesAgo: number, who: 'customer' | 'agent' | 'note' | 'missed' | 'talked', text: string];

/** A line of what happens now. An agent's line is what an automatic agent says; a person's own words do as well. */
export type Line = [who: 'customer' | 'agent', text: string];

/** One person and what they want. */
export interface Story {
  name: string;
  locale: 'en' | 'fa';
  /** They write by the first; what they wrote before came by the last. A visitor of the web chat has no past. */
  ways: [Way, ...Way[]];
  queue: QueueName;
  subject: string;
  tags: string[];
  past: Past[];
  /** Where their ticket stood when the demonstration began; `open` waits for an answer. */
  state: 'open' | 'pending' | 'solved' | 'none';
  live: Line[];
  /** Comes with their first live message. */
  file?: 'invoice' | 'photo';
}

/** The address by which the hub knows them; null for a visitor, who gets one with their first message. */
export function addressOf(way: Way): { kind: 'telegram' | 'phone' | 'email'; address: string } | null {
  switch (way.by) {
    case 'telegram':
      return { kind: 'telegram', address: String(way.chat) };
    case 'email':
      return { kind: 'email', address: way.address };
    case 'web':
      return null;
    case 'twilio':
    case 'gateway':
    case 'call':
      return { kind: 'phone', address: way.phone };
  }
}

/** How far a story has come. Customers and automatic agents read the same place and each says only their own lines. */
export class Progress {
  private at = 0;

  constructor(readonly story: Story) {}

  get next(): Line | null {
    return this.story.live[this.at] ?? null;
  }

  get isOver(): boolean {
    return this.next === null;
  }

  /** The next line, when it is this side's; it is said then. */
  take(who: Line[0]): string | null {
    const line = this.next;
    if (line?.[0] !== who) {
      return null;
    }
    this.at += 1;
    return line[1];
  }

  /** An agent answered in words of their own: theirs stand for the line that was meant. */
  heard(): void {
    this.take('agent');
  }
}
