// Runs before the first paint, so that neither direction nor colours flip under the reader's eyes.
(() => {
  const root = document.documentElement;
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const locale = stored('peyk.locale') ?? (navigator.language.startsWith('fa') ? 'fa' : 'en');
  const scheme = stored('peyk.scheme') ?? 'auto';
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.lang = locale;
  root.dir = locale === 'fa' ? 'rtl' : 'ltr';
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
