import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { WebSettings } from '#channels';
import type { AuditAction, NewSiteKeyView, SiteKeyView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { ChannelSettings } from '../channels/channel-settings.service.js';

type Keys = NonNullable<WebSettings['identityKeys']>;

const mostKeys = 5;

/** Makes and takes away the keys that sites sign with. A key itself is shown once, when it is made. */
@Injectable()
export class SiteKeys {
  constructor(private readonly settings: ChannelSettings) {}

  /** The newest first. Throws notFound for what is no web chat. */
  list(channelId: string): Promise<SiteKeyView[]> {
    return this.settings.readSecrets(channelId, (stored, kind) =>
      keysOf(stored, kind)
        .map(({ kid, madeAt }) => ({ kid, madeAt }))
        .toReversed(),
    );
  }

  async add(actor: Actor, channelId: string): Promise<NewSiteKeyView> {
    const made = {
      kid: `key-${randomBytes(4).toString('hex')}`,
      secret: randomBytes(32).toString('base64url'),
      madeAt: new Date().toISOString(),
    };
    await this.settings.changeSecrets(channelId, async (stored, kind, tx) => {
      const keys = keysOf(stored, kind);
      if (keys.length >= mostKeys) {
        throw conflict(
          'too_many_keys',
          `A chat has at most ${String(mostKeys)} keys. Take one away that is not used any more.`,
        );
      }
      await recordAct(tx, actOf(actor, 'site_key.made', channelId, made.kid));
      return { ...stored, identityKeys: [...keys, made] };
    });
    return made;
  }

  async remove(actor: Actor, channelId: string, kid: string): Promise<void> {
    await this.settings.changeSecrets(channelId, async (stored, kind, tx) => {
      const keys = keysOf(stored, kind);
      const left = keys.filter((key) => key.kid !== kid);
      if (left.length === keys.length) {
        throw notFound('This key');
      }
      await recordAct(tx, actOf(actor, 'site_key.removed', channelId, kid));
      return { ...stored, identityKeys: left };
    });
  }
}

function keysOf(stored: Record<string, unknown>, kind: string): Keys {
  if (kind !== 'web') {
    throw notFound('This web chat');
  }
  return (stored['identityKeys'] as Keys | undefined) ?? [];
}

function actOf(actor: Actor, action: AuditAction, subject: string, kid: string): Parameters<typeof recordAct>[1] {
  return { actorId: actor.id, action, subject, details: { kid } };
}
