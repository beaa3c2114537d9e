import type { LinkKind } from './account-links.js';

interface Wish {
  name: string;
  locale: 'en' | 'fa';
  link: string;
}

type Mail = Record<'en' | 'fa', { subject: string; text: (wish: Wish) => string }>;

const mails: Record<LinkKind, Mail> = {
  invite: {
    en: {
      subject: 'You are invited to Peyk',
      text: ({ name, link }) => `Hello ${name},

you are invited to answer customers in Peyk. This link lets you choose your password; it works once, for three days:

Choose a password
${link}

If you did not expect this, leave it: nothing happens.`,
    },
    fa: {
      subject: 'دعوت به پیک',
      text: ({ name, link }) => `سلام ${name}،

شما دعوت شده‌اید تا در پیک پاسخگوی مشتریان باشید. با این پیوند گذرواژهٔ خود را انتخاب می‌کنید؛ فقط یک بار و تا سه روز کار می‌کند:

انتخاب گذرواژه
${link}

اگر منتظر چنین دعوتی نبودید، کاری لازم نیست؛ هیچ اتفاقی نمی‌افتد.`,
    },
  },
  reset: {
    en: {
      subject: 'A new password for Peyk',
      text: ({ name, link }) => `Hello ${name},

somebody asked for a new password for your account. This link lets you choose one; it works once, for half an hour:

Choose a new password
${link}

If it was not you, leave it: your password stays as it is.`,
    },
    fa: {
      subject: 'گذرواژهٔ تازه برای پیک',
      text: ({ name, link }) => `سلام ${name}،

برای حساب شما گذرواژهٔ تازه‌ای خواسته شده است. با این پیوند آن را انتخاب می‌کنید؛ فقط یک بار و تا نیم ساعت کار می‌کند:

انتخاب گذرواژهٔ تازه
${link}

اگر شما نخواسته‌اید، کاری لازم نیست؛ گذرواژهٔ شما همان است که بود.`,
    },
  },
};

/** The mail that brings somebody their link, in the language of their account. */
export function linkMail(kind: LinkKind, wish: Wish): { subject: string; text: string } {
  const { subject, text } = mails[kind][wish.locale];
  return { subject, text: text(wish) };
}
