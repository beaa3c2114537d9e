import { Button, CloseButton, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { setValue, takeOut } from '../document/edit-document.js';
import { isNodeId, listOf, mappingOf, scriptChannels, valueAt, wordOf, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { languageOf, LocalTexts } from './local-texts.js';
import { PlaceProblems } from './place-problems.js';
import { SnippetField } from './snippet-field.js';
import { TargetSelect } from './target-select.js';
import { ChoiceField, LineField, SwitchField } from './written-fields.js';

/** What holds for the script as a whole: its name, where it runs, where it begins, and what customers may mean. */
export function ScriptForm() {
  const { t } = useI18n();
  const { script, mayEdit } = useEditor();
  const locales = script.locales.map((value) => ({ value, label: languageOf(value) }));
  const channels = scriptChannels.filter((channel) => listOf(script.root['channels']).includes(channel));
  return (
    <section className="script-form" aria-label={t('script.whole')}>
      <header className="script-form-head">
        <h2 id="script-node" tabIndex={-1}>
          {t('script.whole')}
        </h2>
      </header>
      <PlaceProblems path={[]} exactly />
      <fieldset className="script-plain" disabled={!mayEdit}>
        <Stack gap="md">
          <LocalTexts path={['title']} label={t('script.title')} />
          <Checks path={['channels']} label={t('script.channels')} choices={channelChoices(t)} />
          <Checks path={['locales']} label={t('script.locales')} choices={[...localeChoices]} />
          <div className="script-pairs">
            <ChoiceField path={['default_locale']} label={t('script.defaultLocale')} choices={locales} />
            <TargetSelect path={['start', 'default']} label={t('script.start')} />
            {channels.map((channel) => (
              <TargetSelect
                key={channel}
                path={['start', channel]}
                label={t('script.startOn', { channel: t(`script.channel_${channel}`) })}
                none={t('script.startAsElsewhere')}
              />
            ))}
            <TargetSelect path={['fallback']} label={t('script.fallback')} />
          </div>
          <Intents />
          <details className="form-part">
            <summary>{t('script.variablesAndLimits')}</summary>
            <SnippetField path={['vars']} label={t('script.vars')} />
            <SnippetField path={['limits']} label={t('script.limits')} />
          </details>
          <LineField path={['note']} label={t('script.note')} description={t('script.noteHint')} lines />
        </Stack>
      </fieldset>
    </section>
  );
}

const localeChoices = (['en', 'fa'] as const).map((value) => ({ value, label: languageOf(value) }));
const channelChoices = (t: ReturnType<typeof useI18n>['t']) =>
  scriptChannels.map((value) => ({ value: value as string, label: t(`script.channel_${value}`) }));

interface ChecksProps {
  path: Path;
  label: string;
  choices: { value: string; label: string }[];
}

/** Any number of a few, in the order in which they are offered. */
function Checks({ path, label, choices }: ChecksProps) {
  const { script, edit } = useEditor();
  const chosen = listOf(valueAt(script.root, path)).map(wordOf);
  const put = (value: string, isChosen: boolean) => {
    const next = choices
      .map((choice) => choice.value)
      .filter((one) => (one === value ? isChosen : chosen.includes(one)));
    edit(setValue(path, next));
  };
  return (
    <fieldset className="script-checks">
      <legend>{label}</legend>
      <PlaceProblems path={path} />
      {choices.map(({ value, label: name }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) => put(value, event.currentTarget.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** What customers may mean, with the words by which it is known. */
function Intents() {
  const { t } = useI18n();
  const { script, edit } = useEditor();
  const [name, setName] = useState('');
  const intents = Object.keys(mappingOf(script.root['intents']));
  const isFree = isNodeId(name) && !intents.includes(name);
  const add = () => {
    const examples = Object.fromEntries(script.locales.map((locale) => [locale, []]));
    edit(setValue(['intents', name], { examples }));
    setName('');
  };
  return (
    <fieldset className="form-part">
      <legend>{t('script.field_intents')}</legend>
      <p className="settings-hint">{t('script.intentsHint')}</p>
      {intents.map((intent) => (
        <details key={intent} className="script-more">
          <summary>
            <bdi dir="ltr">{intent}</bdi>
          </summary>
          <OneIntent intent={intent} />
        </details>
      ))}
      <div className="script-value">
        <TextInput
          aria-label={t('script.newIntent')}
          placeholder={t('script.newIntent')}
          dir={name ? 'ltr' : undefined}
          maxLength={48}
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <Button size="xs" variant="light" leftSection={<IconPlus size={15} />} disabled={!isFree} onClick={add}>
          {t('common.add')}
        </Button>
      </div>
    </fieldset>
  );
}

function OneIntent({ intent }: { intent: string }) {
  const { t } = useI18n();
  const { edit } = useEditor();
  const path: Path = ['intents', intent];
  return (
    <>
      <PlaceProblems path={path} exactly />
      <LocalTexts path={[...path, 'label']} label={t('script.label')} />
      <LocalTexts path={[...path, 'examples']} label={t('script.examples')} shape="words" />
      <LocalTexts path={[...path, 'keywords']} label={t('script.keywords')} shape="words" />
      <SwitchField path={[...path, 'global']} label={t('script.global')} />
      <TargetSelect path={[...path, 'next']} label={t('script.leadsTo')} />
      <CloseButton aria-label={t('script.removeEntry', { name: intent })} onClick={() => edit(takeOut(path))} />
    </>
  );
}
