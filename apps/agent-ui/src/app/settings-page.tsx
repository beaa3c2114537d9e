import { useParams } from '@tanstack/react-router';
import { SettingsPage } from '../features/settings/settings-page.js';

export function SettingsRoutePage() {
  const { section } = useParams({ from: '/desk/settings/$section' });
  return <SettingsPage section={section} />;
}
