import { createECDH } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../database/database.js';
import { SecretBox } from '../../platform/secret-box.js';

/** Both in base64url. */
export interface PushKeyPair {
  publicKey: string;
  privateKey: string;
}

interface KeyRow {
  id: string;
  public_key: string;
  private_key: Buffer;
}

const readKey = 'select id, public_key, private_key from push_key';

/**
 * The installation's own key for push services (VAPID), made when the first browser asks for it and the same for all nodes ever after: browsers
 * sign up for one key, and another would end every subscription.
 */
@Injectable()
export class PushKeys {
  private known: Promise<PushKeyPair> | null = null;

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {}

  get(): Promise<PushKeyPair> {
    this.known ??= this.load().catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  private async load(): Promise<PushKeyPair> {
    const row = (await this.read()) ?? (await this.make());
    return { publicKey: row.public_key, privateKey: this.box.open(row.private_key, placeOf(row.id)) };
  }

  private async read(): Promise<KeyRow | undefined> {
    const [row] = await this.database.query<KeyRow & Record<string, unknown>>(readKey);
    return row;
  }

  /** Of two nodes that make one at the same moment the second takes the first's. */
  private async make(): Promise<KeyRow> {
    const pair = createECDH('prime256v1');
    const publicKey = pair.generateKeys('base64url');
    const id = uuid();
    // Leading noughts belong to the key, and are left out by the library.
    const privateKey = Buffer.from(pair.getPrivateKey().toString('hex').padStart(64, '0'), 'hex').toString('base64url');
    await this.database.query(
      'insert into push_key (id, public_key, private_key) values ($1, $2, $3) on conflict do nothing',
      [id, publicKey, this.box.seal(privateKey, placeOf(id))],
    );
    return (await this.read()) as KeyRow;
  }
}

function placeOf(id: string): { table: string; row: string; column: string } {
  return { table: 'push_key', row: id, column: 'private_key' };
}
