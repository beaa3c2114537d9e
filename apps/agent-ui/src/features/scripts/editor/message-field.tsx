import { useI18n } from '../../../i18n/use-i18n.js';
import { mappingOf, scriptChannels, listOf, valueAt, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { LocalTexts } from './local-texts.js';
import { MediaField } from './media-field.js';
import { PlaceProblems } from './place-problems.js';
import { LineField } from './written-fields.js';

interface Props {
  path: Path;
  label: string;
  /** It may be left out: folded until there is something. */
  optional?: boolean;
}

/** What is said: a text per language, and wordings for where another fits better. */
export function MessageField({ path, label, optional = false }: Props) {
  const { script } = useEditor();
  const value = mappingOf(valueAt(script.root, path));
  const body = (
    <>
      <PlaceProblems path={path} exactly />
      <PlaceProblems path={[...path, 'text']} exactly />
      <LocalTexts path={[...path, 'text']} label={label} shape="lines" isNamed />
      <OtherWordings path={path} value={value} />
    </>
  );
  if (optional) {
    return (
      <details className="form-part script-message" open={'text' in value || undefined}>
        <summary>{label}</summary>
        {body}
      </details>
    );
  }
  return (
    <fieldset className="form-part script-message">
      <legend>{label}</legend>
      {body}
    </fieldset>
  );
}

function OtherWordings({ path, value }: { path: Path; value: Record<string, unknown> }) {
  const { t } = useI18n();
  const { script } = useEditor();
  const channels = listOf(script.root['channels']);
  const runsOn = (channel: (typeof scriptChannels)[number]) => channels.length === 0 || channels.includes(channel);
  const has = ['short', 'speech', 'audio', 'media'].some((key) => key in value);
  return (
    <details className="script-more" open={has || undefined}>
      <summary>{t('script.otherWordings')}</summary>
      {(runsOn('sms') || 'short' in value) && (
        <LocalTexts path={[...path, 'short']} label={t('script.short')} shape="lines" />
      )}
      {(runsOn('voice') || 'speech' in value || 'audio' in value) && (
        <>
          <LocalTexts path={[...path, 'speech']} label={t('script.speech')} shape="lines" />
          <div className="script-locales">
            {script.locales.map((locale) => (
              <LineField
                key={locale}
                path={[...path, 'audio', locale]}
                label={t('script.audio', { language: locale === 'fa' ? 'فارسی' : 'English' })}
                placeholder={`prompts/menu.${locale}.wav`}
                dir="ltr"
              />
            ))}
          </div>
        </>
      )}
      <MediaField path={[...path, 'media']} />
    </details>
  );
}
