/** Texts that every channel carries as they were written. */
export const texts: Record<string, string> = {
  latin: 'Hello, my order #1001 has not arrived.',
  'Persian with its half-spaces': 'می‌خواهم سفارش‌هایم را لغو کنم؛ شمارهٔ ۱۴۰۳۲ است.',
  'Arabic with its own yeh and kaf': 'كيف يمكنني استرجاع المبلغ إلى حسابي؟ شكرًا لكم',
  emoji: 'عالی بود 👍🏽 👨‍👩‍👧 🇮🇷',
  'several lines': 'first line\n\nthird line',
};

/** A small file with a name in Persian, and bytes that no text holds. */
export const file = {
  name: 'رسید پرداخت.png',
  mediaType: 'image/png',
  bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]),
};
