import type { ReactNode } from 'react';
import type { CallView, ConversationView, MessageView } from '#contract';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallIn, IconCallOut } from '../../ui/icons.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { CallBackButton } from '../dial/call-back-button.js';
import { CallRecordings } from '../recordings/call-recordings.js';
import { CallDetails, CallFigures } from './call-facts.js';
import { CallLegs, useAgentName } from './call-legs.js';
import { CallPath } from './call-path.js';
import './call-story.css';
import { isMissed, stageOf, toneOf, type CallStage } from './call-stage.js';
import { useSeconds } from './use-seconds.js';

interface Props {
  message: MessageView;
  call: CallView;
  view: ConversationView;
  /** What was noted of it. */
  note: ReactNode;
  /** What else may be done about it. */
  acts: ReactNode;
}

/** A call with everything that is known of it, the usual things first. */
export function CallStory(props: Props) {
  return useTexts('phone') ? <Story {...props} /> : <article className="call" aria-busy />;
}

function Story({ message, call, view, note, acts }: Props) {
  const { t } = useI18n();
  const stage = stageOf(call);
  const tone = toneOf(stage);
  const state = useStageText(stage);
  const direction = t(`call.${call.direction}`);
  const Direction = call.direction === 'in' ? IconCallIn : IconCallOut;
  return (
    <article
      className="call"
      tabIndex={-1}
      data-side={call.direction}
      aria-label={t('callCard.label', { direction, state })}
    >
      <span className="call-mark" data-tone={tone} data-live={stage.kind !== 'over' || undefined}>
        <Direction size={18} aria-hidden />
      </span>
      <div className="call-main">
        <div className="call-line">
          <strong>{direction}</strong>
          <span className="chip" data-tone={tone}>
            {state}
            <Clock stage={stage} />
          </span>
        </div>
        <Who message={message} call={call} view={view} />
        <CallFigures call={call} />
        {message.flags.includes('simulated') && <p className="call-tried">{t('callCard.tried')}</p>}
        <CallLegs legs={call.legs} />
        <CallPath path={call.path} />
        {note}
        <Transcript text={call.transcript} />
        <CallRecordings message={message} />
        <CallDetails message={message} call={call} view={view} />
        <div className="call-acts">
          {isMissed(call) && <CallBackButton message={message} view={view} />}
          {acts}
        </div>
      </div>
    </article>
  );
}

function Who({ message, call, view }: Omit<Props, 'note' | 'acts'>) {
  const { format } = useI18n();
  const nameOf = useCustomerName();
  const name = nameOf(view.customer);
  const address = view.customer.identities.find(({ id }) => id === message.identityId)?.address;
  // A caller without a number goes by the name of their call, which says nothing to anybody.
  const number = address?.startsWith('call:') ? undefined : address;
  return (
    <p className="call-who">
      <bdi>{name}</bdi>
      {number !== undefined && number !== name && <bdi dir="ltr">{number}</bdi>}
      <time dateTime={call.startedAt ?? message.at}>{format.time(call.startedAt ?? message.at)}</time>
    </p>
  );
}

function useStageText(stage: CallStage): string {
  const { t } = useI18n();
  const nameOf = useAgentName();
  if (stage.kind === 'over') {
    return t(`call.${stage.outcome}`);
  }
  if (stage.kind === 'menu') {
    return t('callCard.stage_menu');
  }
  const who = stage.leg && nameOf(stage.leg);
  if (stage.kind === 'rings') {
    return who ? t('callCard.stage_ringsAgent', { name: who }) : t('callCard.stage_rings');
  }
  return who ? t('callCard.stage_talksWith', { name: who }) : t('callCard.stage_talks');
}

function Clock({ stage }: { stage: CallStage }) {
  const { format } = useI18n();
  const seconds = useSeconds(stage.kind === 'over' ? null : stage.since);
  return (
    seconds !== null && (
      <span className="call-clock" role="timer">
        {format.duration(seconds)}
      </span>
    )
  );
}

function Transcript({ text }: { text: string | null }) {
  const { t } = useI18n();
  return (
    text && (
      <details className="call-more">
        <summary>{t('callCard.transcript')}</summary>
        <p className="words" dir="auto">
          {text}
        </p>
      </details>
    )
  );
}
