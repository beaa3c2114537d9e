import type { ReportBy, ReportColumn, ReportName } from '#contract';

export type ReportLanguage = 'en' | 'fa';
type Words = Record<ReportLanguage, string>;

const words = (en: string, fa: string): Words => ({ en, fa });

/** The words of the console, so that a file and the screen call a thing by the same name. */
export const reportWords: Record<ReportName, Words> = {
  volume: words('Volume', 'حجم کار'),
  times: words('Times', 'زمان‌ها'),
  promises: words('Promises', 'مهلت‌ها'),
  backlog: words('Backlog', 'کارهای باز'),
  agents: words('Agents', 'کارشناسان'),
  queues: words('Queues', 'صف‌ها'),
  channels: words('Channels', 'کانال‌ها'),
  tags: words('Tags', 'برچسب‌ها'),
  rules: words('Rules', 'قواعد'),
  bots: words('Bots', 'ربات‌ها'),
  campaigns: words('Campaigns', 'پیام‌های گروهی'),
  surveys: words('Surveys', 'نظرسنجی‌ها'),
};

export const byWords: Record<ReportBy, Words> = {
  hour: words('Hour', 'ساعت'),
  day: words('Day', 'روز'),
  week: words('Week from', 'هفته از'),
  month: words('Month from', 'ماه از'),
  queue: words('Queue', 'صف'),
  channel: words('Channel', 'کانال'),
  agent: words('Agent', 'کارشناس'),
  tag: words('Tag', 'برچسب'),
  rule: words('Rule', 'قاعده'),
  bot: words('Bot', 'ربات'),
  campaign: words('Campaign', 'پیام گروهی'),
  survey: words('Survey', 'نظرسنجی'),
};

const columns: Record<string, Words> = {
  opened: words('Opened', 'بازشده'),
  received: words('Messages received', 'پیام دریافتی'),
  sent: words('Messages sent', 'پیام ارسالی'),
  told: words('Sent automatically', 'ارسال خودکار'),
  solved: words('Solved', 'حل‌شده'),
  reopened: words('Reopened', 'بازگشوده'),
  first_median: words('First reply (median)', 'نخستین پاسخ (میانه)'),
  first_p90: words('First reply (90%)', 'نخستین پاسخ (۹۰٪)'),
  first_count: words('First replies', 'نخستین پاسخ‌ها'),
  next_median: words('Next reply (median)', 'پاسخ بعدی (میانه)'),
  next_p90: words('Next reply (90%)', 'پاسخ بعدی (۹۰٪)'),
  next_count: words('Next replies', 'پاسخ‌های بعدی'),
  resolution_median: words('Resolution (median)', 'زمان حل (میانه)'),
  resolution_p90: words('Resolution (90%)', 'زمان حل (۹۰٪)'),
  resolution_count: words('Resolutions', 'حل‌ها'),
  kept: words('Kept', 'انجام‌شده'),
  broken: words('Broken', 'نقض‌شده'),
  kept_share: words('Kept, of all', 'سهم انجام‌شده'),
  first_share: words('First reply kept', 'نخستین پاسخ به‌موقع'),
  next_share: words('Next reply kept', 'پاسخ بعدی به‌موقع'),
  resolution_share: words('Resolution kept', 'حل به‌موقع'),
  open: words('Open at the end', 'باز در پایان'),
  taken: words('Taken', 'برداشته'),
  replies: words('Replies', 'پاسخ‌ها'),
  handled: words('Chats and calls', 'چت‌ها و تماس‌ها'),
  handle_median: words('Handling (median)', 'زمان رسیدگی (میانه)'),
  csat_share: words('Satisfied', 'راضی'),
  ran: words('Ran', 'اجرا'),
  acted: words('Acted', 'عمل کرد'),
  refused: words('Refused', 'رد شد'),
  talks: words('Talks', 'گفتگوها'),
  bot_solved: words('Solved by the bot', 'حل با ربات'),
  handed_over: words('Handed over', 'سپرده به کارشناس'),
  failed: words('Failed', 'ناموفق'),
  solved_share: words('Solved without people', 'سهم حل بدون کارشناس'),
  answered: words('Answered', 'پاسخ‌داده'),
  opted_out: words('Opted out', 'انصراف'),
  asked: words('Asked', 'پرسیده'),
  nps: words('NPS', 'NPS'),
  ces_average: words('Effort (CES)', 'سختی کار (CES)'),
};

export const fileWords = {
  total: words('Total', 'مجموع'),
  nobody: words('None', 'بدون مورد'),
  gone: words('Removed', 'حذف‌شده'),
  before: words('before', 'پیش از آن'),
  ticket: words('Ticket', 'تیکت'),
  customer: words('Customer', 'مشتری'),
  subject: words('Subject', 'موضوع'),
  at: words('At', 'زمان'),
  value: words('Value', 'مقدار'),
  conversation: words('Conversation', 'گفت‌وگو'),
} satisfies Record<string, Words>;

const sentByCampaigns = words('Sent', 'ارسال‌شده');
const inSeconds = words(', seconds', '، به ثانیه');

/** What a column is called, and in what it is measured where its numbers do not say so. */
export function columnWords(report: ReportName, { key, unit }: ReportColumn, language: ReportLanguage): string {
  const name = report === 'campaigns' && key === 'sent' ? sentByCampaigns : columns[key];
  return (name?.[language] ?? key) + (unit === 'seconds' ? inSeconds[language] : '');
}
