/** A mail of a Persian customer: the text as it arrives, and what of it the customer wrote. */
export interface PersianReply {
  name: string;
  /** `html` mails are turned into text first. */
  text?: string;
  html?: string;
  visible: string;
}

const reply = 'سلام، ممنون از پاسخ شما.\nکالا هنوز به دستم نرسیده است.';
const old = 'سلام\n\nسفارش شما فردا فرستاده می‌شود.\n\nبا احترام\nپشتیبانی فروشگاه';
const quoted = old.replace(/^/gmu, '> ');
const address = 'support@shop.example';

/** A reply above `head` and the older mail, quoted with `>` or not. */
function above(name: string, head: string, quote = quoted): PersianReply {
  return { name, text: `${reply}\n\n${head}\n\n${quote}\n`, visible: reply };
}

function whole(name: string, text: string): PersianReply {
  return { name, text, visible: text };
}

export const persianReplies: PersianReply[] = [
  above('Gmail with Persian digits', `در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ پشتیبانی فروشگاه <${address}> نوشت:`),
  above(
    'Gmail, wrapped inside the address',
    `در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ پشتیبانی فروشگاه <\n${address}> نوشت:`,
  ),
  above('Gmail, wrapped before the verb', `در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ پشتیبانی فروشگاه\n<${address}>\nنوشت:`),
  above(
    'Gmail with bidi controls',
    `\u202bدر تاریخ شنبه ۹ دسامبر ۲۰۲۳،\u200f ۰۴:۳۸ \u202aSupport\u202c\u200f <\u202a${address}\u202c\u200f> نوشت:\u202c`,
  ),
  above(
    'Gmail with isolates',
    `\u2067در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ \u2068Support\u2069 <\u2066${address}\u2069> نوشت:\u2069`,
  ),
  above('Gmail with ASCII digits', `در تاریخ شنبه 9 دسامبر 2023، 04:38 Support <${address}> نوشت:`),
  above('Gmail, older wording', `در ۹ دسامبر ۲۰۲۳،‏ ساعت ۴:۳۸، Support <${address}> نوشته است:`),
  above('Gmail, the quote not marked', `در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ Support <${address}> نوشت:`, old),
  above('Gmail in English, Persian name', `On Sat, Dec 9, 2023 at 4:38 AM پشتیبانی فروشگاه <${address}> wrote:`),
  above('Jalali date', `در تاریخ ۱۴۰۲/۰۹/۱۸ ساعت ۱۰:۲۰ پشتیبانی نوشت:`),
  above('Jalali date in words', `در تاریخ شنبه ۱۸ آذر ۱۴۰۲، ۱۰:۲۰ پشتیبانی <${address}> نوشت:`),
  above('Arabic yeh and kaf', `در تاريخ شنبه ۱۸ آذر ۱۴۰۲، ۱۰:۲۰ پشتيباني <${address}> نوشت:`),
  above('Arabic digits', `در تاریخ شنبه ٩ دسامبر ٢٠٢٣، ٠٤:٣٨ Support <${address}> نوشت:`),
  above('half-spaces in the verb', `در ۱۸ آذر ۱۴۰۲، ۱۰:۲۰، پشتیبانی <${address}> نوشته‌است:`),
  above('iPhone', `در ۱۸ آذر ۱۴۰۲، ساعت ۱۰:۲۰، پشتیبانی <${address}> نوشت:`),
  above(
    'iPhone with its signature',
    `ارسال شده از iPhone من\n\nدر ۱۸ آذر ۱۴۰۲، ساعت ۱۰:۲۰، پشتیبانی <${address}> نوشت:`,
  ),
  above('Thunderbird', `در ۱۲/۹/۲۳ ۱۰:۲۰، پشتیبانی نوشت:`),
  above('Thunderbird with an English head', 'On 12/9/23 10:20, پشتیبانی wrote:'),
  above('Yahoo', `در شنبه ۹ دسامبر ۲۰۲۳،‏ ۱۰:۲۰:۱۵ (+۳:۳۰)، پشتیبانی <${address}> نوشت:`),
  above(
    'Yahoo with its signature',
    `ارسال‌شده از Yahoo Mail در Android\n\nدر شنبه ۹ دسامبر ۲۰۲۳، ۱۰:۲۰، پشتیبانی\n<${address}> نوشت:`,
    old,
  ),
  above(
    'Samsung',
    `ارسال شده از گوشی سامسونگ من\n\n-------- پیام اصلی --------\nاز: پشتیبانی <${address}>\nتاریخ: ۱۴۰۲/۹/۱۸ ۱۰:۲۰ (GMT+03:30)\nبه: maryam@example.com\nموضوع: سفارش ۱۲`,
    old,
  ),
  above(
    'Samsung, original in English',
    `-------- Original message --------\nFrom: پشتیبانی <${address}>\nDate: 12/9/23 10:20 AM (GMT+03:30)\nTo: maryam@example.com\nSubject: سفارش`,
    old,
  ),
  above(
    'Outlook',
    `از: پشتیبانی <${address}>\nارسال شده: شنبه, ۱۸ آذر ۱۴۰۲ ۱۰:۲۰ ق.ظ\nبه: maryam@example.com\nموضوع: پاسخ: سفارش ۱۲`,
    old,
  ),
  above(
    'Outlook with a rule',
    `________________________________\nاز: پشتیبانی\nارسال شده: شنبه ۱۸ آذر\nبه: مریم\nرونوشت: علی\nموضوع: سفارش`,
    old,
  ),
  above(
    'Outlook in bold',
    `*از:* پشتیبانی <${address}>\n*تاریخ:* شنبه، ۹ دسامبر ۲۰۲۳ در ۱۰:۲۰\n*به:* مریم\n*موضوع:* سفارش`,
    old,
  ),
  above(
    'Outlook, another wording',
    `فرستنده: پشتیبانی <${address}>\nتاریخ ارسال: ۱۴۰۲/۹/۱۸\nگیرنده: مریم\nموضوع: سفارش`,
    old,
  ),
  above(
    'Outlook with bidi controls',
    `\u202bاز: پشتیبانی\u202c\n\u202bارسال شده: شنبه ۱۰:۲۰\u202c\n\u202bبه: مریم\u202c\n\u202bموضوع: سفارش\u202c`,
    old,
  ),
  above('Outlook in English, Persian values', `From: پشتیبانی\nSent: شنبه ۱۸ آذر ۱۴۰۲\nTo: مریم\nSubject: سفارش`, old),
  above('a drawn separator', '-----پیام اصلی-----', old),
  above('a separator with spaces', '---------- نامه‌ی اصلی ----------'.replace('‌ی', ''), old),
  above('our own marker', '-- لطفاً پاسخ خود را بالای این خط بنویسید --', old),
  above('our own marker, quoted and wrapped', '> -- لطفاً پاسخ خود را بالای\n> این خط بنویسید --'),
  above('an unknown head above a quoted marker', `> — لطفاً بالای این خط بنویسید —\n>`),
  {
    name: 'the reply below the quote',
    text: `در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ Support <${address}> نوشت:\n\n${quoted}\n\n${reply}`,
    visible: reply,
  },
  { name: 'the reply below a quote without a head', text: `${quoted}\n\n${reply}\n`, visible: reply },
  whole(
    'answers between the lines',
    `در تاریخ ۱۸ آذر ۱۴۰۲، ۱۰:۲۰ Support <${address}> نوشت:\n> رنگ؟\nآبی\n> اندازه؟\nبزرگ`,
  ),
  whole(
    'answers between, said in words',
    `سلام، پاسخ‌ها در متن زیر آمده است.\n\nاز: پشتیبانی <${address}>\nارسال شده: شنبه ۱۰:۲۰\nموضوع: سفارش\n\nرنگ؟ آبی`,
  ),
  whole('closing words stay', 'سلام\nمشکل حل شد.\n\nبا احترام\nمریم احمدی'),
  whole('a closing with a telephone stays', 'لطفاً تماس بگیرید.\n\nبا تشکر فراوان\nعلی رضایی\n۰۹۱۲۳۴۵۶۷۸۹'),
  whole('a journey is no head', 'بلیت می‌خواهم\nاز: تهران\nبه: مشهد\nتاریخ: ۱۲ مهر\nدو نفر'),
  whole('a parcel is no signature', 'بسته چه شد؟\n\nارسال شده از تهران'),
  whole('own words reported are no quote', 'در تاریخ ۱۲ مهر ۱۴۰۲ من نوشتم:\nلطفاً لغو کنید.\nولی جوابی نیامد.'),
  whole('a line that begins with "on the date"', 'در تاریخ ۱۲ مهر ۱۴۰۲ کالا را پس فرستادم.\nلطفاً پول را برگردانید.'),
  whole('an address and a colon are no head', 'ایمیل من این است: maryam@example.com\nلطفاً ثبت کنید.'),
  { name: 'a signature of RFC 3676', text: `${reply}\n-- \nمریم احمدی\nشرکت نمونه`, visible: reply },
  { name: 'a signature under two dashes', text: `${reply}\n\n--\nمریم`, visible: reply },
  { name: 'a signature of an iPhone in Persian', text: `${reply}\n\nارسال‌شده از آیفون من`, visible: reply },
  { name: 'a signature of Outlook', text: `${reply}\n\nدریافت Outlook برای Android`, visible: reply },
  whole(
    'a mail handed on',
    `لطفاً بررسی کنید.\n\n---------- Forwarded message ---------\nاز: علی <ali@example.com>\nتاریخ: شنبه\nموضوع: شکایت\n\nمتن شکایت`,
  ),
  whole(
    'a mail handed on by a Persian program',
    'برای اطلاع\n\n---------- پیام هدایت‌شده ----------\nاز: علی <ali@example.com>\nموضوع: شکایت\n\nمتن',
  ),
  whole('nothing but a quote', `در تاریخ ۱۸ آذر ۱۴۰۲، ۱۰:۲۰ Support <${address}> نوشت:\n\n> سلام`),
  {
    name: 'mixed direction on the line of the head',
    text: `OK، ممنون\n\nدر تاریخ Sat, 9 Dec 2023 at 04:38 Support Team <${address}> نوشت:\n> hello\n> سلام`,
    visible: 'OK، ممنون',
  },
  {
    name: 'Gmail in HTML',
    html: `<div dir="rtl">سلام، رسید.</div><br><div class="gmail_quote"><div dir="rtl" class="gmail_attr">در تاریخ شنبه ۹ دسامبر ۲۰۲۳، ۰۴:۳۸ Support &lt;<a href="mailto:${address}">${address}</a>&gt; نوشت:<br></div><blockquote class="gmail_quote"><p>قدیمی</p></blockquote></div>`,
    visible: 'سلام، رسید.',
  },
  {
    name: 'Outlook in HTML, right to left',
    html: '<div class="WordSection1" dir="rtl"><p>رسید.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>از:</b>&nbsp;پشتیبانی<br><b>ارسال شده:</b>&nbsp;شنبه<br><b>به:</b>&nbsp;مریم</p></div><p>قدیمی</p></div>',
    visible: 'رسید.',
  },
];
