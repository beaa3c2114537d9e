import { inPieces, type Piece } from './notify-pieces.js';
import type { MessageOf, NodeMessage } from './node-link.js';

/** Where nodes that share a database hear each other. */
export const liveChannel = 'peyk_live';
/** PostgreSQL takes payloads shorter than 8000 bytes. */
const maxBytes = 7_900;

/** Moves that wait are merged per conversation, so their number is bounded by it; of other messages only so many are kept. */
const maxMoves = 10_000;
const maxOthers = 1_000;

/** What waits for the next notification. Moves of one conversation become one, from the earliest rev on. */
export class NotifyBatch {
  private readonly moves = new Map<string, number>();
  private others: NodeMessage[] = [];

  add(message: NodeMessage): void {
    if (message.kind === 'moves') {
      message.moves.forEach((move) => this.addMove(move));
    } else if (this.others.length < maxOthers) {
      this.others.push(message);
    }
  }

  get isEmpty(): boolean {
    return this.moves.size === 0 && this.others.length === 0;
  }

  /** Everything that waits, as payloads that each fit in one notification, with the sender's name in each. */
  take(node: string): string[] {
    const moves = [...this.moves].map(([conversation, since]) => ({
      kind: 'moves' as const,
      moves: [{ conversation, since }],
    }));
    const messages = [...moves, ...this.others];
    this.moves.clear();
    this.others = [];
    return pack(node, messages);
  }

  private addMove({ conversation, since }: MessageOf<'moves'>['moves'][number]): void {
    const known = this.moves.get(conversation);
    if (known !== undefined || this.moves.size < maxMoves) {
      this.moves.set(conversation, Math.min(since, known ?? since));
    }
  }
}

/** A payload that says nothing but who is there. */
export function greeting(node: string): string {
  return JSON.stringify({ node, moves: [], more: [] });
}

/** A payload as it is read: messages that are whole and pieces of larger ones, in order. */
interface ReadPayload {
  node: string;
  messages: (NodeMessage | Piece)[];
}

/** The messages of a payload and who sent it; null when it is not one of ours. */
export function readPayload(payload: string): ReadPayload | null {
  try {
    const { node, moves, more } = JSON.parse(payload) as {
      node: string;
      moves: [string, number][];
      more: (NodeMessage | Piece)[];
    };
    const moved = moves.map(([conversation, since]) => ({ conversation, since }));
    return { node, messages: [...(moved.length > 0 ? [{ kind: 'moves' as const, moves: moved }] : []), ...more] };
  } catch {
    return null;
  }
}

function pack(node: string, messages: NodeMessage[]): string[] {
  const payloads: string[] = [];
  let [moves, more]: [string[], string[]] = [[], []];
  const text = (): string => `{"node":${JSON.stringify(node)},"moves":[${moves.join()}],"more":[${more.join()}]}`;
  let bytes = Buffer.byteLength(text());
  const frame = bytes;
  for (const { isMove, item } of messages.flatMap((message) => itemsOf(message, maxBytes - frame))) {
    const size = Buffer.byteLength(item) + 1;
    if (bytes + size > maxBytes) {
      payloads.push(text());
      [moves, more, bytes] = [[], [], frame];
    }
    (isMove ? moves : more).push(item);
    bytes += size;
  }
  return moves.length + more.length > 0 ? [...payloads, text()] : payloads;
}

/** A message as it is written into payloads: whole, or in pieces where one payload cannot hold it. `room` is in bytes. */
function itemsOf(message: NodeMessage, room: number): { isMove: boolean; item: string }[] {
  if (message.kind === 'moves') {
    return message.moves.map((move) => ({ isMove: true, item: JSON.stringify([move.conversation, move.since]) }));
  }
  const item = JSON.stringify(message);
  const items =
    Buffer.byteLength(item) + 1 <= room ? [item] : inPieces(item, room).map((piece) => JSON.stringify(piece));
  return items.map((one) => ({ isMove: false, item: one }));
}
