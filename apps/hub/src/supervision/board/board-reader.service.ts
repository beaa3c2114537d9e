import { Injectable } from '@nestjs/common';
import type { BoardView } from '#contract';
import type { Sql } from '#channels';
import { Database } from '../../database/database.js';
import { readBoard } from './board.query.js';

/** Reads the board. Everything on it is counted from rows of its own at the moment of asking. */
@Injectable()
export class BoardReader {
  constructor(private readonly database: Database) {}

  /** `queueIds`: what its reader watches; null: everything. */
  async read(queueIds: string[] | null, sql: Sql = this.database): Promise<BoardView> {
    const [row] = await sql.query<{ board: BoardView }>(readBoard, [queueIds]);
    return (row as { board: BoardView }).board;
  }
}
