import type { SystemAlarmView, SystemView } from '#contract';
import { request } from './request.js';

/** How the installation is; for administrators. */
export const system = {
  read: (signal?: AbortSignal) => request<SystemView>('/system', { signal }),
  alarm: (signal?: AbortSignal) => request<SystemAlarmView>('/system/alarm', { signal }),
  diagnosticsFile: '/api/system/diagnostics',
};
