import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ChannelView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconCall, IconCopy } from '../../../ui/icons.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { connectLines, type ConnectLine } from './connect-lines.js';
import './phone.css';

const RecordsTool = lazy(async () => ({ default: (await import('./imports/records-tool.js')).RecordsTool }));
const TryCall = lazy(async () => ({ default: (await import('./try/try-call.js')).TryCall }));

/** What is to be done so that a phone channel rings, who answers it, and a telephone to try it with. */
export function PhoneTools({ channel }: { channel: ChannelView }) {
  const isSpoken = useTexts('phone');
  return (
    isSpoken && (
      <div className="mailbox-tools">
        <TryIt channel={channel} />
        <Answering channel={channel} />
        <Connect channel={channel} />
        <Promises channel={channel} />
        <Suspense>
          <RecordsTool channelId={channel.id} />
        </Suspense>
      </div>
    )
  );
}

function TryIt({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="phone-try" aria-label={t('phoneTools.try')}>
      <Button leftSection={<IconCall size={17} aria-hidden />} variant="light" onClick={() => setOpen(true)}>
        {t('phoneTools.try')}
      </Button>
      <p className="settings-hint">{t('phoneTools.tryHint')}</p>
      {isOpen && (
        <Dialog title={t('tryCall.title')} size="min(900px, 100%)" onClose={() => setOpen(false)}>
          <Suspense>
            <TryCall channel={channel} />
          </Suspense>
        </Dialog>
      )}
    </section>
  );
}

/** Which scripts answer on the channel, the first that is asked first. */
function Answering({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const deployed = useQuery({
    queryKey: scriptKeys.deployments,
    queryFn: ({ signal }) => scripts.deployments(signal),
  });
  const own = (deployed.data ?? [])
    .filter(({ channelId, enabled }) => channelId === channel.id && enabled)
    .toSorted((a, b) => a.priority - b.priority);
  const passive = passiveText(channel);
  return (
    <section className="phone-answers" aria-label={t('phoneTools.script')}>
      <h3 className="phone-head">{t('phoneTools.script')}</h3>
      {deployed.data && (own.length === 0 || passive !== null) && (
        <p className="settings-hint">{t(passive ?? 'phoneTools.scriptNone')}</p>
      )}
      {own.map(({ id, scriptName }) => (
        <p key={id} className="settings-hint">
          {t('phoneTools.scriptRuns', { name: scriptName })}
        </p>
      ))}
      <Link to="/settings/$section" params={{ section: 'scripts' }}>
        {t('phoneTools.toScripts')}
      </Link>
    </section>
  );
}

/** Why no script answers here, whichever is deployed; null where they do. */
function passiveText({ config }: ChannelView): 'phoneTools.scriptElsewhere' | 'phoneTools.scriptGreeting' | null {
  if (config['driver'] === 'pbx') {
    return 'phoneTools.scriptElsewhere';
  }
  const isGreeting = config['driver'] === 'twilio' && config['answers'] !== 'peyk';
  return isGreeting ? 'phoneTools.scriptGreeting' : null;
}

function Connect({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  const lines = connectLines(window.location.origin, channel);
  return (
    lines.length > 0 && (
      <section aria-label={t('phoneTools.title')}>
        <h3 className="phone-head">{t('phoneTools.title')}</h3>
        <ol className="phone-steps">
          {lines.map((line) => (
            <Step key={line.say} line={line} />
          ))}
        </ol>
      </section>
    )
  );
}

/** What callers may rely on, whatever is set up here. */
function Promises({ channel }: { channel: ChannelView }) {
  const { t } = useI18n();
  return (
    <section aria-label={t('phoneTools.consent')}>
      <h3 className="phone-head">{t('phoneTools.consent')}</h3>
      <p className="settings-hint">{t('phoneTools.consentHint')}</p>
      {channel.config['driver'] !== 'pbx' && <p className="settings-hint">{t('phoneTools.fallback')}</p>}
    </section>
  );
}

function Step({ line: { say, copy } }: { line: ConnectLine }) {
  const { t } = useI18n();
  const words = t(`phoneTools.${say}` as 'phoneTools.twilio_1');
  const copyIt = async () => {
    await navigator.clipboard.writeText(copy ?? '');
    notify(t('common.copied'));
  };
  return (
    <li>
      {words}
      {copy !== null && (
        <div className="phone-copy">
          <pre dir="ltr">{copy}</pre>
          {'clipboard' in navigator && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconCopy size={14} aria-hidden />}
              aria-label={t('phoneTools.copyOf', { what: words })}
              onClick={() => void copyIt()}
            >
              {t('common.copy')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
