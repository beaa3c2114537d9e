export { DateTimeInput } from './date-time-input.js';
export { DayInput } from './day-input.js';
export { TimeInput } from './time-input.js';
