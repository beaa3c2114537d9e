import type { Story } from '../story.js';

/** People whose matter was settled before, who come back with a short question. */
export const earlierStories: Story[] = [
  {
    name: 'امیر حسینی',
    locale: 'fa',
    ways: [{ by: 'telegram', chat: 7021 }],
    queue: 'orders',
    subject: 'بسته‌بندی هدیه',
    tags: [],
    past: [
      [9 * 1440, 'customer', 'سلام، بسته‌بندی هدیه دارید؟'],
      [9 * 1440 - 7, 'agent', 'سلام، بله؛ در سبد خرید گزینهٔ «هدیه» را بزنید.'],
      [9 * 1440 - 15, 'customer', 'خیلی خوب، ممنون'],
    ],
    state: 'solved',
    live: [
      ['customer', 'هدیه رسید و خیلی قشنگ بود. خواستم تشکر کنم 🌷'],
      ['agent', 'چه خوب! مبارک باشد 🌷'],
    ],
  },
  {
    name: 'Isabella Rossi',
    locale: 'en',
    ways: [{ by: 'email', address: 'isabella.rossi@example.com' }],
    queue: 'billing',
    subject: 'VAT number on invoices',
    tags: ['invoice'],
    past: [
      [11 * 1440, 'customer', 'Hello,\n\nplease put our VAT number on future invoices: IT00000000000.\n\nIsabella'],
      [11 * 1440 - 140, 'agent', 'Hello Isabella,\n\nit is on file and will be on the next one.'],
    ],
    state: 'solved',
    live: [
      ['customer', 'Hello,\n\nthe new invoice shows it. Thank you!\n\nIsabella'],
      ['agent', 'Glad to hear it, Isabella. Have a good week.'],
    ],
  },
  {
    name: 'سعید مرادی',
    locale: 'fa',
    ways: [{ by: 'twilio', phone: '+989125550122' }],
    queue: 'internet',
    subject: 'آی‌پی ثابت',
    tags: ['آی‌پی'],
    past: [
      [6 * 1440, 'customer', 'برای دوربین‌ها آی‌پی ثابت می‌خواهم.'],
      [6 * 1440 - 25, 'agent', 'فعال شد و روی فاکتور بعدی می‌آید.'],
      [6 * 1440 - 26, 'note', 'ماهی ۴۹ هزار تومان'],
    ],
    state: 'solved',
    live: [
      ['customer', 'سلام، آی‌پی ثابتم عوض شده؟ دوربین‌ها وصل نمی‌شوند.'],
      ['agent', 'عوض نشده؛ پورت ۵۵۴ بسته شده بود، باز شد.'],
      ['customer', 'وصل شد. تشکر'],
    ],
  },
  {
    name: 'Henry Walker',
    locale: 'en',
    ways: [{ by: 'twilio', phone: '+12025550123' }],
    queue: 'internet',
    subject: 'Holiday pause',
    tags: ['pause'],
    past: [
      [13 * 1440, 'customer', 'Can I pause the line while I am away in November?'],
      [13 * 1440 - 18, 'agent', 'Paused from the 1st to the 30th.'],
    ],
    state: 'solved',
    live: [
      ['customer', 'Back a week early. Could you switch the line on again?'],
      ['agent', 'It is on, Henry. Welcome back.'],
      ['customer', 'Works. Cheers'],
    ],
  },
  {
    name: 'لاله بهرامی',
    locale: 'fa',
    ways: [{ by: 'email', address: 'laleh.bahrami@example.ir' }],
    queue: 'orders',
    subject: 'همکاری در فروش',
    tags: ['همکاری'],
    past: [
      [4 * 1440, 'customer', 'سلام\nشرایط همکاری در فروش را لطفاً بفرستید.'],
      [4 * 1440 - 300, 'agent', 'سلام خانم بهرامی\nشرایط در پیوست نامهٔ قبلی بود؛ اگر نرسیده، دوباره بفرستیم.'],
    ],
    state: 'pending',
    live: [
      ['customer', 'سلام\nرسید، ممنون. از شنبه شروع می‌کنیم.'],
      ['agent', 'خوش آمدید!'],
    ],
  },
  {
    name: 'Mia Novak',
    locale: 'en',
    ways: [{ by: 'telegram', chat: 8024 }],
    queue: 'orders',
    subject: 'Voucher',
    tags: ['voucher'],
    past: [
      [2 * 1440, 'customer', 'My voucher WELCOME5 is refused.'],
      [2 * 1440 - 5, 'agent', 'It had run out. Here is a new one: WELCOME6'],
      [2 * 1440 - 8, 'customer', 'Works, thanks!'],
    ],
    state: 'solved',
    live: [
      ['customer', 'Can a friend use the same voucher?'],
      ['agent', 'Once per person, so yes.'],
      ['customer', 'Nice, thank you.'],
    ],
  },
];
