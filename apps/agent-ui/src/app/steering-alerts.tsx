import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { FollowSteering, type SteeringAlert } from '../features/steering/follow-steering.js';
import { hideAlert, showAlert } from './show-alert.js';

/** Whispers and raised hands, told like other work that waits; not to whoever has them before their eyes. */
export function SteeringAlerts() {
  const navigate = useNavigate();
  const tell = useCallback(
    ({ key, title, words, label, to, conversation }: SteeringAlert) => {
      const run = () =>
        void (to === 'watch'
          ? navigate({ to: '/watch/$conversation', params: { conversation } })
          : navigate({ to: '/inbox/$view/$conversation', params: { view: 'mine', conversation }, search: {} }));
      if (document.hidden || !location.pathname.endsWith(`/${conversation}`)) {
        showAlert({ key, chime: 'mention', title, words, action: { label, run } });
      }
    },
    [navigate],
  );
  return <FollowSteering onNews={tell} onOver={hideAlert} />;
}
