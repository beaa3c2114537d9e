import { Button, Group, Skeleton, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { TierSettingsView, TierTermsView } from '#contract';
import { segmentKeys, segments } from '../../../api/segments.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { Failed } from '../../../ui/states.js';
import { CountField } from '../count-field.js';
import { SaveProblem } from '../save-problem.js';

/** How tiers follow from what customers bought. */
export function TiersBlock() {
  const settings = useQuery({ queryKey: segmentKeys.tiers, queryFn: ({ signal }) => segments.tiers(signal) });
  if (settings.isError) {
    return <Failed error={settings.error} retry={() => void settings.refetch()} />;
  }
  if (!settings.data) {
    return <Skeleton height={240} />;
  }
  return <TiersForm key={settings.data.version} settings={settings.data} onLookAgain={() => void settings.refetch()} />;
}

function TiersForm({ settings, onLookAgain }: { settings: TierSettingsView; onLookAgain: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [terms, setTerms] = useState(settings.terms);
  const [enabled, setEnabled] = useState(settings.enabled);
  const change = (part: Partial<TierTermsView>) => setTerms((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () => segments.changeTiers({ version: settings.version, enabled, terms }),
    onSuccess: (saved) => {
      queries.setQueryData(segmentKeys.tiers, saved);
      notify(t('common.saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <div className="settings-head">
        <h2>{t('tiers.title')}</h2>
      </div>
      <p className="settings-hint">{t('tiers.intro')}</p>
      <Stack maw={760}>
        <Switch
          label={t('tiers.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <LastRun settings={settings} />
        <Bounds terms={terms} change={change} />
        <Weights terms={terms} change={change} />
        <Steps terms={terms} change={change} />
        <Preview terms={terms} />
        {save.isError && <SaveProblem error={save.error} onLookAgain={onLookAgain} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function LastRun({ settings: { lastRun, dueAt, isRunning } }: { settings: TierSettingsView }) {
  const { t, format } = useI18n();
  const ran = lastRun && {
    when: format.dateTime(lastRun.at),
    looked: format.number(lastRun.looked),
    changed: format.number(lastRun.changed),
    hand: format.number(lastRun.byHand),
  };
  return (
    <p className="settings-hint">
      {isRunning && `${t('tiers.running')} `}
      {ran && `${t('tiers.ran', ran)} `}
      {dueAt !== null && !isRunning && t('tiers.next', { when: format.dateTime(dueAt) })}
    </p>
  );
}

interface PartProps {
  terms: TierTermsView;
  change: (part: Partial<TierTermsView>) => void;
}

const measures = ['recency', 'frequency', 'value'] as const;

/** Four bounds of each of the three, each bound a point. */
function Bounds({ terms, change }: PartProps) {
  const { t, format } = useI18n();
  return (
    <>
      <div className="segment-parts">
        <CountField
          label={t('tiers.window')}
          value={terms.windowDays}
          least={1}
          most={3650}
          onChange={(windowDays) => change({ windowDays })}
        />
        <TextInput
          label={t('tiers.currency')}
          dir="ltr"
          maxLength={3}
          value={terms.currency}
          onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
        />
      </div>
      {measures.map((measure) => (
        <fieldset key={measure} className="segment-bounds">
          <legend>{t(`tiers.${measure}`)}</legend>
          <p className="settings-hint">{t(`tiers.${measure}Hint`)}</p>
          <div className="segment-parts">
            {terms[measure].map((bound, at) => (
              <TextInput
                key={at}
                label={t('tiers.points', { points: format.number(measure === 'recency' ? 4 - at : at + 1) })}
                inputMode="numeric"
                maxLength={16}
                value={format.digits(bound)}
                onChange={(event) => {
                  const typed = Number(latinDigits(event.currentTarget.value).replace(/\D/gu, ''));
                  change({ [measure]: terms[measure].with(at, typed) });
                }}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

function Weights({ terms, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="segment-bounds">
      <legend>{t('tiers.weights')}</legend>
      <p className="settings-hint">{t('tiers.weightsHint')}</p>
      <div className="segment-parts">
        {measures.map((measure) => (
          <CountField
            key={measure}
            label={t(`tiers.weight_${measure}`)}
            value={terms.weights[measure]}
            most={10}
            onChange={(weight) => change({ weights: { ...terms.weights, [measure]: weight } })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** From which score on somebody has which tier. */
function Steps({ terms: { tiers }, change }: PartProps) {
  const { t, format } = useI18n();
  const last = tiers.at(-1);
  const add = () =>
    change({ tiers: [...tiers, { tier: (last?.tier ?? 0) + 1, atLeast: Math.min(100, (last?.atLeast ?? 0) + 10) }] });
  return (
    <fieldset className="segment-bounds">
      <legend>{t('tiers.steps')}</legend>
      <p className="settings-hint">{t('tiers.stepsHint')}</p>
      <div className="segment-parts">
        {tiers.map(({ tier, atLeast }, at) => (
          <CountField
            key={tier}
            label={t('tiers.step', { tier: format.number(tier) })}
            value={atLeast}
            least={1}
            most={100}
            onChange={(score) => change({ tiers: tiers.with(at, { tier, atLeast: score }) })}
          />
        ))}
      </div>
      <Group mt={8}>
        {(last?.tier ?? 0) < 9 && (
          <Button variant="default" size="xs" onClick={add}>
            {t('tiers.addStep')}
          </Button>
        )}
        {tiers.length > 1 && (
          <Button variant="default" size="xs" onClick={() => change({ tiers: tiers.slice(0, -1) })}>
            {t('tiers.removeStep')}
          </Button>
        )}
      </Group>
    </fieldset>
  );
}

/** How many would have which tier by what is written now. */
function Preview({ terms }: { terms: TierTermsView }) {
  const { t, format } = useI18n();
  const problemText = useProblemText();
  const look = useMutation({ mutationFn: () => segments.previewTiers(terms) });
  return (
    <section className="segment-look" aria-label={t('tiers.preview')}>
      <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
        {t('tiers.preview')}
      </Button>
      <div aria-live="polite">
        {look.isError && <p className="settings-problem">{problemText(look.error)}</p>}
        {look.data && (
          <ul className="segment-members">
            {look.data.tiers.map(({ tier, people }) => (
              <li key={tier}>
                {t(tier === 0 ? 'tiers.without' : 'tiers.with', {
                  tier: format.number(tier),
                  count: people,
                  amount: format.number(people),
                })}
              </li>
            ))}
            <li>{t('tiers.byHand', { count: look.data.byHand, amount: format.number(look.data.byHand) })}</li>
          </ul>
        )}
      </div>
    </section>
  );
}
