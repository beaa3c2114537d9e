import { matchKey } from '#channels';
import type { CustomerAttributeView, ImportKindView } from '#contract';

/** What a column can be besides an attribute, and under which names people know it. */
const known: Record<string, { names: string[]; kinds: ImportKindView[] }> = {
  phone: {
    names: [
      'phone',
      'mobile',
      'tel',
      'telephone',
      'cell',
      'phone number',
      'تلفن',
      'موبایل',
      'همراه',
      'شماره تماس',
      'شماره موبایل',
      'تلفن همراه',
    ],
    kinds: ['attributes', 'purchases'],
  },
  email: {
    names: ['email', 'mail', 'e mail', 'ایمیل', 'رایانامه', 'پست الکترونیک'],
    kinds: ['attributes', 'purchases'],
  },
  external_id: {
    names: [
      'external id',
      'customer id',
      'customer number',
      'id',
      'code',
      'کد مشتری',
      'شناسه مشتری',
      'شناسه',
      'شماره مشتری',
      'کد اشتراک',
    ],
    kinds: ['attributes', 'purchases'],
  },
  name: {
    names: ['name', 'full name', 'customer', 'customer name', 'نام', 'نام مشتری', 'نام و نام خانوادگی'],
    kinds: ['attributes', 'purchases'],
  },
  locale: { names: ['language', 'locale', 'زبان'], kinds: ['attributes', 'purchases'] },
  purchase_id: {
    names: [
      'order',
      'order id',
      'order number',
      'invoice',
      'purchase id',
      'receipt',
      'شماره سفارش',
      'سفارش',
      'فاکتور',
      'شماره فاکتور',
      'کد سفارش',
    ],
    kinds: ['purchases'],
  },
  amount: { names: ['amount', 'total', 'sum', 'price', 'مبلغ', 'جمع', 'مبلغ کل', 'قیمت'], kinds: ['purchases'] },
  currency: { names: ['currency', 'ارز', 'واحد پول'], kinds: ['purchases'] },
  at: {
    names: ['date', 'at', 'time', 'purchase date', 'order date', 'تاریخ', 'تاریخ خرید', 'زمان', 'تاریخ سفارش'],
    kinds: ['purchases'],
  },
  items: {
    names: ['items', 'products', 'goods', 'description', 'کالا', 'کالاها', 'اقلام', 'شرح', 'محصول'],
    kinds: ['purchases'],
  },
};

/** What columns may be: everything of this kind of import. */
export function meaningsOf(
  kind: ImportKindView,
  attributes: readonly Pick<CustomerAttributeView, 'key'>[],
): Set<string> {
  const own = Object.entries(known)
    .filter(([, { kinds }]) => kinds.includes(kind))
    .map(([meaning]) => meaning);
  return new Set(['', ...own, ...(kind === 'attributes' ? attributes.map(({ key }) => `attribute:${key}`) : [])]);
}

/** What each column of a header is, as its name says; '' where it says nothing, or what an earlier one is already. */
export function guessColumns(
  header: readonly string[],
  kind: ImportKindView,
  attributes: readonly Pick<CustomerAttributeView, 'key' | 'name'>[],
): string[] {
  const names = new Map<string, string>();
  const learn = (name: string | undefined, meaning: string): void => {
    const key = keyOf(name ?? '');
    if (key !== '' && !names.has(key)) {
      names.set(key, meaning);
    }
  };
  if (kind === 'attributes') {
    attributes.forEach(({ key, name }) => [key, name.en, name.fa].forEach((one) => learn(one, `attribute:${key}`)));
  }
  for (const [meaning, { names: called, kinds }] of Object.entries(known)) {
    if (kinds.includes(kind)) {
      [meaning, ...called].forEach((one) => learn(one, meaning));
    }
  }
  const taken = new Set<string>();
  return header.map((name) => {
    const meaning = names.get(keyOf(name)) ?? '';
    const isTaken = taken.has(meaning);
    taken.add(meaning);
    return isTaken ? '' : meaning;
  });
}

function keyOf(name: string): string {
  return matchKey(name.replaceAll('_', ' '));
}
