import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { WatchedConversation } from '../features/conversation/watched-conversation.js';
import '../features/steering/steering.css';
import { WatchSide } from '../features/steering/watch-side.js';
import { useTexts } from '../i18n/use-texts.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useLiveState } from '../live/live-state.js';
import { useCommand } from '../ui/commands.js';
import { IconBack } from '../ui/icons.js';

/** A conversation that a supervisor looks on at, and what they may do about it. */
export function WatchRoutePage() {
  const { t } = useI18n();
  const isSpoken = useTexts('steering');
  const { conversation } = useParams({ from: '/desk/watch/$conversation' });
  const navigate = useNavigate();
  const into = useLiveState(({ mergedInto }) => mergedInto[conversation]);
  useEffect(() => {
    if (into) {
      void navigate({ to: '/watch/$conversation', params: { conversation: into }, replace: true });
    }
  }, [into, navigate]);
  useCommand('back', () => void navigate({ to: '/monitor' }));
  return (
    <div className="watch">
      <main className="inbox-conversation" id="content" tabIndex={-1}>
        {isSpoken && (
          <WatchedConversation
            key={conversation}
            person={conversation}
            before={
              <Link className="inbox-back" to="/monitor" aria-label={t('common.back')}>
                <IconBack size={20} className="points" />
              </Link>
            }
            after={<OpenInInbox conversation={conversation} />}
            notice={<p className="watch-note">{t('steering.readOnly')}</p>}
          />
        )}
      </main>
      {isSpoken && <WatchSide key={conversation} person={conversation} />}
    </div>
  );
}

function OpenInInbox({ conversation }: { conversation: string }) {
  const { t } = useI18n();
  return (
    <Button
      variant="default"
      size="compact-sm"
      renderRoot={(props) => (
        <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation }} search={{}} {...props} />
      )}
    >
      {t('steering.openInInbox')}
    </Button>
  );
}
