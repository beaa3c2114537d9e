import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { FileStorage } from './file-storage.js';

/** Files that no row names any more, as the database noted them when their rows went. */
@Injectable()
export class SpentFiles {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
  ) {}

  /** The note goes after its file: a crash between the two removes a file that is not there, which does no harm. */
  async remove(): Promise<number> {
    const spent = await this.database.query<{ storage_key: string }>('select storage_key from spent_file');
    for (const { storage_key: key } of spent) {
      await this.storage.remove(key);
      await this.database.query('delete from spent_file where storage_key = $1', [key]);
    }
    return spent.length;
  }
}
