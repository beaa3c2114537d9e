import { useI18n } from '../../../i18n/use-i18n.js';
import type { Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { LineField, WordsField } from './written-fields.js';

interface Props {
  path: Path;
  label: string;
  shape?: 'line' | 'lines' | 'words';
  /** What it is stands above it already. */
  isNamed?: boolean;
}

/** A text in each language of the script, side by side, each in its own direction. */
export function LocalTexts({ path, label, shape = 'line', isNamed = false }: Props) {
  const { t } = useI18n();
  const { script } = useEditor();
  const Field = shape === 'words' ? WordsField : LineField;
  return (
    <div className="script-locales">
      {script.locales.map((locale) => (
        <Field
          key={locale}
          path={[...path, locale]}
          label={isNamed ? languageOf(locale) : t('script.inLanguage', { what: label, language: languageOf(locale) })}
          dir={locale === 'fa' ? 'rtl' : 'ltr'}
          lang={locale}
          {...(shape === 'lines' && { lines: true })}
        />
      ))}
    </div>
  );
}

/** A language by its own name. */
export function languageOf(locale: string): string {
  return { en: 'English', fa: 'فارسی' }[locale] ?? locale;
}
