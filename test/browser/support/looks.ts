interface Look {
  locale: 'en' | 'fa';
  scheme: 'light' | 'dark';
  width: 1440 | 390;
}

const all: Look[] = [
  { locale: 'en', scheme: 'light', width: 1440 },
  { locale: 'fa', scheme: 'dark', width: 390 },
  { locale: 'fa', scheme: 'light', width: 1440 },
  { locale: 'en', scheme: 'dark', width: 390 },
];

/** Both languages, schemes and widths between the first two of them; all four where BROWSER_MATRIX says so. */
// oxlint-disable-next-line node/no-process-env -- How much is looked at is no configuration of the product.
export const looks = process.env['BROWSER_MATRIX'] === 'full' ? all : all.slice(0, 2);
