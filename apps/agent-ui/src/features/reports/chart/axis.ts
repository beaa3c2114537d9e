import type { ReportUnit } from '#contract';

const steps: Record<ReportUnit, (highest: number) => number> = {
  count: (highest) => Math.max(1, roundStep(highest)),
  score: roundStep,
  share: () => 0.25,
  seconds: timeStep,
};

/** Seconds that people count in. */
const times = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400];
const parts = 4;
const day = 86_400;

/** Where the lines of a chart stand, from zero to one at or above the highest value. */
export function axisOf(highest: number, unit: ReportUnit, lowest = 0): number[] {
  const step = steps[unit](Math.max(highest, -lowest));
  const first = Math.floor(Math.min(0, lowest) / step);
  const last = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function roundStep(highest: number): number {
  if (highest <= 0) {
    return 1;
  }
  const rough = highest / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const often = [1, 2, 5, 10].find((one) => one * power >= rough - 1e-9) ?? 10;
  return often * power;
}

function timeStep(highest: number): number {
  const rough = highest / parts;
  return times.find((one) => one >= rough) ?? Math.ceil(rough / day) * day;
}
