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
  const isDark = (scheme) =>
    scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const density = () => {
    try {
      return JSON.parse(stored('peyk.preferences')).state.density;
    } catch {
      return null;
    }
  };
  root.lang = locale;
  root.dir = locale === 'fa' ? 'rtl' : 'ltr';
  if (locale === 'fa') {
    // A console that is installed goes by its name in the language it was installed in.
    document.querySelector('link[rel="manifest"]')?.setAttribute('href', '/manifest.fa.webmanifest');
  }
  root.dataset.density = density() ?? 'comfortable';
  root.dataset.mantineColorScheme = isDark(stored('peyk.scheme') ?? 'auto') ? 'dark' : 'light';
})();
