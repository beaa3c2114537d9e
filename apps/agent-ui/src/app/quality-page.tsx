import { Link, useParams, useSearch } from '@tanstack/react-router';
import { WatchedConversation } from '../features/conversation/watched-conversation.js';
import '../features/steering/steering.css';
import { QualityPage } from '../features/quality/quality-page.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useTexts } from '../i18n/use-texts.js';
import { IconBack } from '../ui/icons.js';

/** Samples of work and their reviews; a ticket is reviewed beside its conversation, in which nothing can be done. */
export function QualityRoutePage() {
  const { t } = useI18n();
  const isSpoken = useTexts('steering');
  const { part } = useParams({ from: '/desk/quality/$part' });
  const { sample, ticket } = useSearch({ from: '/desk/quality/$part' });
  return (
    <QualityPage
      part={part}
      sample={sample}
      ticket={ticket}
      showConversation={(person) =>
        isSpoken && (
          <WatchedConversation
            key={person}
            person={person}
            before={
              <Link
                className="inbox-back"
                to="/quality/$part"
                params={{ part: 'samples' }}
                search={{ sample }}
                aria-label={t('common.back')}
              >
                <IconBack size={20} className="points" />
              </Link>
            }
            after={null}
            notice={<p className="watch-note">{t('steering.readOnly')}</p>}
          />
        )
      }
    />
  );
}
