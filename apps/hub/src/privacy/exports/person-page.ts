import type { PersonFile, PersonMessage } from './person-file.js';

type Locale = 'en' | 'fa';

const words = {
  en: {
    title: 'What we keep about you',
    made: 'Made',
    names: 'Names',
    addresses: 'Addresses',
    tickets: 'Tickets',
    messages: 'Messages',
    surveys: 'Surveys',
    purchases: 'Purchases',
    files: 'Files',
    call: 'Call',
    none: 'Nothing',
    by: { customer: 'You', agent: 'Our agent', bot: 'Our assistant', system: 'Our system' } as Record<string, string>,
    note: 'internal note',
  },
  fa: {
    title: 'آنچه دربارهٔ شما نگه می‌داریم',
    made: 'تهیه شده در',
    names: 'نام‌ها',
    addresses: 'نشانی‌ها',
    tickets: 'تیکت‌ها',
    messages: 'پیام‌ها',
    surveys: 'نظرسنجی‌ها',
    purchases: 'خریدها',
    files: 'فایل‌ها',
    call: 'تماس',
    none: 'موردی نیست',
    by: { customer: 'شما', agent: 'همکار ما', bot: 'دستیار ما', system: 'سامانهٔ ما' } as Record<string, string>,
    note: 'یادداشت داخلی',
  },
} as const;

const style = `body{font:16px/1.7 system-ui,Vazirmatn,Tahoma,sans-serif;max-width:52rem;margin:2rem auto;padding-inline:1rem;color:#1c2024;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-block:2rem .5rem}li{margin-block:.25rem}
article{border:1px solid #d9dde1;border-radius:.5rem;padding:.6rem .9rem;margin-block:.6rem}article header{color:#5c6670;font-size:.85rem}
article p{margin-block:.3rem;white-space:pre-wrap;overflow-wrap:anywhere}article.customer{background:#f2f7ff}`;

/** The file of a person to be read by them: it stands alone, loads nothing, and whatever they wrote is text in it. */
export function renderPersonPage(file: PersonFile, locale: Locale): string {
  const t = words[locale];
  const list = (items: string[]): string =>
    items.length === 0 ? `<p>${t.none}</p>` : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  const section = (title: string, body: string): string => `<section><h2>${title}</h2>${body}</section>`;
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${t.title}</title><style>${style}</style></head><body>
<h1>${t.title}</h1><p>${t.made}: ${when(file.madeAt, locale)}</p>
${section(t.names, list(file.people.filter(({ name }) => name !== '').map(({ name }) => own(name))))}
${section(t.addresses, list([...file.addresses, ...file.claims].map(({ kind, address }) => `${own(kind)}: ${own(address)}`)))}
${section(t.tickets, list(file.tickets.map(({ number, subject, createdAt }) => `${own(`#${number}`)} ${own(subject)} (${when(createdAt, locale)})`)))}
${section(t.purchases, list(file.purchases.map(({ source, at }) => `${own(source)} (${when(at, locale)})`)))}
${section(t.surveys, list(file.surveys.map(({ score, comment }) => `${own(String(score ?? '–'))} ${own(comment)}`)))}
${section(t.messages, file.messages.map((message) => messageOf(message, locale)).join('\n') || `<p>${t.none}</p>`)}
</body></html>`;
}

function messageOf(message: PersonMessage, locale: Locale): string {
  const t = words[locale];
  const author = `${t.by[message.author] ?? ''}${message.kind === 'note' ? ` (${t.note})` : ''}`;
  const head = [author, ...(message.channel === null ? [] : [own(message.channel)]), when(message.at, locale)].join(
    ' · ',
  );
  const subject = message.subject ? `<p><strong>${own(message.subject)}</strong></p>` : '';
  return `<article class="${message.author === 'customer' ? 'customer' : 'ours'}"><header>${head}</header>
${subject}${callOf(message, t.call)}<p dir="auto">${escape(message.body)}</p>${filesOf(message, t.files)}</article>`;
}

function callOf({ call }: PersonMessage, title: string): string {
  if (!call) {
    return '';
  }
  return `<p>${title}${call.seconds === null ? '' : `: ${own(`${String(call.seconds)} s`)}`}</p>`;
}

function filesOf({ files }: PersonMessage, title: string): string {
  const links = files.map((name) => `<a href="${name.split('/').map(encodeURIComponent).join('/')}">${own(name)}</a>`);
  return links.length === 0 ? '' : `<p>${title}: ${links.join(', ')}</p>`;
}

/** The instant as readers of the language write it, in Persian by the Persian calendar, with the ISO form beside it. */
function when(iso: string, locale: Locale): string {
  const told = new Intl.DateTimeFormat(locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(new Date(iso));
  return `<time datetime="${escape(iso)}">${told} <bdi dir="ltr">(${escape(iso)})</bdi></time>`;
}

const own = (text: string): string => `<bdi>${escape(text)}</bdi>`;

function escape(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${String(sign.codePointAt(0))};`);
}
