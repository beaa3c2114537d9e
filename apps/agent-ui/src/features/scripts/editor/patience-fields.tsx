import { Button, TextInput } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { IconPlus } from '../../../ui/icons.js';
import { addToList, setValue } from '../document/edit-document.js';
import { isMapping, listOf, mappingOf, scriptChannels, valueAt, wordOf, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { EntryActs } from './entry-acts.js';
import { LocalTexts } from './local-texts.js';
import { PlaceProblems } from './place-problems.js';
import { ChoiceField } from './written-fields.js';

/** What is said when an answer is not understood, and how often one tries. */
export function RetryField({ path }: { path: Path }) {
  const { t, format } = useI18n();
  const { script } = useEditor();
  const channels = listOf(script.root['channels']);
  const onPhone = channels.length === 0 || channels.includes('voice');
  return (
    <details className="form-part" open={isMapping(valueAt(script.root, path)) || undefined}>
      <summary>{t('script.field_retry')}</summary>
      <p className="settings-hint">{t('script.retryHint')}</p>
      <ChoiceField
        path={[...path, 'max']}
        label={t('script.retryMax')}
        none={t('script.usual')}
        choices={[0, 1, 2, 3, 4, 5].map((value) => ({ value, label: format.number(value) }))}
      />
      <Reprompts path={[...path, 'noMatch']} label={t('script.noMatch')} />
      {onPhone && <Reprompts path={[...path, 'noInput']} label={t('script.noInput')} />}
    </details>
  );
}

function Reprompts({ path, label }: { path: Path; label: string }) {
  const { t, format } = useI18n();
  const { script, edit } = useEditor();
  const said = listOf(valueAt(script.root, path));
  const text = Object.fromEntries(script.locales.map((locale) => [locale, '']));
  return (
    <fieldset className="script-condition">
      <legend>{label}</legend>
      <ol className="script-entries">
        {said.map((_, at) => {
          const name = t('script.timeAt', { number: format.number(at + 1) });
          return (
            // oxlint-disable-next-line react/no-array-index-key -- Sentences have no names.
            <li key={at}>
              <div className="script-entry-head">
                <strong>{name}</strong>
                <EntryActs path={path} at={at} count={said.length} name={name} />
              </div>
              <PlaceProblems path={[...path, at]} exactly />
              <LocalTexts path={[...path, at, 'text']} label={t('script.sentence')} shape="lines" />
            </li>
          );
        })}
      </ol>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPlus size={15} />}
        disabled={said.length >= 5}
        onClick={() => edit(addToList(path, { text }))}
      >
        {t('script.addSentence')}
      </Button>
    </fieldset>
  );
}

/** How long an answer is waited for: in general, and on channels where it is another. */
export function TimeoutField({ path }: { path: Path }) {
  const { t } = useI18n();
  const { script, edit, mayEdit } = useEditor();
  const after = valueAt(script.root, [...path, 'after']);
  const written = isMapping(after) ? after : { default: after };
  const channels = scriptChannels.filter(
    (channel) => listOf(script.root['channels']).includes(channel) || channel in mappingOf(after),
  );
  const put = (channel: string, typed: string) => {
    const { default: usual, ...others } = { ...written, [channel]: latinDigits(typed).trim() };
    const kept = Object.fromEntries(Object.entries(others).filter(([, value]) => wordOf(value) !== ''));
    const next = Object.keys(kept).length === 0 ? usual : { ...(wordOf(usual) && { default: usual }), ...kept };
    edit(setValue([...path, 'after'], next), [...path, channel].join('.'));
  };
  return (
    <details className="form-part" open={after !== undefined || undefined}>
      <summary>{t('script.field_timeout')}</summary>
      <PlaceProblems path={path} />
      <div className="script-pairs">
        {(['default', ...channels] as const).map((channel) => (
          <TextInput
            key={channel}
            label={t(`script.channel_${channel}`)}
            dir="ltr"
            maxLength={9}
            readOnly={!mayEdit}
            placeholder={t('script.durationHint')}
            value={wordOf(mappingOf(written)[channel])}
            onChange={(event) => put(channel, event.currentTarget.value)}
          />
        ))}
      </div>
    </details>
  );
}
