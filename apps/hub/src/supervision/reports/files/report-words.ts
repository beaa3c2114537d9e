import type { ReportBy, ReportName } from '#contract';

export type ReportLanguage = 'en' | 'fa';
type Words = Record<ReportLanguage, string>;

const words = (en: string, fa: string): Words => ({ en, fa });

export const reportWords: Record<ReportName, Words> = {
  volume: words('Volume', 'حجم کار'),
  times: words('Times', 'زمان‌ها'),
  promises: words('Promises', 'تعهدها'),
  backlog: words('Backlog', 'کارهای مانده'),
  agents: words('Agents', 'کارشناسان'),
  queues: words('Queues', 'صف‌ها'),
  channels: words('Channels', 'کانال‌ها'),
  tags: words('Tags', 'برچسب‌ها'),
  rules: words('Rules', 'قاعده‌ها'),
  bots: words('Bots', 'بات‌ها'),
  campaigns: words('Campaigns', 'کمپین‌ها'),
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
  bot: words('Bot', 'بات'),
  campaign: words('Campaign', 'کمپین'),
  survey: words('Survey', 'نظرسنجی'),
};

const columns: Record<string, Words> = {
  opened: words('Opened', 'باز شده'),
  received: words('Received messages', 'پیام‌های دریافتی'),
  sent: words('Sent by agents', 'پیام‌های کارشناسان'),
  told: words('Sent by the hub', 'پیام‌های خودکار'),
  solved: words('Solved', 'حل شده'),
  reopened: words('Reopened', 'دوباره باز شده'),
  first_median: words('First reply, median (s)', 'نخستین پاسخ، میانه (ثانیه)'),
  first_p90: words('First reply, 90 % within (s)', 'نخستین پاسخ، صدک ۹۰ (ثانیه)'),
  first_count: words('First replies', 'نخستین پاسخ‌ها'),
  next_median: words('Next reply, median (s)', 'پاسخ بعدی، میانه (ثانیه)'),
  next_p90: words('Next reply, 90 % within (s)', 'پاسخ بعدی، صدک ۹۰ (ثانیه)'),
  next_count: words('Next replies', 'پاسخ‌های بعدی'),
  resolution_median: words('Resolution, median (s)', 'زمان حل، میانه (ثانیه)'),
  resolution_p90: words('Resolution, 90 % within (s)', 'زمان حل، صدک ۹۰ (ثانیه)'),
  resolution_count: words('Resolutions', 'موارد حل'),
  kept: words('Kept', 'انجام‌شده به‌موقع'),
  broken: words('Broken', 'نقض‌شده'),
  kept_share: words('Promises kept (share)', 'سهم تعهدهای به‌موقع'),
  first_share: words('First reply in time (share)', 'سهم نخستین پاسخ به‌موقع'),
  next_share: words('Next reply in time (share)', 'سهم پاسخ بعدی به‌موقع'),
  resolution_share: words('Solved in time (share)', 'سهم حل به‌موقع'),
  open: words('Open at the end', 'باز در پایان'),
  taken: words('Taken', 'پذیرفته'),
  replies: words('Replies', 'پاسخ‌ها'),
  handled: words('Chats and calls', 'گفت‌وگوها و تماس‌ها'),
  handle_median: words('Handle time, median (s)', 'زمان رسیدگی، میانه (ثانیه)'),
  csat_share: words('Satisfied (share)', 'سهم رضایت'),
  ran: words('Runs', 'اجراها'),
  acted: words('Acted', 'انجام‌شده'),
  refused: words('Refused', 'ردشده'),
  talks: words('Talks', 'گفت‌وگوها'),
  bot_solved: words('Solved by the bot', 'حل‌شده با بات'),
  handed_over: words('Handed over', 'سپرده‌شده به کارشناس'),
  failed: words('Failed', 'ناموفق'),
  solved_share: words('Solved by the bot (share)', 'سهم حل‌شده با بات'),
  answered: words('Answered', 'پاسخ‌داده'),
  opted_out: words('Opted out', 'لغو عضویت'),
  asked: words('Asked', 'پرسیده‌شده'),
  nps: words('NPS', 'NPS'),
  ces_average: words('Effort, average', 'میانگین سختی کار'),
};

export const fileWords = {
  total: words('Total', 'جمع'),
  nobody: words('None', 'هیچ‌کدام'),
  gone: words('Removed', 'حذف‌شده'),
  before: words('before', 'پیش از آن'),
  ticket: words('Ticket', 'تیکت'),
  customer: words('Customer', 'مشتری'),
  subject: words('Subject', 'موضوع'),
  at: words('At', 'زمان'),
  value: words('Value', 'مقدار'),
  conversation: words('Conversation', 'گفت‌وگو'),
} satisfies Record<string, Words>;

export function columnWords(key: string, language: ReportLanguage): string {
  return columns[key]?.[language] ?? key;
}
