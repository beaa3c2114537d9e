import { lazy } from 'react';

/** Loaded once somebody asks. */
export const ExplainDialog = lazy(async () => ({ default: (await import('./explain-dialog.js')).ExplainDialog }));
