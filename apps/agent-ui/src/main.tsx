import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/vazirmatn/wght.css';
import './ui/mantine-styles.js';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { App } from './app/app.js';
import { askForPage, loadPage } from './app/begin-early.js';
import { createTranslator, speak } from './i18n/i18n.js';
import { followPreferences } from './ui/preferences.js';
import { paintedLocale } from './i18n/stored-locale.js';

followPreferences();
askForPage(location.pathname);
const translator = createTranslator().use(initReactI18next);
const isSpoken = speak(translator, paintedLocale());
loadPage(location.pathname);
await isSpoken;

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App translator={translator} />
  </StrictMode>,
);
