import { randomUUID } from 'node:crypto';
import type { NodeMessage } from './node-link.js';

/** A part of a message that no notification can hold by itself; `part` counts from 0 to before `parts`. */
export interface Piece {
  piece: string;
  part: number;
  parts: number;
  /** Base64, so that its size is known before it is written. */
  text: string;
}

/** Larger messages are left out: whoever missed one finds out by the slower way that each of them has. */
const mostPieces = 64;
/** What stands around the text of a piece, in bytes. */
const around = 120;

function isPiece(message: NodeMessage | Piece): message is Piece {
  return 'piece' in message;
}

/** A message's JSON in pieces of at most `room` bytes, in order; none when it is too large for that as well. */
export function inPieces(json: string, room: number): Piece[] {
  const bytes = Buffer.from(json);
  const each = Math.floor((room - around) / 4) * 3;
  const parts = Math.ceil(bytes.length / each);
  const piece = randomUUID();
  return parts > mostPieces
    ? []
    : Array.from({ length: parts }, (_, part) => ({
        piece,
        part,
        parts,
        text: bytes.subarray(part * each, (part + 1) * each).toString('base64'),
      }));
}

/**
 * Puts messages together again. A node says its pieces one behind the other, so one message of each node is enough to remember; one of
 * which a piece was lost is forgotten.
 */
export class PieceJoiner {
  private readonly begun = new Map<string, Piece[]>();

  /** A message that came whole, or the one that ends with this piece of a node; null while pieces are still to come. */
  take(node: string, message: NodeMessage | Piece): NodeMessage | null {
    return isPiece(message) ? this.add(node, message) : message;
  }

  forget(node: string): void {
    this.begun.delete(node);
  }

  private add(node: string, piece: Piece): NodeMessage | null {
    const known = this.begun.get(node) ?? [];
    const pieces = piece.part === 0 ? [piece] : [...known, piece];
    const isNext = pieces.every((one, part) => one.piece === piece.piece && one.part === part);
    this.begun.delete(node);
    if (!isNext) {
      return null;
    }
    if (pieces.length < piece.parts) {
      this.begun.set(node, pieces);
      return null;
    }
    return read(Buffer.concat(pieces.map(({ text }) => Buffer.from(text, 'base64'))).toString());
  }
}

function read(json: string): NodeMessage | null {
  try {
    return JSON.parse(json) as NodeMessage;
  } catch {
    return null;
  }
}
