import { createHmac } from 'node:crypto';

/** How a site signs who is there. Times are in seconds from now. */
export interface SiteTokenWish {
  channelId: string;
  key: { kid: string; secret: string };
  claims: Record<string, unknown>;
  endsIn?: number;
}

/** A site's token, as its server would make it. */
export function signSiteToken({ channelId, key, claims, endsIn = 300 }: SiteTokenWish): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const body = { aud: channelId, iat: now + Math.min(0, endsIn), exp: now + endsIn, ...claims };
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${part(body)}`;
  return `${text}.${createHmac('sha256', key.secret).update(text).digest('base64url')}`;
}
