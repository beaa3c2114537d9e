import type { ChannelView } from '#contract';
import { latinDigits } from '../../../i18n/latin-digits.js';

type Texts = Record<'en' | 'fa', string>;

/** What the form holds of a web chat. `inside` is a form of its own. */
export interface WebChatValues {
  title: Texts;
  greeting: Texts;
  colour: string;
  side: 'end' | 'start';
  /** One on each line. */
  allowedOrigins: string;
  allowApps: boolean;
  issuer: string;
  newChatsPerMinute: string;
  inside: Record<string, unknown> | undefined;
}

const defaults: WebChatValues = {
  title: { en: '', fa: '' },
  greeting: { en: '', fa: '' },
  colour: '#006f77',
  side: 'end',
  allowedOrigins: '',
  allowApps: false,
  issuer: '',
  newChatsPerMinute: '120',
  inside: undefined,
};

/** The form of a stored chat, or of a new one. */
export function valuesOf(channel: ChannelView | null): WebChatValues {
  const { allowedOrigins, newChatsPerMinute, title, greeting, ...config } = (channel?.config ?? {}) as Partial<
    Omit<WebChatValues, 'allowedOrigins' | 'newChatsPerMinute'> & {
      allowedOrigins: string[];
      newChatsPerMinute: number;
    }
  >;
  return {
    ...defaults,
    ...config,
    title: { ...defaults.title, ...title },
    greeting: { ...defaults.greeting, ...greeting },
    allowedOrigins: (allowedOrigins ?? []).join('\n'),
    newChatsPerMinute: String(newChatsPerMinute ?? defaults.newChatsPerMinute),
  };
}

/** The form as the hub stores it. A site may be written without its scheme. */
export function configOf(values: WebChatValues): Record<string, unknown> {
  const sites = values.allowedOrigins.split(/\s+/).filter((site) => site !== '');
  return {
    ...values,
    allowedOrigins: sites.map((site) => (/^https?:\/\//i.test(site) ? site : `https://${site}`)),
    newChatsPerMinute: Number(latinDigits(values.newChatsPerMinute)),
  };
}

/** Where a channel's chat is and how it is put onto pages. */
export interface ChatPlace {
  /** The hub's origin. */
  hub: string;
  channelId: string;
  colour: string;
  side: 'end' | 'start';
}

const attribute = (name: string, value: string): string =>
  ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/** The one line that puts the chat into a site. What is as it comes is left out. */
export function snippetOf({ hub, channelId, colour, side }: ChatPlace): string {
  const more = [
    colour === defaults.colour ? '' : attribute('data-color', colour),
    side === defaults.side ? '' : attribute('data-side', side),
  ].join('');
  return `<script async${attribute('src', `${hub}/widget.js`)}${attribute('data-channel', channelId)}${more}></script>`;
}

export function pageOf({ hub, channelId }: Pick<ChatPlace, 'hub' | 'channelId'>): string {
  return `${hub}/chat/${channelId}`;
}

/** The chat as a part of a page that runs no foreign script. */
export function frameOf(place: Pick<ChatPlace, 'hub' | 'channelId'>, title: string): string {
  const frame = `<iframe${attribute('src', pageOf(place))}${attribute('title', title)}`;
  return `${frame} width="400" height="600" style="border:0" referrerpolicy="origin"></iframe>`;
}

/** What a strict content policy of the site must let through. */
export function policyOf(hub: string): string {
  return `script-src ${hub}; connect-src ${hub} ${hub.replace(/^http/, 'ws')}`;
}

/** A server of the site that says who is signed in, in a few lines of Node. */
export function signingExample(channelId: string, kid: string): string {
  return `import { createHmac } from 'node:crypto';

function chatToken(user, secret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = part({ alg: 'HS256', typ: 'JWT', kid: '${kid}' }) + '.' + part({
    sub: String(user.id), aud: '${channelId}', iat: now, exp: now + 300,
    name: user.name, email: user.email, email_verified: user.emailVerified === true,
  });
  return text + '.' + createHmac('sha256', secret).update(text).digest('base64url');
}`;
}
