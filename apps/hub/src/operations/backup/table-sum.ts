import { hash } from 'node:crypto';

/**
 * A checksum of a table's rows in any order: where a server puts rows is its own affair. Every row is hashed by itself, and the hashes are
 * added up in eight lanes of 32 bits.
 */
export class TableSum {
  rows = 0;
  private readonly lanes = new Uint32Array(8);

  add(row: Uint8Array): void {
    const digest = hash('sha256', row, 'buffer');
    for (let lane = 0; lane < this.lanes.length; lane++) {
      this.lanes[lane] = (this.lanes[lane] as number) + digest.readUInt32LE(lane * 4);
    }
    this.rows += 1;
  }

  get sum(): string {
    return Buffer.from(this.lanes.buffer).toString('hex');
  }
}
