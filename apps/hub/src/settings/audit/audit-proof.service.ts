import { Injectable } from '@nestjs/common';
import type { AuditProofView } from '#contract';
import { Database } from '../../database/database.js';
import { chainPiece, cutOff } from './audit.query.js';

const pieceLength = 2_000;

interface Link {
  [column: string]: unknown;
  id: string;
  at: Date;
  hash: string;
  is_content: boolean;
  is_columns: boolean;
}

/** Walks the chain of the audit from its first entry, in pieces, so that no statement runs for long however many there are. */
@Injectable()
export class AuditProof {
  constructor(private readonly database: Database) {}

  async walk(): Promise<AuditProofView> {
    const walked: Walked = { entries: 0, first: null, newest: null };
    for (;;) {
      const piece = await this.database.query<Link>(chainPiece, [walked.newest?.id ?? null, pieceLength]);
      const broken = takePiece(walked, piece);
      if (broken) {
        return told(walked, broken);
      }
      if (piece.length < pieceLength) {
        return told(walked, await this.findCutOff(walked.first));
      }
    }
  }

  private async findCutOff(first: string | null): Promise<Broken | null> {
    const [row] = await this.database.query<{ id: string; at: Date }>(cutOff, [first]);
    return row ? { ...row, why: 'link' } : null;
  }
}

interface Broken {
  id: string;
  at: Date;
  why: 'content' | 'columns' | 'link';
}

interface Walked {
  entries: number;
  first: string | null;
  newest: Link | null;
}

/** Goes on by what holds of a piece. @returns the entry that does not. */
function takePiece(walked: Walked, piece: Link[]): Broken | null {
  const bad = piece.find((link) => !link.is_content || !link.is_columns);
  const held = bad ? piece.slice(0, piece.indexOf(bad)) : piece;
  walked.entries += held.length;
  walked.first ??= piece[0]?.id ?? null;
  walked.newest = held.at(-1) ?? walked.newest;
  return bad ? { id: bad.id, at: bad.at, why: bad.is_content ? 'columns' : 'content' } : null;
}

function told({ entries, newest }: Walked, broken: Broken | null): AuditProofView {
  return {
    intact: broken === null,
    entries,
    newest: newest && { id: newest.id, at: newest.at.toISOString(), hash: newest.hash },
    broken: broken && { id: broken.id, at: broken.at.toISOString(), why: broken.why },
  };
}
