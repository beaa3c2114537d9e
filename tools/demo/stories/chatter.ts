import type { QueueName } from '../story.js';

/** What people come back with once their story is told, and what an automatic agent says to it. */
export const chatter: Record<'en' | 'fa', [queue: QueueName, question: string, answer: string][]> = {
  en: [
    ['orders', 'Quick question: can I still add something to my order?', 'You can, until six this evening.'],
    ['billing', 'Could you send me last month’s invoice again?', 'Just sent it. Anything else?'],
    [
      'internet',
      'The connection dropped for a minute just now. Is something going on?',
      'A short restart on our side. It should be stable now.',
    ],
    ['orders', 'Do you ship to Ireland?', 'We do, within four days.'],
    ['billing', 'Which day do you collect the payment?', 'On the 5th of each month.'],
    ['internet', 'Can I get a second router for upstairs?', 'Yes, a mesh unit. Shall I add it?'],
  ],
  fa: [
    ['orders', 'یک سؤال: می‌توانم چیزی به سفارشم اضافه کنم؟', 'بله، تا ساعت ۱۸ امروز.'],
    ['billing', 'فاکتور ماه قبل را دوباره می‌فرستید؟', 'همین الان فرستادم. امر دیگری هست؟'],
    ['internet', 'همین الان یک دقیقه قطع شد. مشکلی هست؟', 'یک بازنشانی کوتاه بود؛ حالا پایدار است.'],
    ['orders', 'به شهرستان هم ارسال دارید؟', 'بله، دو تا چهار روزه.'],
    ['billing', 'چه روزی پول از حساب برداشته می‌شود؟', 'پنجم هر ماه.'],
    ['internet', 'برای طبقهٔ بالا مودم دوم می‌خواهم.', 'بله، مش داریم. اضافه کنم؟'],
  ],
};

/** What customers say after an answer to that. */
export const thanks: Record<'en' | 'fa', string[]> = {
  en: ['Great, thank you!', 'Perfect, that helps.', 'Thanks, all good.'],
  fa: ['ممنون، لطف کردید.', 'خیلی هم عالی، سپاس.', 'متشکرم 🙏'],
};
