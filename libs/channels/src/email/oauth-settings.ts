import { z } from 'zod';
import type { OAuthGrant } from './access-tokens.js';
import { isLoopback } from './is-loopback.js';

const tokenUrls = {
  google: 'https://oauth2.googleapis.com/token',
  microsoft: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
};

/** How an account signs in without a password. */
export const oauthConfig = z.object({
  provider: z.enum(['google', 'microsoft']).describe('Who permits the access'),
  tokenUrl: z
    .string()
    .trim()
    .max(500)
    .refine(isSafeUrl, 'This is not an https address.')
    .default('')
    .describe('Where access is asked for; empty: the provider’s own place'),
});

/** What the provider gave out for this hub and this mailbox. */
export const oauthSecrets = z.object({
  oauthClientId: z.string().max(1_000).optional(),
  oauthClientSecret: z.string().max(1_000).optional(),
  oauthRefreshToken: z.string().max(8_000).optional(),
});

/** Null for an account that signs in with a password. */
export function grantOf(
  settings: { oauth?: z.infer<typeof oauthConfig> | undefined } & z.infer<typeof oauthSecrets>,
): OAuthGrant | null {
  const { oauth, oauthClientId = '', oauthClientSecret = '', oauthRefreshToken = '' } = settings;
  return oauth
    ? {
        tokenUrl: oauth.tokenUrl || tokenUrls[oauth.provider],
        clientId: oauthClientId,
        clientSecret: oauthClientSecret,
        refreshToken: oauthRefreshToken,
      }
    : null;
}

function isSafeUrl(written: string): boolean {
  const url = URL.parse(written);
  return written === '' || url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}
