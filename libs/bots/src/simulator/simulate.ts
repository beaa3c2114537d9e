import type { Script } from '../script/script.js';
import { doInput } from './do-input.js';
import { beginPlay, happen, note } from './play.js';
import type { SimulatedRun, Simulation } from './simulated-run.js';

/**
 * Plays a script on a channel with a clock of its own: the same engine and the same renderers that customers meet, with no provider
 * and no waiting. The same simulation always gives the same run.
 */
export function simulate(script: Script, simulation: Simulation): SimulatedRun {
  const play = beginPlay(script, simulation);
  const { opening } = simulation;
  if (opening === undefined) {
    happen(play, { kind: 'start' });
  } else {
    note(play, 'customer', opening, { type: opening });
    happen(play, { kind: 'text', text: opening });
  }
  simulation.inputs.forEach((input, at) => doInput(play, input, at));
  const { steps, impossible, state, coverage } = play;
  return { steps, impossible, state, coverage };
}
