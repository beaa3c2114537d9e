import { Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { late } from '../../ui/late.js';
import { Empty } from '../../ui/states.js';
import { MineScreen } from './mine-screen.js';
import { ReviewPage } from './review-page.js';
import { SampleScreen } from './sample-screen.js';
import { SamplesScreen } from './samples-screen.js';
import './quality.css';

const ResultsScreen = late(async () => ({ default: (await import('./results-screen.js')).ResultsScreen }));
const ScorecardScreen = late(async () => ({ default: (await import('./scorecard-screen.js')).ScorecardScreen }));

interface Props {
  part: string;
  sample: string | undefined;
  ticket: string | undefined;
  /** The conversation that is reviewed, as somebody sees it who looks on. */
  showConversation: (person: string) => ReactNode;
}

const parts = ['samples', 'results', 'scorecard', 'mine'] as const;

export function QualityPage(props: Props) {
  const isSpoken = useTexts('quality');
  return isSpoken ? <Page {...props} /> : <Loader className="quality-wait" />;
}

function Page({ part, sample, ticket, showConversation }: Props) {
  const { t } = useI18n();
  const mayReview = useMay('quality.review');
  if (mayReview && part === 'samples' && sample !== undefined && ticket !== undefined) {
    return <ReviewPage key={ticket} sample={sample} ticket={ticket} showConversation={showConversation} />;
  }
  return (
    <main className="quality" id="content" tabIndex={-1}>
      <h1>{t('quality.title')}</h1>
      {mayReview && (
        <nav className="quality-parts" aria-label={t('quality.sections')}>
          {parts.map((name) => (
            <Link
              key={name}
              to="/quality/$part"
              params={{ part: name }}
              search={{}}
              aria-current={name === part ? 'page' : undefined}
            >
              {t(`quality.part_${name}`)}
            </Link>
          ))}
        </nav>
      )}
      <Screen part={part} sample={sample} mayReview={mayReview} />
    </main>
  );
}

function Screen({ part, sample, mayReview }: Pick<Props, 'part' | 'sample'> & { mayReview: boolean }): ReactNode {
  const { t } = useI18n();
  if (part === 'mine') {
    return <MineScreen />;
  }
  if (!mayReview) {
    return <Empty>{t('quality.noRight')}</Empty>;
  }
  switch (part) {
    case 'samples':
      return sample === undefined ? <SamplesScreen /> : <SampleScreen id={sample} />;
    case 'results':
      return <ResultsScreen />;
    case 'scorecard':
      return <ScorecardScreen />;
    default:
      return <Empty>{t('shell.notFound')}</Empty>;
  }
}
