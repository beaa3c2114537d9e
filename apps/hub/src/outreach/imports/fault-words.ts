/** What is wrong with a line, for whoever opens the list of them in an office program. */
export const faultWords: Record<string, { en: string; fa: string }> = {
  not_a_phone: { en: 'Not a phone number', fa: 'شماره تلفن نیست' },
  not_an_email: { en: 'Not a mail address', fa: 'نشانی ایمیل نیست' },
  not_an_id: { en: 'No identifier, or too long', fa: 'شناسه ندارد یا بیش از اندازه بلند است' },
  not_a_language: { en: 'Not one of our languages', fa: 'از زبان‌های ما نیست' },
  not_a_number: { en: 'Not a number', fa: 'عدد نیست' },
  not_a_date: { en: 'Not a date', fa: 'تاریخ نیست' },
  not_yes_or_no: { en: 'Neither yes nor no', fa: 'نه بله است و نه خیر' },
  not_a_choice: { en: 'Not one of the choices', fa: 'از گزینه‌ها نیست' },
  too_long: { en: 'Too long', fa: 'بیش از اندازه بلند است' },
  not_an_amount: { en: 'Not an amount of this currency', fa: 'مبلغی از این ارز نیست' },
  not_a_currency: { en: 'Not a currency', fa: 'واحد پول نیست' },
  no_address: { en: 'Nothing says who this is', fa: 'معلوم نیست چه کسی است' },
  two_people: { en: 'The addresses belong to two customers', fa: 'نشانی‌ها از آنِ دو مشتری‌اند' },
  forgotten: {
    en: 'This customer was erased and is not brought back',
    fa: 'این مشتری پاک شده است و بازگردانده نمی‌شود',
  },
  shared_address: { en: 'Several customers use this address', fa: 'چند مشتری این نشانی را دارند' },
  unknown_person: { en: 'No such customer', fa: 'چنین مشتری‌ای نیست' },
  unknown_attribute: { en: 'This attribute is gone', fa: 'این ویژگی دیگر نیست' },
};
