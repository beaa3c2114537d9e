import { useNavigate, useParams } from '@tanstack/react-router';
import { TimeField } from '../features/settings/hours/time-field.js';
import '../features/settings/hours/hours.css';
import { SimulateInbound } from '../features/settings/tools/simulate-inbound.js';
import '../features/settings/tools/tools.css';
import { useTexts } from '../i18n/use-texts.js';
import { CompanyStep } from '../features/start/company-step.js';
import { DoneStep } from '../features/start/done-step.js';
import { StartPage } from '../features/start/start-page.js';
import { isStep, type StepName } from '../features/start/start-steps.js';
import { TeamStep } from '../features/start/team-step.js';
import { TrialStep } from '../features/start/trial-step.js';
import { useI18n } from '../i18n/use-i18n.js';
import { ChannelStep } from './start/channel-step.js';

/** The steps of the set-up, made of the forms and checks that the settings have as well. */
export function StartRoutePage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { step } = useParams({ from: '/first/start/$step' });
  // Forms of the settings speak in their words.
  const isSpoken = useTexts('channels');
  if (!isSpoken) {
    return null;
  }
  return (
    <StartPage
      step={isStep(step) ? step : null}
      onStep={(to: StepName) => void navigate({ to: '/start/$step', params: { step: to } })}
      steps={{
        company: (ways) => <CompanyStep {...ways} TimeField={TimeField} />,
        channel: (ways) => <ChannelStep {...ways} />,
        team: (ways) => <TeamStep {...ways} roleText={(role) => t(`team.role_${role}`)} />,
        trial: (ways) => <TrialStep {...ways} simulate={(channel) => <SimulateInbound channel={channel} />} />,
        done: (ways) => <DoneStep {...ways} />,
      }}
    />
  );
}
