import { Skeleton } from '@mantine/core';
import { useTexts } from '../../../i18n/use-texts.js';
import { Identities } from './identities.js';
import { SecondFactor } from './second-factor.js';
import { Sessions } from './sessions.js';
import './security.css';

/** How the reader's account is kept: what it asks for at the door, and where it is open. */
export function Security() {
  if (!useTexts('accounts')) {
    return <Skeleton height={220} />;
  }
  return (
    <>
      <SecondFactor />
      <Identities />
      <Sessions />
    </>
  );
}
