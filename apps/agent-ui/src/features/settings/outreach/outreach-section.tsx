import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutreachView, SegmentView } from '#contract';
import { keys } from '../../../api/keys.js';
import { outreach } from '../../../api/outreach.js';
import { useManages } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { LimitsForm } from './limits-form.js';
import { OutreachForm } from './outreach-form.js';
import { OutreachPage } from './outreach-page.js';
import './outreach.css';

const tones: Record<OutreachView['state'], 'good' | 'warn' | undefined> = {
  draft: undefined,
  scheduled: undefined,
  running: 'good',
  paused: 'warn',
  done: 'good',
  stopped: 'warn',
};

/** What is told to many: written by administrators, watched by supervisors too. */
export function OutreachSection() {
  const isSpoken = useTexts('outreach');
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: keys.outreach,
    queryFn: ({ signal }) => outreach.list(signal),
    refetchInterval: (query) => (query.state.data?.some(({ state }) => isMoving(state)) ? 3_000 : false),
  });
  const segments = useQuery({ queryKey: keys.segments, queryFn: ({ signal }) => outreach.segments(signal) });
  const [opened, setOpened] = useState<{ id: string | null } | null>(null);
  // Where something is shown already, one question without an answer takes nothing away: a form may be half written.
  const failed = (list.data ? null : list.error) ?? (segments.data ? null : segments.error);
  if (failed) {
    return <Failed error={failed} retry={() => void Promise.all([list.refetch(), segments.refetch()])} />;
  }
  if (!list.data || !segments.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  const changed = () => queries.invalidateQueries({ queryKey: keys.outreach });
  if (!opened) {
    return <Everything all={list.data} segments={segments.data} onOpen={(id) => setOpened({ id })} />;
  }
  return (
    <Opened
      one={list.data.find(({ id }) => id === opened.id) ?? null}
      segments={segments.data}
      onChanged={(id) => void changed().then(() => setOpened({ id }))}
      onBack={() => {
        void changed();
        setOpened(null);
      }}
    />
  );
}

function isMoving(state: OutreachView['state']): boolean {
  return state === 'running' || state === 'scheduled';
}

interface OpenedProps {
  one: OutreachView | null;
  segments: SegmentView[];
  onChanged: (id: string) => void;
  onBack: () => void;
}

/** Drafts are written; what is under way or over is looked at. */
function Opened({ one, segments, onChanged, onBack }: OpenedProps) {
  const isAdmin = useManages('automation.manage');
  return one && (one.state !== 'draft' || !isAdmin) ? (
    <OutreachPage one={one} segments={segments} onChanged={() => onChanged(one.id)} onBack={onBack} />
  ) : (
    <OutreachForm key={one?.id ?? 'new'} one={one} segments={segments} onSaved={onChanged} onBack={onBack} />
  );
}

interface EverythingProps {
  all: OutreachView[];
  segments: SegmentView[];
  onOpen: (id: string | null) => void;
}

function Everything({ all, segments, onOpen }: EverythingProps) {
  const { t } = useI18n();
  const isAdmin = useManages('automation.manage');
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.outreach')}</h2>
        {isAdmin && segments.length > 0 && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => onOpen(null)}>
            {t('outreach.add')}
          </Button>
        )}
      </div>
      <p className="settings-hint">{t('outreach.hint')}</p>
      {all.length === 0 && <Empty>{t(segments.length === 0 ? 'outreach.noSegments' : 'outreach.none')}</Empty>}
      <ul className="channels">
        {all.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onOpen(one.id)}>
              <Line one={one} segment={segments.find(({ id }) => id === one.segmentId)?.name} />
            </button>
          </li>
        ))}
      </ul>
      {isAdmin && <LimitsForm />}
    </>
  );
}

function Line({ one: { name, state, repeats }, segment }: { one: OutreachView; segment: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          <bdi>{segment ?? t('outreach.segmentGone')}</bdi>
          {' · '}
          {t(`outreach.repeats_${repeats}`)}
        </small>
      </span>
      <span className="chip" data-tone={tones[state]}>
        {t(`outreach.state_${state}`)}
      </span>
    </>
  );
}
