import { Injectable } from '@nestjs/common';
import { storableText } from '#channels';
import type { BrandTexts, BrandView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { viewOf, type Brand } from './brand.js';
import type { ChangeBrandDto } from './brand.dto.js';
import { Brands, readBrand } from './brands.service.js';
import { pictureType } from './picture-type.js';

const mostBytes = 128 * 1024;

/** The brand as administrators change it. */
@Injectable()
export class BrandSettings {
  constructor(
    private readonly database: Database,
    private readonly brands: Brands,
  ) {}

  async read(): Promise<BrandView> {
    return viewOf(await readBrand(this.database));
  }

  change(actor: Actor, { version, ...wish }: ChangeBrandDto): Promise<BrandView> {
    return this.write(actor, async (tx, now) => {
      if (now.version !== version) {
        throw conflict('stale', 'Somebody changed the brand meanwhile. Look again.', 'version');
      }
      await tx.query('update brand set name = $1, footer = $2, accent = $3', [
        JSON.stringify(stored(wish.name)),
        JSON.stringify(stored(wish.footer)),
        wish.accent?.toLowerCase() ?? null,
      ]);
    });
  }

  /** Throws ApiError for what is no picture that every mail program shows. */
  putLogo(actor: Actor, content: string): Promise<BrandView> {
    const bytes = Buffer.from(content, 'base64');
    const type = pictureType(bytes);
    if (type === null) {
      throw invalid('content', 'The picture must be a PNG or JPEG: those are shown by every mail program.');
    }
    if (bytes.length > mostBytes) {
      throw invalid('content', 'The picture may have 128 kB. It goes along with every mail.', 'too_large');
    }
    return this.write(actor, (tx) => tx.query('update brand set logo = $1, logo_type = $2', [bytes, type]));
  }

  removeLogo(actor: Actor): Promise<BrandView> {
    return this.write(actor, (tx) => tx.query('update brand set logo = null, logo_type = null'));
  }

  private async write(actor: Actor, change: (tx: Transaction, now: Brand) => Promise<unknown>): Promise<BrandView> {
    const view = await this.database.transaction(async (tx) => {
      await tx.query('select 1 from brand for update');
      const before = await readBrand(tx);
      await change(tx, before);
      await tx.query('update brand set version = version + 1');
      const after = await readBrand(tx);
      const details = { changes: diffOf(told(before), told(after)) };
      await recordAct(tx, { actorId: actor.id, action: 'brand.changed', subject: 'brand', details });
      return viewOf(after);
    });
    await this.brands.refresh();
    return view;
  }
}

function stored({ en, fa }: BrandTexts): BrandTexts {
  return { en: storableText(en).trim(), fa: storableText(fa).trim() };
}

/** Of a picture it is told which one it was. */
function told({ name, footer, accent, logo }: Brand): Record<string, unknown> {
  return { name, footer, accent, logo: logo?.mark ?? null };
}
