import type channels from './channels.en.json';
import type en from './en.json';
import type routing from './routing.en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof channels & typeof routing };
  }
}
