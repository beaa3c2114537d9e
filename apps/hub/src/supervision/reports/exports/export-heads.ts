import type { ExportKind } from '#contract';

const head = (en: string, fa: string) => ({ en, fa });

/** Heads of tables, in the order of the rows that `ExportLines` writes. */
export const exportHeads: Record<ExportKind, { en: string; fa: string }[]> = {
  conversations: [
    head('Conversation', 'گفت‌وگو'),
    head('Customer', 'مشتری'),
    head('At', 'زمان'),
    head('Direction', 'سو'),
    head('Author', 'نویسنده'),
    head('Author name', 'نام نویسنده'),
    head('Channel', 'کانال'),
    head('Ticket', 'تیکت'),
    head('Kind', 'نوع'),
    head('Text', 'متن'),
    head('Files', 'پرونده‌ها'),
    head('Redacted at', 'زمان پاک‌سازی'),
    head('Message', 'پیام'),
  ],
  tickets: [
    head('Ticket', 'تیکت'),
    head('Customer', 'مشتری'),
    head('Conversation', 'گفت‌وگو'),
    head('Subject', 'موضوع'),
    head('State', 'وضعیت'),
    head('Priority', 'اولویت'),
    head('Queue', 'صف'),
    head('Owner', 'کارشناس'),
    head('Tags', 'برچسب‌ها'),
    head('Opened at', 'زمان باز شدن'),
    head('First reply at', 'زمان نخستین پاسخ'),
    head('Solved at', 'زمان حل'),
  ],
  customers: [
    head('Conversation', 'گفت‌وگو'),
    head('Customer', 'مشتری'),
    head('Tier', 'رده'),
    head('Language', 'زبان'),
    head('Addresses', 'نشانی‌ها'),
    head('Tickets', 'تیکت‌ها'),
  ],
};
