import type { MyMessage, MyPageView } from '#contract';
import { brandedPage } from '../../../settings/brand/brand-page.js';
import type { Brand } from '../../../settings/brand/brand.js';
import { escapeHtml } from '../../../platform/html/escape-html.js';

interface Words {
  title: string;
  person: string;
  address: string;
  until: string;
  download: string;
  asText: string;
  ask: string;
  asked: string;
  older: string;
  empty: string;
  me: string;
  us: string;
  gone: string;
  channels: Record<NonNullable<MyMessage['channelKind']>, string>;
}

const words: Record<'en' | 'fa', Words> = {
  en: {
    title: 'Your conversation with us',
    person: 'Everything that passed between you and us.',
    address: 'What passed between you and us over this address:',
    until: 'This link works until',
    download: 'Download (JSON)',
    asText: 'Download (page)',
    ask: 'Ask us to delete my data',
    asked: 'You asked us to delete your data. Somebody will look after it.',
    older: 'Older messages',
    empty: 'Nothing yet.',
    me: 'You',
    us: 'We',
    gone: 'This link does not work. It may have expired: ask us for a new one.',
    channels: { email: 'e-mail', sms: 'SMS', telegram: 'Telegram', web: 'chat', phone: 'call', messages: 'message' },
  },
  fa: {
    title: 'گفتگوی شما با ما',
    person: 'هر آنچه میان شما و ما رد و بدل شده است.',
    address: 'آنچه از این نشانی میان شما و ما رد و بدل شده است:',
    until: 'این پیوند تا این زمان کار می‌کند:',
    download: 'دریافت (JSON)',
    asText: 'دریافت (صفحه)',
    ask: 'درخواست حذف اطلاعات من',
    asked: 'درخواست حذف اطلاعات شما ثبت شد و پیگیری می‌شود.',
    older: 'پیام‌های پیشین',
    empty: 'هنوز چیزی نیست.',
    me: 'شما',
    us: 'ما',
    gone: 'این پیوند کار نمی‌کند. شاید زمان آن گذشته باشد؛ یک پیوند تازه بخواهید.',
    channels: {
      email: 'ایمیل',
      sms: 'پیامک',
      telegram: 'تلگرام',
      web: 'گفتگوی آنلاین',
      phone: 'تماس',
      messages: 'پیام',
    },
  },
};

const style = `
body{font:1rem/1.6 system-ui,sans-serif;max-inline-size:44rem;margin:2rem auto;padding-inline:1rem;color:#1b1f24;background:#fff}
article{border:1px solid #d5dae1;border-radius:.6rem;padding:.6rem .9rem;margin-block:.7rem}
article.us{background:#f2f6fc;margin-inline-start:2rem}article.me{margin-inline-end:2rem}
header,nav,.meta{color:#57606a;font-size:.9rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.3rem 0}
a,button{color:#0a58ca}button{font:inherit;padding:.4rem .8rem}bdi{unicode-bidi:isolate}`;

/** A page and what may happen on it. */
export interface OwnPageText {
  html: string;
  policy: string;
}

/** The page of a link that works. `base` is its own path; null: a copy to keep, which leads nowhere and loads nothing. */
export function renderOwnPage(brand: Brand, page: MyPageView, base: string | null): OwnPageText {
  const language = page.locale === 'fa' ? 'fa' : 'en';
  const say = words[language];
  const files = base && `${base}/files`;
  const messages = page.messages.map((message) => renderMessage(message, language, files)).join('');
  const acts = base === null ? '' : renderActs(page, base, say);
  return frame(
    base === null ? { ...brand, logo: null } : brand,
    language,
    `<header><h1>${say.title}</h1><p><bdi>${escapeHtml(page.name)}</bdi></p>
<p>${page.scope === 'person' ? say.person : `${say.address} <bdi dir="ltr">${escapeHtml(page.address)}</bdi>`}</p>
<p>${say.until} <bdi>${instant(page.expiresAt, language)}</bdi></p>${acts}</header>
<main>${messages === '' ? `<p>${say.empty}</p>` : messages}</main>${
      page.next === null || base === null
        ? ''
        : `<nav><a href="${base}?before=${encodeURIComponent(page.next)}">${say.older}</a></nav>`
    }`,
  );
}

/** What a link that does not work shows: the same whatever the reason. */
export function renderNoPage(brand: Brand, language: 'en' | 'fa'): OwnPageText {
  return frame(brand, language, `<main><p>${words[language].gone}</p></main>`);
}

function renderActs(page: MyPageView, base: string, say: Words): string {
  const deletion =
    page.deletionAskedAt === null
      ? `<form method="post" action="${base}/deletion"><button>${say.ask}</button></form>`
      : `<p>${say.asked}</p>`;
  return `<p><a href="${base}/download?format=json">${say.download}</a> · <a href="${base}/download?format=html">${say.asText}</a></p>${deletion}`;
}

/** `files` is the path that the message's files are under; null where they are only named. */
function renderMessage(message: MyMessage, language: 'en' | 'fa', files: string | null): string {
  const say = words[language];
  const who = message.from === 'me' ? say.me : message.name || say.us;
  const way = message.channelKind === null ? '' : ` · ${say.channels[message.channelKind]}`;
  const list = message.attachments.map((file) => renderFile(file, language, files)).join('');
  return `<article class="${message.from}"><p class="meta"><bdi>${escapeHtml(who)}</bdi>${way} · <bdi>${instant(message.at, language)}</bdi></p>${
    message.subject ? `<p><strong dir="auto">${escapeHtml(message.subject)}</strong></p>` : ''
  }${message.body === '' ? '' : `<pre dir="auto">${escapeHtml(message.body)}</pre>`}${list === '' ? '' : `<ul>${list}</ul>`}</article>`;
}

function renderFile(
  { id, name, bytes }: MyMessage['attachments'][number],
  language: 'en' | 'fa',
  files: string | null,
): string {
  const named = `<bdi>${escapeHtml(name)}</bdi>`;
  const link = files === null ? named : `<a href="${files}/${id}">${named}</a>`;
  return `<li>${link} <span class="meta">(<bdi>${size(bytes, language)}</bdi>)</span></li>`;
}

function size(bytes: number, language: 'en' | 'fa'): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-GB', {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(bytes / (isLarge ? 1_000_000 : 1_000));
}

function frame(brand: Brand, language: 'en' | 'fa', body: string): OwnPageText {
  const { policy, head, foot, style: branded } = brandedPage(brand, language, style);
  const html = `<!doctype html><html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
<title>${words[language].title}</title><style>${branded}</style></head><body>${head}${body}${foot}</body></html>`;
  return { html, policy };
}

function instant(iso: string, language: 'en' | 'fa'): string {
  const format = new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: language === 'fa' ? 'Asia/Tehran' : 'UTC',
  });
  return `${format.format(new Date(iso))}${language === 'fa' ? '' : ' UTC'}`;
}
