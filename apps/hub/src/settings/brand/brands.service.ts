import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '#channels';
import type { BrandTexts } from '#contract';
import { Database } from '../../database/database.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { makeLogo, noBrand, type Brand } from './brand.js';

const refreshMs = 10_000;

interface Row {
  version: number;
  name: Partial<BrandTexts>;
  footer: Partial<BrandTexts>;
  accent: string | null;
  logo: Buffer | null;
  logo_type: string | null;
}

/** The organisation's brand, held in memory: no mail and no page should cost a read of it. Other nodes see a change within seconds. */
@Injectable()
export class Brands implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Brands.name);
  private rounds: Rounds | null = null;
  private held: Brand = noBrand;

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.rounds = startRounds(refreshMs, () =>
      this.refreshChanged().catch((error: unknown) => this.logger.debug(`the brand stays as it was: ${String(error)}`)),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  get now(): Brand {
    return this.held;
  }

  async refresh(): Promise<void> {
    this.held = await readBrand(this.database);
  }

  private async refreshChanged(): Promise<void> {
    const [row] = await this.database.query<{ version: number }>('select version from brand');
    if (row?.version !== this.held.version) {
      await this.refresh();
    }
  }
}

export async function readBrand(sql: Sql): Promise<Brand> {
  const [row] = await sql.query<Row & Record<string, unknown>>(
    'select version, name, footer, accent, logo, logo_type from brand',
  );
  if (!row) {
    return noBrand;
  }
  const { version, name, footer, accent, logo, logo_type: type } = row;
  return {
    version,
    name: whole(name),
    footer: whole(footer),
    accent,
    logo: logo === null || type === null ? null : makeLogo(type, logo),
  };
}

function whole({ en = '', fa = '' }: Partial<BrandTexts>): BrandTexts {
  return { en, fa };
}
